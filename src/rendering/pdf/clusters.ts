import bidiPackage from 'bidi-js';
import type { Font } from 'fontkit';
import { isIsolate, withoutIsolates } from '../visible-text.js';

/** What a reader takes for one character: a letter with its marks, an emoji of several parts. */
export interface Cluster {
  readonly text: string;
  /** Of its embedding, by the Unicode bidirectional algorithm; odd is right to left. */
  readonly level: number;
  /** Index into the fonts. */
  readonly font: number;
  /** Letters of such a script change with those beside them, by rules of their own. */
  readonly isComplex: boolean;
}

// Its types say that it is an ES module; Node loads a CommonJS one, which is the function itself.
const createBidi = 'default' in bidiPackage ? bidiPackage.default : bidiPackage;
const bidi = createBidi();
const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** What no font has: a sign that says so, which the first of our fonts has. */
const MISSING = '\ufffd';

/** The text reads from left to right, but for what goes the other way within it. */
export function clustersOf(text: string, fontFor: FontFinder): Cluster[] {
  const clusters: Cluster[] = [];
  for (const { segment, level } of segmentsOf(text)) {
    const before = clusters.at(-1);
    const font = fontFor(segment, before?.font);
    const isComplex = COMMON.test(segment)
      ? before?.level === level && before.isComplex
      : !SIMPLE.test(segment);
    clusters.push(
      font === undefined
        ? { text: MISSING, level, font: 0, isComplex: false }
        : { text: segment, level, font, isComplex },
    );
  }
  return clusters;
}

/** Spaces, digits and signs go with what stands before them in their direction. */
const COMMON = /^[\p{sc=Common}\p{sc=Inherited}]*$/u;
const SIMPLE = /^[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Common}\p{sc=Inherited}]*$/u;

/** The characters of a text that no font has. */
export function missingIn(text: string, fontFor: FontFinder): string[] {
  return segmentsOf(text)
    .filter(({ segment }) => fontFor(segment, undefined) === undefined)
    .map(({ segment }) => segment);
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

/** Index of the font for a cluster, given that of the cluster before it. */
export type FontFinder = (cluster: string, previous: number | undefined) => number | undefined;

/** The first that has all of it; a space goes on in the font of what it follows. */
export function fontFinder(fonts: readonly Font[]): FontFinder {
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

/** As it is drawn from right to left: brackets open the other way. */
export function mirrored({ text }: Cluster): string {
  return bidi.getMirroredCharacter(text) ?? text;
}
