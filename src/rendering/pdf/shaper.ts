import bidiPackage from 'bidi-js';
import type { Font, GlyphRun } from 'fontkit';
import type { FontSet, Weight } from './fonts.js';
import { isIsolate, withoutIsolates } from './visible-text.js';

/** What a reader takes for one character: a letter with its marks, an emoji of several parts. */
export interface Cluster {
  readonly text: string;
  /** Of its embedding, by the Unicode bidirectional algorithm; odd is right to left. */
  readonly level: number;
  /** Index into the fonts. */
  readonly font: number;
}

/** Clusters of one font and one direction, in the order of reading. */
export interface Run {
  /** As it is given to the font: brackets are mirrored where they must be. */
  readonly text: string;
  readonly level: number;
  readonly font: number;
  /** In em. */
  readonly width: number;
}

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
  /** The characters of a text that no font has; another sign is drawn in their place. */
  missingIn(text: string): readonly string[];
}

export function createShaper(shared: FontSet): Shaper {
  const fonts: FontSet = {
    regular: shared.regular.map(ownFont),
    strong: shared.strong.map(ownFont),
  };
  const fontFor = fontFinder(fonts.regular);
  return {
    fonts,
    clustersOf: (text) => clustersOf(text, fontFor),
    runsOf: (clusters, weight) => runsOf(clusters, fonts[weight]),
    missingIn: (text) =>
      segmentsOf(text)
        .filter(({ segment }) => fontFor(segment, undefined) === undefined)
        .map(({ segment }) => segment),
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
    return font.unitsPerEm === PDF_UNITS_PER_EM ? run : copyOf(run);
  };
  return own;
}

const PDF_UNITS_PER_EM = 1000;

/** pdfkit scales the positions that it is given to the units of a PDF, in their place. */
function copyOf(run: GlyphRun): GlyphRun {
  const positions = run.positions.map((position) => ({ ...position }));
  return Object.assign(Object.create(Object.getPrototypeOf(run)), run, { positions });
}

// Its types say that it is an ES module; Node loads a CommonJS one, which is the function itself.
const createBidi = 'default' in bidiPackage ? bidiPackage.default : bidiPackage;
const bidi = createBidi();
const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** What no font has: a sign that says so, which the first of our fonts has. */
const MISSING = '\ufffd';

function clustersOf(text: string, fontFor: FontFinder): Cluster[] {
  const clusters: Cluster[] = [];
  for (const { segment, level } of segmentsOf(text)) {
    const font = fontFor(segment, clusters.at(-1)?.font);
    clusters.push(
      font === undefined ? { text: MISSING, level, font: 0 } : { text: segment, level, font },
    );
  }
  return clusters;
}

type Segment = Pick<Cluster, 'level'> & { readonly segment: string };

/** Blocks with letters from right to left, and the digits that go with them. */
const RIGHT_TO_LEFT_SCRIPT =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
/** Characters that join with none: most texts are nothing else, and quickly taken apart. */
const NOTHING_JOINS =
  /^[\u0020-\u02ff\u2007-\u200a\u2010-\u2027\u202f-\u205e\u20a0-\u20bf\u2212]*$/u;

function segmentsOf(text: string): Segment[] {
  if (RIGHT_TO_LEFT_SCRIPT.test(text)) {
    const { levels } = bidi.getEmbeddingLevels(text, 'ltr');
    return Array.from(segmenter.segment(text), ({ segment, index }) => {
      return { segment, level: levels[index] ?? 0 };
    }).filter(({ segment }) => !isIsolate(segment));
  }
  const plain = withoutIsolates(text);
  const segments = NOTHING_JOINS.test(plain)
    ? Array.from(plain)
    : Array.from(segmenter.segment(plain), ({ segment }) => segment);
  return segments.map((segment) => ({ segment, level: 0 }));
}

type FontFinder = (cluster: string, previous: number | undefined) => number | undefined;

/** The first that has all of it; a space goes on in the font of what it follows. */
function fontFinder(fonts: readonly Font[]): FontFinder {
  const known = new Map<string, number | undefined>();
  return (cluster, previous) => {
    const before = previous === undefined ? undefined : fonts[previous];
    if (before && cluster === ' ' && covers(before, cluster)) return previous;
    if (known.has(cluster)) return known.get(cluster);
    const index = fonts.findIndex((font) => covers(font, cluster));
    const found = index < 0 ? undefined : index;
    known.set(cluster, found);
    return found;
  };
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

function isSameRun(a: Cluster, b: Cluster): boolean {
  return a.font === b.font && a.level === b.level;
}

function runOf(
  clusters: readonly Cluster[],
  { level, font: index }: Cluster,
  fonts: readonly Font[],
): Run {
  const text = clusters.map(level % 2 === 0 ? ({ text }) => text : mirrored).join('');
  const font = fonts[index];
  if (!font) throw new RangeError(`there is no font ${index}`);
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
