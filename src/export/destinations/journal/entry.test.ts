import { describe, expect, test } from 'vitest';
import { allDocuments, documentOf, EXAMPLES } from '../../../../tests/support/documents.js';
import type { Document } from '../../../documents/document.js';
import { resolveAccounts } from './accounts.js';
import { entryOf, InconsistentDocument } from './entry.js';

const ACCOUNTS = resolveAccounts(undefined);

/** Amounts by account, in minor units. */
function amounts(document: Document): Record<string, number> {
  const { postings } = entryOf(document, ACCOUNTS);
  return Object.fromEntries(postings.map(({ account, amountMinor }) => [account, amountMinor]));
}

test('debits equal credits in every currency, on every kind of document', () => {
  for (const document of allDocuments()) {
    const sums = new Map<string, number>();
    for (const { currency, amountMinor } of entryOf(document, ACCOUNTS).postings) {
      sums.set(currency, (sums.get(currency) ?? 0) + amountMinor);
    }
    expect(
      [...sums.values()].filter((sum) => sum !== 0),
      document.key,
    ).toEqual([]);
  }
});

describe('accounts', () => {
  test('a gift card pays its part of the sale from its own account', () => {
    expect(amounts(EXAMPLES.giftCard)).toEqual({
      'Liabilities:GiftCards': 1000,
      'Assets:Clearing:Ideal': 995,
      'Income:Sales:NL:21': -1649,
      'Liabilities:VAT:NL:21': -346,
    });
  });

  test('what is paid apart from the order, or not yet, is not in the clearing account', () => {
    expect(amounts(EXAMPLES.deposit)).toMatchObject({
      'Assets:Deposits': 9000,
      'Assets:Clearing:Ideal': 3100,
    });
    expect(amounts(EXAMPLES.reverseCharge)).toEqual({
      'Assets:Receivable': 5000,
      'Income:Sales:BE:0': -5000,
    });
  });

  test('fees and shipping have their own, products theirs', () => {
    expect(amounts(EXAMPLES.fees)).toMatchObject({ 'Income:Fees:NL:21': 250 });
    expect(amounts(EXAMPLES.plain)).toMatchObject({ 'Income:Shipping:NL:21': -409 });
  });

  test('two rates on one line make one revenue account and two of VAT', () => {
    expect(amounts(EXAMPLES.compound)).toMatchObject({
      'Income:Sales:CA:5-and-9-975': -5000,
      'Liabilities:VAT:CA:5': -250,
      'Liabilities:VAT:CA:9-975': -524,
    });
  });

  test('what the payment provider kept is a cost, in its own currency', () => {
    const { postings } = entryOf(EXAMPLES.foreignGatewayFee, ACCOUNTS);
    expect(postings.filter(({ currency }) => currency === 'EUR')).toMatchObject([
      { account: 'Expenses:PaymentFees:X支付宝', amountMinor: 99 },
      { account: 'Assets:Clearing:X支付宝', amountMinor: -99 },
    ]);
  });

  test('a rounding line goes to the rounding account', () => {
    expect(amounts(EXAMPLES.rounding)).toMatchObject({ 'Expenses:Rounding': 1 });
  });

  test('21 and 21.00 are one rate', () => {
    const withZeros = structuredClone(EXAMPLES.plain) as Document;
    const groups = withZeros.groups.map((group) => ({
      ...group,
      vat: group.vat.map((vat) => ({ ...vat, percent: '21.00' })),
    }));
    expect(amounts({ ...withZeros, groups })).toHaveProperty('Income:Sales:NL:21');
  });
});

test('a document of nothing is still an entry', () => {
  expect(amounts(EXAMPLES.zeroTotal)).toMatchObject({
    'Assets:Receivable': 0,
    'Income:Sales:NL:21': 0,
  });
  expect(amounts(EXAMPLES.empty)).toEqual({ 'Assets:Receivable': 0 });
});

test('a document that contradicts itself makes no entry', () => {
  const good = documentOf({ lines: [{ netMinor: 100, rates: ['NL21'] }], taxes: { NL21: 21 } });
  const wrongs: readonly Document[] = [
    { ...good, grossMinor: 122 },
    { ...good, taxMinor: 20 },
    { ...good, netMinor: 99 },
    { ...good, settlements: [] },
    { ...good, groups: [] },
    { ...good, currency: 'euro' },
  ];
  for (const wrong of wrongs) expect(() => entryOf(wrong, ACCOUNTS)).toThrow(InconsistentDocument);
});
