import fc from 'fast-check';
import { expect, test } from 'vitest';
import { interpolate, protectReferences, restoreReferences } from './interpolate.js';

const ref = (inside: string) => `\${${inside}}`;

test.each([
  [ref('A'), 'one'],
  [`x-${ref('A')}-${ref('B')}`, 'x-one-two'],
  [ref('UNSET:-three'), 'three'],
  [ref('EMPTY:-three'), 'three'],
  [ref('A:-three'), 'one'],
  [ref('UNSET:-'), ''],
  [`$${ref('A')}`, ref('A')],
  ['$5', '$5'],
  ['no reference', 'no reference'],
])('%s gives %s', (text, expected) => {
  const result = interpolate(text, { A: 'one', B: 'two', EMPTY: '' });
  expect(result).toMatchObject({ text: expected, unset: [], malformed: false });
});

test('every variable that is not set is named', () => {
  expect(interpolate(`${ref('X')}${ref('Y')}${ref('A')}`, { A: '1' }).unset).toEqual(['X', 'Y']);
});

test('what a variable holds is not interpolated again', () => {
  expect(interpolate(ref('A'), { A: ref('B'), B: 'no' }).text).toBe(ref('B'));
});

test.each([`\${`, `\${A`, `\${1A}`, `\${A B}`, `\${A-b}`])('%s is malformed', (text) => {
  expect(interpolate(text, { A: '1' }).malformed).toBe(true);
});

test('protecting keeps every position, and restoring gives the text back', () => {
  const piece = fc.constantFrom(
    `\${`,
    '}',
    'NAME',
    ':-',
    'a: b',
    '#',
    ',',
    '[x]',
    '$',
    '"',
    '\n',
    ' ',
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join('');
      expect(protectReferences(text)).toHaveLength(text.length);
      expect(restoreReferences(protectReferences(text))).toBe(text);
    }),
  );
});
