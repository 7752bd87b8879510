import { expect, it } from 'vitest';
import { csvOf } from './csv.js';

it('rows end as RFC 4180 wants, after a byte order mark', () => {
  expect(csvOf([['a', 'b'], ['1']])).toBe('\uFEFFa,b\r\n1\r\n');
  expect(csvOf([])).toBe('\uFEFF');
});

it('commas, quotes and line ends stay within their cell', () => {
  expect(csvOf([['a,b', 'say "no"', 'two\nlines', 'plain']])).toBe(
    '\uFEFF"a,b","say ""no""","two\nlines",plain\r\n',
  );
});

it.each(['=1+1', '+1-1', '-1+1', '@SUM(A1)', '\tx', '\r=1', '--1'])(
  '%j is no formula to a spreadsheet',
  (text) => {
    expect(
      csvOf([[text]])
        .slice(1)
        .replace(/^"/, '')
        .startsWith("'"),
    ).toBe(true);
  },
);

it.each(['-12.10', '0', '1000', '-7'])('%s stays a number', (text) => {
  expect(csvOf([[text]])).toBe(`\uFEFF${text}\r\n`);
});
