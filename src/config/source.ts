import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
} from 'yaml';
import { protectReferences, restoreReferences } from './interpolate.js';
import type { Path, Position } from './problem.js';

/** The owner's file as a tree whose every part knows its place. */
export interface Source {
  readonly text: string;
  readonly document: Document;
  positionAt(offset: number): Position;
  /** Of the key that begins at an offset; empty where none does. */
  pathAtKey(offset: number): Path;
  /** The value at a path, or undefined where the file has none. */
  nodeAt(path: Path): Node | undefined;
  /** Of the key, or of the value; of the nearest parent where the file has neither. */
  positionOf(path: Path, part: 'key' | 'value'): Position;
}

/**
 * Parses without interpreting: numbers and dates stay the text that the owner wrote (`21.50`,
 * `00123`), only `true`, `false` and nothing at all are told apart. Never throws.
 */
export function openSource(text: string): Source {
  const lineCounter = new LineCounter();
  const document = parseDocument(protectReferences(text), {
    lineCounter,
    schema: 'failsafe',
    customTags: ['bool', 'null'],
    prettyErrors: false,
  });
  const positionAt = (offset: number): Position => {
    const { line, col } = lineCounter.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  return {
    text,
    document,
    positionAt,
    pathAtKey: (offset) => pathToKey(document.contents, offset) ?? [],
    nodeAt: (path) => locate(document, path)?.value,
    positionOf: (path, part) => positionAt(offsetOf(document, path, part)),
  };
}

/** What the owner wrote as a scalar, references not yet replaced. */
export function writtenText(scalar: Scalar): string {
  return restoreReferences(
    typeof scalar.value === 'string' ? scalar.value : (scalar.source ?? String(scalar.value)),
  );
}

/** A key as text, whatever it looks like. */
export function keyText(pair: Pair): string {
  return isScalar(pair.key) ? writtenText(pair.key) : '';
}

/** Follows an alias to what it stands for. */
export function resolved(document: Document, node: unknown): Node | undefined {
  if (isAlias(node)) return node.resolve(document);
  return isMap(node) || isSeq(node) || isScalar(node) ? node : undefined;
}

interface Place {
  readonly keyOffset?: number | undefined;
  readonly value?: Node | undefined;
}

function locate(document: Document, path: Path): Place | undefined {
  let place: Place = { value: resolved(document, document.contents) };
  for (const step of path) {
    const found = child(document, place.value, step);
    if (!found) return undefined;
    place = found;
  }
  return place;
}

function child(
  document: Document,
  node: Node | undefined,
  step: string | number,
): Place | undefined {
  if (typeof step === 'number') {
    if (!isSeq(node)) return undefined;
    const item = node.items[step];
    return item === undefined ? undefined : { value: resolved(document, item) };
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find((candidate) => keyText(candidate) === step);
  if (!pair) return undefined;
  const keyOffset = isScalar(pair.key) ? pair.key.range?.[0] : undefined;
  return { keyOffset, value: resolved(document, pair.value) };
}

function offsetOf(document: Document, path: Path, part: 'key' | 'value'): number {
  for (let length = path.length; length >= 0; length--) {
    const place = locate(document, path.slice(0, length));
    if (!place) continue;
    const valueOffset = place.value?.range?.[0];
    // A parent is shown by its key: its value may begin lines later.
    const preferValue = part === 'value' && length === path.length && !isEmpty(place.value);
    const offset = preferValue
      ? (valueOffset ?? place.keyOffset)
      : (place.keyOffset ?? valueOffset);
    if (offset !== undefined) return offset;
  }
  return 0;
}

function isEmpty(node: Node | undefined): boolean {
  return isScalar(node) && node.value === null;
}

function pathToKey(node: unknown, offset: number): Path | undefined {
  if (isMap(node)) {
    for (const pair of node.items) {
      const key = keyText(pair);
      if (isScalar(pair.key) && pair.key.range?.[0] === offset) return [key];
      const below = pathToKey(pair.value, offset);
      if (below) return [key, ...below];
    }
  }
  if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) {
      const below = pathToKey(item, offset);
      if (below) return [index, ...below];
    }
  }
  return undefined;
}
