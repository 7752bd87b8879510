import type { Cluster } from './clusters.js';
import type { Weight } from './fonts.js';
import { inVisualOrder, type Run, type Shaper } from './shaper.js';

/** One line of text as it is drawn: its runs from left to right. Lengths in points. */
export interface Line {
  readonly runs: readonly Run[];
  readonly weight: Weight;
  readonly size: number;
  readonly width: number;
}

export interface TextStyle {
  readonly size: number;
  readonly weight?: Weight;
  /** What does not fit into so many lines ends in an ellipsis. */
  readonly maxLines?: number;
}

/** A part that is not broken unless it is longer than a line, and the spaces after it. */
interface Word {
  readonly clusters: readonly Cluster[];
  readonly spaces: readonly Cluster[];
}

const ELLIPSIS = '…';

/** Text in lines of at most `width`; words longer than that are broken between characters. */
export function linesOf(
  text: string,
  width: number,
  { size, weight = 'regular', maxLines = Infinity }: TextStyle,
  shaper: Shaper,
): readonly Line[] {
  const measure = (clusters: readonly Cluster[]) =>
    size * shaper.runsOf(clusters, weight).reduce((sum, run) => sum + run.width, 0);
  const broken = breakUp(shaper.clustersOf(text), width, measure);
  const kept =
    broken.length <= maxLines
      ? broken
      : cutOff(broken.slice(0, maxLines), width, measure, shaper.clustersOf(ELLIPSIS));
  return kept.map((clusters) => {
    const runs = shaper.runsOf(clusters, weight);
    const lineWidth = size * runs.reduce((sum, run) => sum + run.width, 0);
    return { runs: inVisualOrder(runs), weight, size, width: lineWidth };
  });
}

type Measure = (clusters: readonly Cluster[]) => number;

/** Longer texts are not likely to fit on a line, and not worth a try. */
const MAX_TRIED = 120;

/** Words are measured by themselves and added up, so that each is shaped once. */
function breakUp(clusters: readonly Cluster[], width: number, measure: Measure): Cluster[][] {
  if (clusters.length === 0) return [];
  if (clusters.length <= MAX_TRIED && measure(clusters) <= width) return [[...clusters]];
  const lines: Cluster[][] = [];
  let line: readonly Cluster[] = [];
  let spaces: readonly Cluster[] = [];
  let used = 0;
  for (const word of wordsOf(clusters)) {
    const added = measure(spaces) + measure(word.clusters);
    if (used + added <= width) {
      line = [...line, ...spaces, ...word.clusters];
      used += added;
    } else {
      if (line.length > 0) lines.push([...line]);
      const pieces = piecesOf(word.clusters, width, measure);
      lines.push(...pieces.slice(0, -1));
      line = pieces.at(-1) ?? [];
      used = measure(line);
    }
    spaces = word.spaces;
  }
  if (line.length > 0) lines.push([...line]);
  return lines;
}

/** A line may end after a space, a hyphen, a slash, and after each ideograph. */
const BREAK_AFTER = /^[-–—/]$|^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u;

function wordsOf(clusters: readonly Cluster[]): Word[] {
  const words: Word[] = [];
  let begin = 0;
  while (begin < clusters.length) {
    let end = begin;
    while (end < clusters.length && clusters[end]?.text !== ' ') {
      end += 1;
      if (BREAK_AFTER.test(clusters[end - 1]?.text ?? '')) break;
    }
    let next = end;
    while (clusters[next]?.text === ' ') next += 1;
    words.push({ clusters: clusters.slice(begin, end), spaces: clusters.slice(end, next) });
    begin = next;
  }
  return words;
}

function piecesOf(word: readonly Cluster[], width: number, measure: Measure): Cluster[][] {
  const pieces: Cluster[][] = [];
  let rest = [...word];
  while (rest.length > 0) {
    const count = Math.max(1, fitting(rest, width, measure));
    pieces.push(rest.slice(0, count));
    rest = rest.slice(count);
  }
  return pieces;
}

/** How many clusters from the start fit; no more is measured than twice what does. */
function fitting(clusters: readonly Cluster[], width: number, measure: Measure): number {
  let fits = 0;
  let tooMany = 8;
  while (tooMany <= clusters.length && measure(clusters.slice(0, tooMany)) <= width) {
    fits = tooMany;
    tooMany *= 2;
  }
  tooMany = Math.min(tooMany, clusters.length + 1);
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (measure(clusters.slice(0, middle)) <= width) fits = middle;
    else tooMany = middle;
  }
  return fits;
}

function cutOff(
  lines: readonly Cluster[][],
  width: number,
  measure: Measure,
  ellipsis: readonly Cluster[],
): Cluster[][] {
  const last = lines.at(-1) ?? [];
  const room = width - measure(ellipsis);
  return [...lines.slice(0, -1), [...last.slice(0, fitting(last, room, measure)), ...ellipsis]];
}
