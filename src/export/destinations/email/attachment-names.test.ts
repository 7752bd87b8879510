import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attachmentNames } from './attachment-names.js';

const document = (number: string, part = {}) => ({
  number,
  kind: 'invoice' as const,
  shop: 'main',
  orderId: 7,
  ...part,
});

test.each([
  ['1042', '1042'],
  ['INV-2026/0042', 'INV-2026-0042'],
  ['F 2026.0042', 'F-2026.0042'],
  ['../../etc/passwd', 'etc-passwd'],
])('number %s becomes %s', (number, expected) => {
  expect(attachmentNames([document(number)])).toEqual([expected]);
});

test('names within a mail differ, also where case does not count', () => {
  const documents = [
    document('a1'),
    document('A1'),
    document('A1', { kind: 'credit-note' }),
    document('a1', { shop: 'other' }),
    document('a-1'),
  ];
  expect(attachmentNames(documents)).toEqual([
    'a1',
    'invoice-main-7',
    'credit-note-main-7',
    'invoice-other-7',
    'a-1',
  ]);
});

test('every name is safe on every file system, and in a mail’s head', () => {
  const anything = fc.record({
    number: fc.string({ unit: 'binary', maxLength: 200 }),
    kind: fc.constantFrom('invoice' as const, 'credit-note' as const),
    shop: fc.constantFrom('main', 'other'),
    orderId: fc.nat(9),
  });
  fc.assert(
    fc.property(fc.array(anything, { minLength: 1, maxLength: 12 }), (documents) => {
      const names = attachmentNames(documents);
      for (const name of names) {
        expect(name).toMatch(/^[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,130}$/);
        expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i);
      }
      expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(documents.length);
    }),
  );
});
