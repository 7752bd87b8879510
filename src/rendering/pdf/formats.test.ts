import { describe, expect, it } from 'vitest';
import { createFormats, ibanInGroups, localeOf } from './formats.js';

const NBSP = '\u00a0';

describe('localeOf', () => {
  it('is the seller’s own where its country writes the language, else the usual one', () => {
    expect(localeOf('nl', 'BE')).toBe('nl-BE');
    expect(localeOf('de', 'AT')).toBe('de-AT');
    expect(localeOf('de', 'NL')).toBe('de-DE');
    expect(localeOf('en', 'NL')).toBe('en-GB');
  });
});

describe('money', () => {
  it.each([
    ['nl-NL', 'EUR', 2, 123_456, `€${NBSP}1.234,56`],
    ['en-GB', 'EUR', 2, 123_456, '€1,234.56'],
    ['de-DE', 'EUR', 2, 123_456, `1.234,56${NBSP}€`],
    ['nl-NL', 'EUR', 2, -5, `€${NBSP}-0,05`],
    ['en-GB', 'JPY', 0, 10_100, 'JP¥10,100'],
    ['nl-NL', 'KWD', 3, 6_501, `KWD${NBSP}6,501`],
  ])('in %s and %s with %d decimals: %d is %s', (locale, currency, minorUnits, minor, text) => {
    expect(createFormats(locale, currency, minorUnits).money(minor)).toBe(text);
  });

  it('is exact beyond what a binary fraction can hold', () => {
    const { money } = createFormats('en-GB', 'EUR', 2);
    expect(money(9_007_199_254_740_991)).toBe('€90,071,992,547,409.91');
  });

  it('groups an amount without its currency as with it', () => {
    const { amount, money } = createFormats('de-AT', 'EUR', 2);
    expect(money(-1_234_567)).toBe(`-€${NBSP}12.345,67`);
    expect(amount(-1_234_567)).toBe('-12.345,67');
  });

  it('of a currency that is none is the amount and what the shop calls it', () => {
    expect(createFormats('nl-NL', 'PUNTEN', 2).money(150)).toBe(`1,50${NBSP}PUNTEN`);
  });
});

describe('unit prices', () => {
  const { unitPrices } = createFormats('nl-NL', 'EUR', 2);

  it('have two to four decimals, as many as they need', () => {
    expect(unitPrices(['13.62809917'])).toEqual(['13,6281']);
    expect(unitPrices(['13.5'])).toEqual(['13,50']);
    expect(unitPrices(['-0.12345'])).toEqual(['-0,1235']);
  });

  it('stand with their decimal signs under each other', () => {
    expect(unitPrices(['10', '1.2345', ''])).toEqual(['10,00\u2007\u2007', '1,2345', '']);
    const yen = createFormats('en-GB', 'JPY', 0).unitPrices(['10100', '33.3333']);
    expect(yen).toEqual(['10,100\u2008\u2007\u2007\u2007\u2007', '33.3333']);
  });
});

describe('other figures', () => {
  it('percentages and quantities have the decimals that they have', () => {
    const dutch = createFormats('nl-NL', 'EUR', 2);
    expect([dutch.percent('21.00'), dutch.percent('9.975')]).toEqual(['21%', '9,975%']);
    expect(createFormats('de-DE', 'EUR', 2).percent('19')).toBe(`19${NBSP}%`);
    expect([dutch.quantity('1500'), dutch.quantity('0.125')]).toEqual(['1.500', '0,125']);
  });

  it('dates and countries are written out, and an unknown country stays its code', () => {
    const german = createFormats('de-DE', 'EUR', 2);
    expect(german.date('2026-03-01')).toBe('1. März 2026');
    expect([german.country('NL'), german.country('ZZZ')]).toEqual(['Niederlande', 'ZZZ']);
  });

  it('an IBAN is read in groups of four', () => {
    expect(ibanInGroups('NL91ABNA0417164300')).toBe('NL91 ABNA 0417 1643 00');
  });
});
