import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeFileName } from './file-name.js';

test('plain keys stay readable', () => {
  expect(safeFileName('main/1042/credit-note/1050')).toBe('main_1042_credit-note_1050');
});

test('every name is safe on every file system', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (key) => {
      const name = safeFileName(key);
      expect(name).toMatch(/^[a-z0-9_~-]{1,120}$/);
      expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)$/);
    }),
  );
});

test('different keys have different names, also where case does not count', () => {
  const part = fc.constantFrom('a', 'A', '-', '_', '/', '1', '~', 'é', ' ');
  const key = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(key, key, (one, other) => {
      fc.pre(one !== other);
      expect(safeFileName(one).toLowerCase()).not.toBe(safeFileName(other).toLowerCase());
    }),
    { numRuns: 2000 },
  );
});
