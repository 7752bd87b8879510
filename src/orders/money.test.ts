import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMinor, minorUnitsOf, parseMinor, sumMinor } from './money.js';

describe('amounts as integer minor units', () => {
  it('reads what is written, for any amount and any number of decimals', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.integer({ min: 0, max: 4 }), (minor, decimals) => {
        expect(parseMinor(formatMinor(minor, decimals), decimals)).toBe(minor);
      }),
    );
  });

  it.each([
    ['4.95', 2, 495],
    ['4.950000', 2, 495],
    ['-40.01', 2, -4001],
    ['0.005', 2, 1],
    ['-0.005', 2, -1],
    ['0.0049', 2, 0],
    ['-0.001', 2, 0],
    ['10100.00', 0, 10100],
    ['6.5', 3, 6500],
    ['10.', 2, 1000],
  ])('%s with %i decimals is %i', (text, decimals, minor) => {
    expect(parseMinor(text, decimals)).toBe(minor);
  });

  it.each(['', 'abc', '1,00', '1e3', '.5', '--1', ' 1'])('refuses %j', (text) => {
    expect(() => parseMinor(text, 2)).toThrow(RangeError);
  });

  it('refuses what would no longer be exact', () => {
    expect(() => parseMinor('90071992547409.93', 2)).toThrow(RangeError);
    expect(() => sumMinor([Number.MAX_SAFE_INTEGER, 1])).toThrow(RangeError);
  });

  it('knows currencies without decimals and with three', () => {
    expect(['EUR', 'JPY', 'KWD', 'BHD', 'XXX'].map(minorUnitsOf)).toEqual([2, 0, 3, 3, 2]);
  });
});
