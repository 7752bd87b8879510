import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epcPayload } from './epc.js';

const TRANSFER = {
  name: 'Voorbeeld B.V.',
  iban: 'NL91ABNA0417164300',
  bic: 'ABNANL2A',
  amountMinor: 7140,
  remittance: 'Factuur 1042',
};

describe('epcPayload', () => {
  it('has the lines of version 2 of the code, in their order', () => {
    expect(epcPayload(TRANSFER)?.split('\n')).toEqual([
      ...['BCD', '002', '1', 'SCT', 'ABNANL2A', 'Voorbeeld B.V.', 'NL91ABNA0417164300'],
      ...['EUR71.40', '', '', 'Factuur 1042'],
    ]);
  });

  it('leaves the line of an unknown BIC empty', () => {
    expect(epcPayload({ ...TRANSFER, bic: '' })?.split('\n')[4]).toBe('');
  });

  it.each([
    [0, undefined],
    [1, 'EUR0.01'],
    [99_999_999_999, 'EUR999999999.99'],
    [100_000_000_000, undefined],
    [-5, undefined],
  ])('says an amount of %d cents as %s', (amountMinor, said) => {
    expect(epcPayload({ ...TRANSFER, amountMinor })?.split('\n')[7]).toBe(said);
  });

  it('never outgrows the code, whatever the names', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        (name, remittance) => {
          const payload = epcPayload({ ...TRANSFER, name, remittance }) ?? '';
          expect(Buffer.byteLength(payload)).toBeLessThanOrEqual(331);
          expect(Buffer.from(payload).toString()).toBe(payload);
        },
      ),
    );
  });
});
