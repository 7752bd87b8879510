import type { Row } from './row.js';

const HEADER: Row = { what: 'what', measured: 'measured', bound: 'must be' };

/** The rows in columns, as text. */
export function tableOf(rows: readonly Row[]): string {
  const all = [HEADER, ...rows];
  const widest = (of: (row: Row) => string) => Math.max(...all.map((row) => of(row).length));
  const whatWidth = widest(({ what }) => what);
  const measuredWidth = widest(({ measured }) => measured);
  const boundWidth = widest(({ bound = '' }) => bound);
  const lines = all.map(({ what, measured, bound = '', isMet }) =>
    [
      what.padEnd(whatWidth),
      measured.padStart(measuredWidth),
      bound.padEnd(boundWidth),
      isMet === undefined ? '' : isMet ? 'PASS' : 'MISS',
    ]
      .join('  ')
      .trimEnd(),
  );
  const rule = '-'.repeat(whatWidth + measuredWidth + boundWidth + 10);
  const [header = '', ...body] = lines;
  return [header, rule, ...body, ''].join('\n');
}
