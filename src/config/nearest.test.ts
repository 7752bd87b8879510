import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editDistance, nearest } from './nearest.js';

const KEYS = ['id', 'url', 'consumerKey', 'consumerSecret', 'since'];

test.each([
  ['consumerKye', 'consumerKey'],
  ['consumer_key', 'consumerKey'],
  ['CONSUMERSECRET', 'consumerSecret'],
  ['sinse', 'since'],
  ['ur', 'url'],
])('%s is taken for %s', (word, meant) => {
  expect(nearest(word, KEYS)).toBe(meant);
});

test.each(['colour', 'x', ''])('%j is near to nothing', (word) => {
  expect(nearest(word, KEYS)).toBeUndefined();
});

test('a word that is right is not suggested to itself', () => {
  expect(nearest('since', KEYS)).toBeUndefined();
});

test('swapped neighbours are one edit', () => {
  expect(editDistance('key', 'kye')).toBe(1);
  expect(editDistance('kitten', 'sitting')).toBe(3);
});

test('the distance is symmetric, zero only for equal words, and at most the longer length', () => {
  const word = fc.string({ maxLength: 8, unit: fc.constantFrom('a', 'b', 'c') });
  fc.assert(
    fc.property(word, word, (a, b) => {
      const edits = editDistance(a, b);
      expect(edits).toBe(editDistance(b, a));
      expect(edits === 0).toBe(a === b);
      expect(edits).toBeLessThanOrEqual(Math.max(a.length, b.length));
    }),
  );
});
