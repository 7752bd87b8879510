import { isMap, isScalar, isSeq, type Node, type Scalar } from 'yaml';
import { interpolate } from './interpolate.js';
import type { Path } from './problem.js';
import { keyText, resolved, type Source, writtenText } from './source.js';

/** What a tree holds, with its environment references replaced. */
export interface PlainValue {
  /** Maps, lists, text and booleans; `undefined` where a key has no value. */
  readonly value: unknown;
  readonly references: readonly Reference[];
  /** The tree is too large, through aliases, to be a config. */
  readonly tooLarge: boolean;
}

/** A text that refers to the environment. */
interface Reference {
  readonly path: Path;
  readonly written: string;
  readonly text: string;
  readonly used: readonly string[];
  readonly unset: readonly string[];
  readonly malformed: boolean;
}

type Env = Readonly<Record<string, string | undefined>>;

/** More nodes than any owner's file; aliases of aliases grow beyond it quickly. */
const MAX_NODES = 100_000;

/** Deeper than any owner's file; an alias to its own parent goes on for ever. */
const MAX_DEPTH = 50;

export function plainValueOf(source: Source, env: Env): PlainValue {
  const references: Reference[] = [];
  let nodes = 0;

  const convert = (node: Node | undefined, path: Path): unknown => {
    nodes = path.length > MAX_DEPTH ? MAX_NODES + 1 : nodes + 1;
    if (nodes > MAX_NODES) return undefined;
    if (isMap(node)) {
      return Object.fromEntries(
        node.items.map((pair) => {
          const key = keyText(pair);
          return [key, convert(resolved(source.document, pair.value), [...path, key])];
        }),
      );
    }
    if (isSeq(node)) {
      return node.items.map((item, index) =>
        convert(resolved(source.document, item), [...path, index]),
      );
    }
    return isScalar(node) ? scalarValue(node, path) : undefined;
  };

  const scalarValue = (scalar: Scalar, path: Path): unknown => {
    if (scalar.value === null) return undefined;
    if (typeof scalar.value === 'boolean') return scalar.value;
    const written = writtenText(scalar);
    if (!written.includes('${')) return written;
    const interpolated = interpolate(written, env);
    references.push({ path, written, ...interpolated });
    return interpolated.text;
  };

  const value = convert(resolved(source.document, source.document.contents), []);
  return { value, references, tooLarge: nodes > MAX_NODES };
}
