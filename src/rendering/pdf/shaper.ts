import bidiPackage from 'bidi-js';
import type { Font, GlyphRun } from 'fontkit';
import type { FontSet, Weight } from './fonts.js';
import { isIsolate } from './visible-text.js';

/** What a reader takes for one character: a letter with its marks, an emoji of several parts. */
export interface Cluster {
  readonly text: string;
  /** Of its embedding, by the Unicode bidirectional algorithm; odd is right to left. */
  readonly level: number;
  /** Index into the fonts; undefined where none has it. */
  readonly font: number | undefined;
}

/** Clusters of one font and one direction, in the order of reading. */
export interface Run {
  /** As it is given to the font: brackets are mirrored where they must be. */
  readonly text: string;
  readonly level: number;
  readonly font: number | undefined;
  /** In em. */
  readonly width: number;
}

/** Width, in em, of what stands for a character that no font has. */
export const BOX_WIDTH = 0.66;

/**
 * pdfkit hands features on to the font and has no other word for a direction; this one,
 * right-to-left alternates, is the one that a run of that direction asks for anyway.
 */
export const RIGHT_TO_LEFT = 'rtla';

/** The fonts for one document, with what shaping of it has found so far. */
export interface Shaper {
  readonly fonts: FontSet;
  /** The text reads from left to right, but for what goes the other way within it. */
  clustersOf(text: string): readonly Cluster[];
  runsOf(clusters: readonly Cluster[], weight: Weight): readonly Run[];
}

export function createShaper(shared: FontSet): Shaper {
  const fonts: FontSet = {
    regular: shared.regular.map(ownFont),
    strong: shared.strong.map(ownFont),
  };
  return {
    fonts,
    clustersOf: (text) => clustersOf(text, fonts.regular),
    runsOf: (clusters, weight) => runsOf(clusters, fonts[weight]),
  };
}

/**
 * The font with a memory of its own: fontkit keeps with a glyph the characters that it first stood
 * for, and what one document said must not show in the bytes of another. Shapes each text once.
 */
function ownFont(font: Font): Font {
  const own: Font = Object.create(font, { _glyphs: { value: {} } });
  const shaped = new Map<string, GlyphRun>();
  own.layout = (text, features) => {
    const direction = Array.isArray(features) && features.includes(RIGHT_TO_LEFT) ? 'rtl' : 'ltr';
    const key = `${direction} ${text}`;
    const run = shaped.get(key) ?? font.layout.call(own, text, [], undefined, undefined, direction);
    shaped.set(key, run);
    return copyOf(run);
  };
  return own;
}

/** pdfkit scales the positions that it is given in their place. */
function copyOf(run: GlyphRun): GlyphRun {
  const positions = run.positions.map((position) => ({ ...position }));
  return Object.assign(Object.create(Object.getPrototypeOf(run)), run, { positions });
}

// Its types say that it is an ES module; Node loads a CommonJS one, which is the function itself.
const createBidi = 'default' in bidiPackage ? bidiPackage.default : bidiPackage;
const bidi = createBidi();
const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

function clustersOf(text: string, fonts: readonly Font[]): Cluster[] {
  const { levels } = bidi.getEmbeddingLevels(text, 'ltr');
  const clusters: Cluster[] = [];
  for (const { segment, index } of segmenter.segment(text)) {
    if (isIsolate(segment)) continue;
    const font = fontFor(segment, clusters.at(-1)?.font, fonts);
    clusters.push({ text: segment, level: levels[index] ?? 0, font });
  }
  return clusters;
}

/** The first that has all of it; a space goes on in the font of what it follows. */
function fontFor(
  cluster: string,
  previous: number | undefined,
  fonts: readonly Font[],
): number | undefined {
  const before = previous === undefined ? undefined : fonts[previous];
  if (before && cluster.trim() === '' && covers(before, cluster)) return previous;
  const index = fonts.findIndex((font) => covers(font, cluster));
  return index < 0 ? undefined : index;
}

/** Joiners and variation selectors need no glyph of their own. */
const NEEDS_NO_GLYPH = /\u200c|\u200d|[\ufe00-\ufe0f]/gu;

function covers(font: Font, cluster: string): boolean {
  for (const character of cluster.replace(NEEDS_NO_GLYPH, '')) {
    if (!font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0)) return false;
  }
  return true;
}

function runsOf(clusters: readonly Cluster[], fonts: readonly Font[]): Run[] {
  const runs: Run[] = [];
  let begin = 0;
  for (let end = 1; end <= clusters.length; end += 1) {
    const first = clusters[begin];
    const next = clusters[end];
    if (!first || (next && isSameRun(first, next))) continue;
    runs.push(runOf(clusters.slice(begin, end), first, fonts));
    begin = end;
  }
  return runs;
}

/** Each character that no font has is a box, and so a run, of its own. */
function isSameRun(a: Cluster, b: Cluster): boolean {
  return a.font !== undefined && a.font === b.font && a.level === b.level;
}

function runOf(
  clusters: readonly Cluster[],
  { level, font: index }: Cluster,
  fonts: readonly Font[],
): Run {
  const text = clusters.map(level % 2 === 0 ? ({ text }) => text : mirrored).join('');
  const font = index === undefined ? undefined : fonts[index];
  if (!font) return { text, level, font: undefined, width: BOX_WIDTH };
  const { advanceWidth } = font.layout(text, featuresOf(level));
  return { text, level, font: index, width: advanceWidth / font.unitsPerEm };
}

function mirrored({ text }: Cluster): string {
  return bidi.getMirroredCharacter(text) ?? text;
}

/** What a font is asked for so that it lays a run out in its direction. */
export function featuresOf(level: number): (typeof RIGHT_TO_LEFT)[] {
  return level % 2 === 0 ? [] : [RIGHT_TO_LEFT];
}

/** From the order of reading to the order from left to right: rule L2 of the algorithm (UAX 9). */
export function inVisualOrder<T extends { readonly level: number }>(runs: readonly T[]): T[] {
  const ordered = [...runs];
  const highest = Math.max(0, ...runs.map(({ level }) => level));
  for (let level = highest; level > 0; level -= 1) reverseFrom(level, ordered);
  return ordered;
}

/** Reverses each stretch whose levels are all `level` or higher. */
function reverseFrom<T extends { readonly level: number }>(level: number, runs: T[]): void {
  let begin = 0;
  while (begin < runs.length) {
    let end = begin;
    while ((runs[end]?.level ?? -1) >= level) end += 1;
    runs.splice(begin, end - begin, ...runs.slice(begin, end).reverse());
    begin = Math.max(end, begin) + 1;
  }
}
