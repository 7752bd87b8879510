import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Settlement } from '../../src/documents/document.js';
import { JOURNAL_FLAVOURS } from '../../src/export/destinations/journal/settings.js';
import { formatMinor, minorUnitsOf } from '../../src/orders/money.js';
import type { VatTotal } from '../../src/store/store.js';
import { recordedLives } from '../support/corpus.js';
import { bookCorpus, type CorpusBooks, signOf } from '../support/corpus-books.js';
import {
  type Balances,
  balancesOf,
  JOURNAL_PROGRAMS,
  type JournalProgram,
  mustSkip,
} from '../support/journal-programs.js';

/** Recorded orders that have no document once all was fed, and why that is right. */
const WITHOUT_DOCUMENT = new Map([
  // Made in the back office, and still empty.
  [96, /no lines and no amount/],
  [51, /in the shop's trash/],
  // Marked exempt, domestic, no VAT number: no ground for zero is known.
  [403, /No tax was charged on "Lamp"/],
]);

let books: CorpusBooks;
beforeAll(async () => {
  books = await bookCorpus();
});
afterAll(() => books.close());

describe('every recorded order and refund, through the whole pipeline', () => {
  it('has a document, but for the few that have a reason', async () => {
    const ids = [...recordedLives().keys()];
    const orders = await books.store.orders('main', ids);
    expect(orders).toHaveLength(ids.length);
    for (const { id, state, reason } of orders) {
      const why = WITHOUT_DOCUMENT.get(id);
      if (why) expect(reason).toMatch(why);
      else expect({ id, state }).toEqual({ id, state: 'forwarded' });
    }
  });

  it('has a credit note for every refund that the shop ever named', async () => {
    const refunds = [...recordedLives().values()].flat().flatMap((state) => state.refunds ?? []);
    expect(refunds.length).toBeGreaterThanOrEqual(21);
    const keys = new Set(books.documents.map(({ document }) => document.key));
    for (const { id, orderId } of refunds) {
      expect(keys).toContain(`main/${orderId}/credit-note/${id}`);
    }
  });

  it('is booked in each books once', () => {
    const count = books.documents.length;
    expect(books.report.books).toEqual(
      JOURNAL_FLAVOURS.map((flavour) => ({
        books: flavour,
        booked: count,
        retrying: 0,
        rejected: 0,
        uncertain: 0,
        abandoned: 0,
      })),
    );
  });
});

describe.each(JOURNAL_PROGRAMS)('$program on the whole corpus', (subject) => {
  const skip = mustSkip(subject);

  it.skipIf(skip)('passes the strict checks', () => {
    expect(() => subject.check(mainOf(subject))).not.toThrow();
  });

  it.skipIf(skip)('reports net and tax of each VAT rate as the statement does', async () => {
    const totals = await books.store.vatTotals('main', '1970-01-01', '2999-12-31');
    expect(totals.length).toBeGreaterThanOrEqual(27);
    const balances = subject.balances(mainOf(subject));
    for (const total of totals) {
      const minorUnits = minorUnitsOf(total.currency);
      expect(reported(balances, total)).toEqual({
        ...total,
        base: formatMinor(total.baseMinor, minorUnits),
        tax: formatMinor(total.taxMinor, minorUnits),
      });
    }
  });

  it.skipIf(skip)('reports what was paid by each means as the documents do', () => {
    const balances = subject.balances(mainOf(subject));
    const kinds = new Set(
      books.documents.flatMap(({ document }) => document.settlements.map(({ kind }) => kind)),
    );
    expect([...kinds].sort()).toEqual([
      'deposit',
      'gift-card',
      'payment',
      'receivable',
    ] satisfies Settlement['kind'][]);
    const paid = settledByDocuments();
    expect(paid.size).toBeGreaterThan(4);
    expect(sumBy(balances, settledIn)).toEqual(paid);
  });

  it.skipIf(skip)('has no account but those of sales, VAT, payments and rounding', () => {
    const known = /^(Income:(Sales|Shipping|Fees)|Liabilities:VAT|Expenses:Rounding)\b/;
    for (const key of subject.balances(mainOf(subject)).keys()) {
      expect(settledIn(key) !== undefined || known.test(key), key).toBe(true);
    }
  });
});

it.skipIf(JOURNAL_PROGRAMS.some(mustSkip))('the three programs report the same balances', () => {
  const [first, ...others] = JOURNAL_PROGRAMS.map((one) => one.balances(mainOf(one)));
  expect(first?.size).toBeGreaterThan(40);
  for (const other of others) expect(other).toEqual(first);
});

function mainOf({ flavour, main }: JournalProgram): string {
  return join(books.folderOf(flavour), main);
}

/** What the books hold of one rate. Revenue under two rates counts for each, as in the statement. */
function reported(balances: Balances, total: VatTotal): VatTotal & { base: string; tax: string } {
  const { currency, country, percent, code } = total;
  const rate = percent.replace('.', '-');
  let base = 0n;
  let tax = 0n;
  for (const [key, amount] of balances) {
    const { account = '', unit } = /^(?<account>.+) (?<unit>[A-Z]{3})$/.exec(key)?.groups ?? {};
    const [top, kind, ownCountry, ownRates = '', ownCode = ''] = account.split(':');
    const isOfRate =
      unit === currency &&
      ownCountry === country &&
      ownRates.split('-and-').includes(rate) &&
      (ownCode === code || (ownRates.includes('-and-') && ownCode.includes(code)));
    if (isOfRate && top === 'Income') base -= BigInt(amount);
    if (isOfRate && top === 'Liabilities' && kind === 'VAT') tax -= BigInt(amount);
  }
  return { ...total, base: inCurrency(base, currency), tax: inCurrency(tax, currency) };
}

/** From hundred-thousandths, which must have no fraction of a minor unit. */
function inCurrency(amount: bigint, currency: string): string {
  const minorUnits = minorUnitsOf(currency);
  const scale = 10n ** BigInt(5 - minorUnits);
  expect(amount % scale).toBe(0n);
  return formatMinor(Number(amount / scale), minorUnits);
}

const MEANS: readonly (readonly [RegExp, Settlement['kind']])[] = [
  // What a provider kept is a cost, taken from the money that it holds.
  [/^(Assets:Clearing|Expenses:PaymentFees):/, 'payment'],
  [/^Assets:Receivable /, 'receivable'],
  [/^Liabilities:GiftCards /, 'gift-card'],
  [/^Liabilities:StoreCredit /, 'store-credit'],
  [/^Assets:Deposits /, 'deposit'],
];

/** `payment EUR` for a balance (`Assets:Clearing:Ideal EUR`) that says how sales were paid. */
function settledIn(key: string): string | undefined {
  const kind = MEANS.find(([pattern]) => pattern.test(key))?.[1];
  return kind && `${kind} ${key.slice(-3)}`;
}

function sumBy(balances: Balances, nameOf: (key: string) => string | undefined): Balances {
  const sums = new Map<string, bigint>();
  for (const [key, amount] of balances) {
    const name = nameOf(key);
    if (name) sums.set(name, (sums.get(name) ?? 0n) + BigInt(amount));
  }
  const rows = [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(rows.map(([key, sum]) => [key, String(sum)]));
}

function settledByDocuments(): Balances {
  return balancesOf(
    books.documents.flatMap(({ document }) =>
      document.settlements.map(({ kind, amountMinor }) => ({
        account: kind,
        currency: document.currency,
        amount: formatMinor(signOf(document) * amountMinor, document.minorUnits),
      })),
    ),
  );
}
