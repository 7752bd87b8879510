import fc from 'fast-check';
import { expect, it } from 'vitest';
import { searchWords } from '../../../src/orders/search-words.js';
import { ORDER_STATES } from '../../../src/orders/states.js';
import {
  type OrderFilter,
  type OrderPage,
  type OrderSort,
  orderPlaceOf,
  type Store,
  type StoredOrder,
  type StoredPosting,
} from '../../../src/store/store.js';
import { aDocument, afterNoon, anOrder, issued, NOON } from './samples.js';
import type { Bench } from './under-test.js';

/** Lists of many: sorted, searched and paged; and what is kept so that nobody has to count. */
export function scaleTests({ under, freshStore, openAt }: Bench): void {
  it('pages of a sorted list together are the whole list, once and in its order, under ties', async () => {
    const store = await freshStore();
    const orders = tiedOrders();
    await store.transaction((tx) => tx.putOrders(orders));
    await fc.assert(
      fc.asyncProperty(
        someFilter,
        fc.constantFrom(...SORTS),
        fc.boolean(),
        fc.integer({ min: 1, max: 40 }),
        async (filter, sort, ascending, limit) => {
          const page = { sort, ascending, limit };
          const expected = orders
            .filter((order) => matches(order, filter) && (sort !== 'expires' || order.expiresAt))
            .sort(comparison(page));
          const found = await allPages(page, (each) => store.listOrders(filter, each));
          expect(found).toEqual(expected.map(nameOf));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('pages of a search together are what matches, once and in the order of the list', async () => {
    const store = await freshStore();
    const orders = tiedOrders();
    await store.transaction((tx) => tx.putOrders(orders));
    await fc.assert(
      fc.asyncProperty(
        someFilter,
        fc.constantFrom('an', 'anna', 'ANNA  v', 'vries', 'jansen ann', '7', 'nobody', '…'),
        fc.constantFrom(...SORTS),
        fc.integer({ min: 1, max: 40 }),
        async (filter, text, sort, limit) => {
          const page = { sort, limit };
          const wanted = searchWords(...text.split(' '));
          const expected = orders
            .filter((order) => matches(order, filter) && (sort !== 'expires' || order.expiresAt))
            .filter(
              ({ words }) =>
                wanted.length > 0 &&
                wanted.every((begin) => words.some((word) => word.startsWith(begin))),
            )
            .sort(comparison(page));
          const found = await allPages(page, async (each) => {
            const { orders: some, isCut } = await store.searchOrders(text, filter, each);
            expect(isCut).toBe(false);
            return some;
          });
          expect(found).toEqual(expected.map(nameOf));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('an order is found by what it is now, and under the state that it is in', async () => {
    const store = await freshStore();
    const find = async (text: string, filter: OrderFilter = {}) =>
      (await store.searchOrders(text, filter, { limit: 10 })).orders.map(({ id }) => id);
    const named = (id: number, name: string, part: Partial<StoredOrder> = {}) =>
      anOrder(id, { customer: name, words: searchWords(String(id), name), ...part });
    await store.transaction((tx) =>
      tx.putOrders([named(1, 'Zoë Łukasz'), named(2, 'أحمد'), named(3, 'Zoran')]),
    );
    expect(await find('zoe')).toEqual([1]);
    expect(await find('ZO')).toEqual([3, 1]);
    expect(await find('lukasz zoë')).toEqual([1]);
    expect(await find('احمد')).toEqual([2]);
    expect(await find('zo', { states: ['forwarded'] })).toEqual([]);
    await store.transaction((tx) =>
      tx.putOrders([named(1, 'Zoë Łukasz', { state: 'forwarded' }), named(3, 'Milan')]),
    );
    expect(await find('zo', { states: ['forwarded'] })).toEqual([1]);
    expect(await find('zo', { states: ['parked'] })).toEqual([]);
    expect(await find('mil', { states: ['parked'], shop: 'main' })).toEqual([3]);
    expect(await find('mil', { shop: 'second' })).toEqual([]);
  });

  it('a search that matches more than it looks through says so', async () => {
    const store = await freshStore();
    const many = Array.from({ length: 501 }, (_, n) => anOrder(n + 1));
    await store.transaction((tx) => tx.putOrders(many));
    expect(await store.searchOrders('smi', {}, { limit: 1 })).toMatchObject({ isCut: true });
    const one = await store.searchOrders('501', {}, { limit: 10 });
    expect(one).toMatchObject({ orders: [{ id: 501 }], isCut: false });
  });

  it('a place of another sort is no place', async () => {
    const store = await freshStore();
    await store.transaction((tx) => tx.putOrders([anOrder(1)]));
    const page: OrderPage = { sort: 'amount', limit: 1, after: { at: NOON, id: 'main/1' } };
    await expect(store.listOrders({}, page)).rejects.toThrow(RangeError);
  });

  it('totals kept are those of all orders and postings, whatever was written over', async () => {
    const store = await freshStore();
    const written = new Map<string, StoredOrder>();
    await fc.assert(
      fc.asyncProperty(fc.array(changedOrder, { minLength: 1, maxLength: 40 }), async (orders) => {
        await store.transaction((tx) => tx.putOrders(orders));
        for (const order of orders) written.set(nameOf(order), order);
        for (const shop of ['main', 'second']) {
          const own = [...written.values()].filter((order) => order.shop === shop);
          expect(await store.allTotals(shop)).toEqual(totalsOf(own));
        }
      }),
      { numRuns: 20 },
    );
  });

  it('those who write at the same time keep the totals together', async () => {
    const database = await under.freshDatabase();
    const stores = [await openAt(database), await openAt(database)];
    const put = (store: Store, from: number) =>
      Promise.all(
        [0, 1, 2, 3].map((n) =>
          store.transaction((tx) => tx.putOrders([anOrder(from + n, { grossMinor: 1 })])),
        ),
      );
    await Promise.all(stores.map((store, n) => put(store, 1 + n * 10)));
    expect(await stores[0]?.allTotals('main')).toEqual([
      { state: 'parked', currency: 'EUR', count: 8, grossMinor: 8 },
    ]);
  });

  it('pages of postings together are all of them, once, the latest change first, under ties', async () => {
    const store = await freshStore();
    const ids = Array.from({ length: 30 }, (_, n) => n + 1);
    await store.transaction(async (tx) => {
      await tx.addDocuments(ids.map((id) => issued(aDocument(id))));
      await tx.addPostings(
        ids.flatMap((id) =>
          ['journal', 'mail'].map((books) => ({
            documentKey: `main/${id}/invoice`,
            books,
            at: afterNoon(id % 3),
          })),
        ),
      );
    });
    const whole = await store.listPostings({}, 100);
    expect(whole).toHaveLength(60);
    for (const limit of [1, 7, 60]) {
      const found: StoredPosting[] = [];
      for (;;) {
        const before = found.at(-1);
        const page = await store.listPostings({ ...(before && { before }) }, limit);
        found.push(...page);
        if (page.length < limit) break;
      }
      expect(found).toEqual(whole);
    }
  });

  it('what was booked is told by day and currency, credit notes taken off, with how long it took', async () => {
    const store = await freshStore();
    const credit = { kind: 'credit-note' as const, key: 'main/3/credit-note/9', grossMinor: 100 };
    const documents = [
      aDocument(1, { grossMinor: 1000 }),
      aDocument(2, { grossMinor: 500, currency: 'JPY' }),
      aDocument(3, credit),
      aDocument(4, { grossMinor: 7 }),
      aDocument(5, { grossMinor: 9 }),
    ];
    await store.transaction(async (tx) => {
      await tx.addDocuments(documents.map(issued));
      await tx.addPostings(
        documents.map(({ key }) => ({ documentKey: key, books: 'journal', at: NOON })),
      );
      for (const [n, minutes] of [1, 2, 3, 60].entries()) {
        await tx.movePosting({
          documentKey: documents[n]?.key ?? '',
          books: 'journal',
          from: ['queued'],
          attempt: 0,
          to: 'booked',
          reason: 'booked',
          dueAt: null,
          now: afterNoon(minutes),
        });
      }
    });
    const days = [
      { date: '2026-11-19', from: afterNoon(-60), to: afterNoon(0) },
      { date: '2026-11-20', from: afterNoon(0), to: afterNoon(60) },
      { date: '2026-11-21', from: afterNoon(60), to: afterNoon(120) },
    ];
    const minute = 60_000;
    expect(await store.bookedPerDay('journal', days)).toEqual([
      {
        date: '2026-11-20',
        currency: 'EUR',
        documents: 2,
        grossMinor: 900,
        lagMs: 4 * minute,
        longestLagMs: 3 * minute,
      },
      {
        date: '2026-11-20',
        currency: 'JPY',
        documents: 1,
        grossMinor: 500,
        lagMs: 2 * minute,
        longestLagMs: 2 * minute,
      },
      {
        date: '2026-11-21',
        currency: 'EUR',
        documents: 1,
        grossMinor: 7,
        lagMs: 60 * minute,
        longestLagMs: 60 * minute,
      },
    ]);
    expect(await store.bookedPerDay('mail', days)).toEqual([]);
    expect(await store.bookedPerDay('journal', [])).toEqual([]);
  });
}

const SORTS: readonly OrderSort[] = ['created', 'since', 'expires', 'amount', 'number'];

const optional = <T>(values: readonly T[]) =>
  fc.option(fc.constantFrom(...values), { nil: undefined });

const someFilter = fc
  .record({
    shop: optional(['main', 'second']),
    states: fc.option(fc.subarray([...ORDER_STATES]), { nil: undefined }),
    status: optional(['on-hold', 'completed']),
  })
  .map(
    ({ shop, states, status }): OrderFilter => ({
      ...(shop === undefined ? {} : { shop }),
      ...(states === undefined ? {} : { states }),
      ...(status === undefined ? {} : { status }),
    }),
  );

/** Few values of each, so that most are ties. */
function tiedOrders(): StoredOrder[] {
  const names = ['Anna de Vries', 'Jansen, Annabel', 'Vriesman', 'Ann Jansen'];
  return Array.from({ length: 120 }, (_, n) => {
    const state = ORDER_STATES[n % 5] ?? 'parked';
    const number = ['7', '70', 'WEB-9', 'WEB-10', '100'][n % 5] ?? '';
    const customer = names[n % 4] ?? '';
    return anOrder(1 + Math.floor(n / 2), {
      shop: n % 2 === 0 ? 'main' : 'second',
      state,
      number,
      customer,
      status: n % 3 === 0 ? 'on-hold' : 'completed',
      createdAt: afterNoon(n % 4),
      stateSince: afterNoon(n % 3),
      expiresAt: state === 'parked' ? afterNoon(n % 2) : null,
      currency: n % 7 === 0 ? 'JPY' : 'EUR',
      grossMinor: [5, 40, -3, 1000][n % 4] ?? 0,
      words: searchWords(number, customer),
    });
  });
}

const changedOrder = fc
  .record({
    shop: fc.constantFrom('main', 'second'),
    id: fc.integer({ min: 1, max: 20 }),
    state: fc.constantFrom(...ORDER_STATES),
    currency: fc.constantFrom('EUR', 'JPY'),
    grossMinor: fc.integer({ min: -1000, max: 1000 }),
  })
  .map(({ id, ...part }) => anOrder(id, part));

function totalsOf(orders: readonly StoredOrder[]) {
  const places = orders.map(({ state, currency }) => `${state} ${currency}`);
  return [...new Set(places)].sort().map((place) => {
    const [state, currency] = place.split(' ');
    const own = orders.filter((order) => `${order.state} ${order.currency}` === place);
    const grossMinor = own.reduce((sum, order) => sum + order.grossMinor, 0);
    return { state, currency, count: own.length, grossMinor };
  });
}

function nameOf({ shop, id }: StoredOrder): string {
  return `${shop}/${id}`;
}

function matches(order: StoredOrder, { shop, states, status }: OrderFilter): boolean {
  return (
    (shop ?? order.shop) === order.shop &&
    (states?.includes(order.state) ?? true) &&
    (status ?? order.status) === order.status
  );
}

/** Said anew, and not with the store's own words. */
function comparison({ sort, ascending }: OrderPage) {
  const keyOf = (order: StoredOrder): readonly (string | number)[] => {
    switch (sort) {
      case 'since':
        return [order.stateSince];
      case 'expires':
        return [order.expiresAt ?? ''];
      case 'amount':
        return [order.currency, order.grossMinor];
      case 'number':
        return [order.number.length, order.number];
      default:
        return [order.createdAt];
    }
  };
  return (one: StoredOrder, other: StoredOrder): number => {
    const [ones, others] = [one, other].map((order) => [...keyOf(order), order.id, order.shop]);
    for (const [n, value] of (ones ?? []).entries()) {
      const against = others?.[n];
      if (against === undefined || value === against) continue;
      return value < against === (ascending === true) ? -1 : 1;
    }
    return 0;
  };
}

async function allPages(
  page: OrderPage,
  read: (page: OrderPage) => Promise<readonly StoredOrder[]>,
): Promise<string[]> {
  const found: string[] = [];
  let after: OrderPage['after'];
  for (;;) {
    const orders = await read({ ...page, ...(after && { after }) });
    found.push(...orders.map(nameOf));
    const last = orders.at(-1);
    if (last === undefined || orders.length < page.limit) return found;
    after = orderPlaceOf(last, page.sort);
  }
}
