import type { Font, GlyphRun } from 'fontkit';
import { type Cluster, clustersOf, fontFinder, mirrored, missingIn } from './clusters.js';
import type { FontSet, Weight } from './fonts.js';

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
const RIGHT_TO_LEFT = 'rtla';

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
    missingIn: (text) => missingIn(text, fontFor),
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
  return a.font === b.font && a.level === b.level && a.isComplex === b.isComplex;
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
