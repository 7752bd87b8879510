import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Document } from '../../src/documents/document.js';
import { parseMinor } from '../../src/orders/money.js';
import type { Order, Refund } from '../../src/orders/order.js';
import type { StoredDocument, StoredOrder } from '../../src/store/store.js';
import { feedCorpus, type RecordedState, recordedLives } from '../support/corpus.js';
import { signOf } from '../support/corpus-books.js';
import { openTestStore, TestClock } from '../support/export.js';

/** One order of the corpus with all that came of it. */
interface Life {
  readonly name: string;
  readonly states: readonly RecordedState[];
  readonly stored: StoredOrder;
  readonly documents: readonly Document[];
}

const LIVES = recordedLives();

let books: Awaited<ReturnType<typeof openTestStore>>;
let lives: readonly Life[];
beforeAll(async () => {
  books = await openTestStore(new TestClock());
  await feedCorpus(books.store, []);
  const documents = await books.store.listDocuments({}, { limit: 10_000 });
  const stored = await books.store.orders('main', [...LIVES.keys()]);
  lives = stored
    .map((order) => ({
      name: `order ${order.id}`,
      states: LIVES.get(order.id) ?? [],
      stored: order,
      documents: documents
        .filter(({ document }) => document.orderId === order.id)
        .sort((a: StoredDocument, b: StoredDocument) => a.sequence - b.sequence)
        .map(({ document }) => document),
    }))
    .filter(({ documents }) => documents.length > 0);
});
afterAll(() => books.close());

describe('rule 4: the documents of each recorded order', () => {
  it('are of nearly all of them', () => {
    expect(lives.length).toBe(LIVES.size - 3);
  });

  it('charge what the shop charged, less what was paid by card or deposit before', () => {
    for (const { name, states, documents } of lives) {
      const [sale] = documents;
      expect({ name, paid: sale && signOf(sale) * paidOn(sale) }).toEqual({
        name,
        paid: bookedOrder(states).grossMinor,
      });
    }
  });

  it('owe the tax that the shop charged, in all and by each of its rates', () => {
    for (const { name, states, documents } of lives) {
      const [sale] = documents;
      if (!sale) continue;
      const order = bookedOrder(states);
      expect({ name, tax: signOf(sale) * sale.taxMinor + 0 }).toEqual({
        name,
        tax: order.taxMinor,
      });
      expect({ name, ...taxByRate([sale]) }).toEqual({ name, ...shopTaxByRate(order) });
    }
  });

  it('give back each refund to the cent, and a cancellation what was left', () => {
    for (const { name, states, documents } of lives) {
      const [sale, ...notes] = documents;
      if (!sale) continue;
      const cancelled = notes.find(({ key }) => key.endsWith('/cancelled'));
      const refunded = sum(refundsOf(states).map(({ grossMinor }) => grossMinor));
      const givenBack = sum(notes.map(({ grossMinor }) => grossMinor));
      expect({ name, givenBack }).toEqual({
        name,
        givenBack: cancelled ? sale.grossMinor : refunded,
      });
    }
  });

  it('return the tax that the shop returned by each rate, where the refund’s lines tell', () => {
    let told = 0;
    for (const { name, states, documents } of lives) {
      for (const refund of refundsOf(states)) {
        const note = documents.find(({ refundId }) => refundId === refund.id);
        if (!note || note.estimated || refund.lines.length === 0) continue;
        told += 1;
        expect({ name, ...taxByRate([note]) }).toEqual({
          name,
          ...negated(refundTaxByRate(refund)),
        });
      }
    }
    expect(told).toBeGreaterThanOrEqual(14);
  });

  it('are dated no earlier than what they correct', () => {
    for (const { name, documents } of lives) {
      const [sale, ...notes] = documents;
      for (const note of notes) {
        expect(note.date >= (sale?.date ?? ''), `${name}, ${note.number}`).toBe(true);
        expect(note.invoiceNumber).toBe(sale?.number);
      }
    }
  });

  it('never give back more than was charged, of any rate', () => {
    for (const { name, documents } of lives) {
      const [sale] = documents;
      if (sale?.kind !== 'invoice') continue;
      for (const [rateId, tax] of Object.entries(taxByRate(documents))) {
        expect(tax, `${name}, rate ${rateId}`).toBeGreaterThanOrEqual(0);
      }
    }
  });

  it('stand where the shop’s order says otherwise now, and the order says so', () => {
    const edited = lives.filter(({ states }) => {
      return bookedOrder(states).grossMinor !== states.at(-1)?.order.grossMinor;
    });
    expect(edited.map(({ stored }) => stored.id).sort()).toEqual([360, 366, 368]);
    for (const { stored } of edited) {
      expect(stored.changes).toContainEqual(expect.objectContaining({ field: 'total' }));
    }
  });
});

describe('the VAT of the statement', () => {
  it('is the tax of the booked orders less that of their credit notes, by currency', async () => {
    const totals = await books.store.vatTotals('main', '1970-01-01', '2999-12-31');
    for (const currency of ['EUR', 'USD', 'JPY', 'KWD']) {
      const own = lives.filter(({ stored }) => stored.currency === currency);
      const charged = sum(own.map(({ states }) => bookedOrder(states).taxMinor));
      const returned = sum(
        own.flatMap(({ documents }) => documents.slice(1).map(({ taxMinor }) => taxMinor)),
      );
      const stated = totals.filter((total) => total.currency === currency);
      expect({ currency, tax: sum(stated.map(({ taxMinor }) => taxMinor)) }).toEqual({
        currency,
        tax: charged - returned,
      });
    }
  });
});

/** A state that was booked: the first, since later ones are only compared with it. */
function bookedOrder(states: readonly RecordedState[]): Order {
  const [first] = states;
  if (!first) throw new Error('an order without a recorded state');
  return first.order;
}

/** Every refund that the shop named at any time, once. */
function refundsOf(states: readonly RecordedState[]): Refund[] {
  const byId = new Map<number, Refund>();
  for (const refund of states.flatMap(({ refunds }) => refunds ?? [])) byId.set(refund.id, refund);
  return [...byId.values()];
}

function paidOn({ settlements }: Document): number {
  return sum(
    settlements
      .filter(({ kind }) => kind === 'payment' || kind === 'receivable')
      .map(({ amountMinor }) => amountMinor),
  );
}

function taxByRate(documents: readonly Document[]): Record<string, number> {
  return byRate(
    documents.flatMap((document) =>
      document.taxes.map(({ rateId, taxMinor }) => [rateId, signOf(document) * taxMinor]),
    ),
  );
}

function shopTaxByRate({ taxLines }: Order): Record<string, number> {
  return byRate(taxLines.map(({ rateId, taxMinor }) => [rateId, taxMinor]));
}

function refundTaxByRate({ lines, minorUnits }: Refund): Record<string, number> {
  return byRate(
    lines.flatMap(({ taxes }) =>
      taxes.map(({ rateId, amount }) => [rateId, parseMinor(amount, minorUnits)]),
    ),
  );
}

/** Rates that took nothing are left out. */
function byRate(entries: readonly (readonly [string, number])[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [rateId, taxMinor] of entries) sums[rateId] = (sums[rateId] ?? 0) + taxMinor;
  return Object.fromEntries(Object.entries(sums).filter(([, taxMinor]) => taxMinor !== 0));
}

function negated(taxes: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(taxes).map(([rateId, tax]) => [rateId, -tax]));
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
