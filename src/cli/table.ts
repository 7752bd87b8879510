import { stripVTControlCharacters } from 'node:util';

export interface Column {
  readonly title: string;
  readonly align?: 'right';
}

/** Plain columns, two blanks apart; long text in the last column is left to the terminal to wrap. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const clean = rows.map((row) => row.map(printable));
  const widths = columns.map(({ title }, index) =>
    Math.max(widthOf(title), ...clean.map((row) => widthOf(row[index] ?? ''))),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, index) =>
        pad(cell, widths[index] ?? 0, columns[index]?.align, index === cells.length - 1),
      )
      .join('  ')
      .trimEnd();
  const head = line(columns.map(({ title }) => title));
  return `${[head, ...clean.map(line)].join('\n')}\n`;
}

function pad(cell: string, width: number, align: 'right' | undefined, isLast: boolean): string {
  const blanks = ' '.repeat(Math.max(0, width - widthOf(cell)));
  if (align === 'right') return blanks + cell;
  return isLast ? cell : cell + blanks;
}

/** Characters that take two cells: East Asian wide forms and emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;

function widthOf(text: string): number {
  let width = 0;
  for (const { segment } of segments.segment(stripVTControlCharacters(text))) {
    width += WIDE.test(segment) ? 2 : 1;
  }
  return width;
}

const segments = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The same for text of several lines. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}

/** Text of a shop or customer must not steer the terminal. Our own colours are put on afterwards. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, (character) =>
    character === '\t' || character === '\n' ? ' ' : '',
  );
}
