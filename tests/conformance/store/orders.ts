import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ORDER_STATES } from '../../../src/orders/states.js';
import { orderPageId } from '../../../src/store/sql/paging.js';
import type { OrderFilter, Store, StoredOrder } from '../../../src/store/store.js';
import { afterNoon, aHistoryEntry, anOrder, aRefund, NOON } from './samples.js';
import type { Bench } from './under-test.js';

export function orderTests({ under, freshStore }: Bench): void {
  it('an order comes back as it was put, and is replaced whole', async () => {
    const store = await freshStore();
    const full = anOrder(1, {
      grossMinor: Number.MAX_SAFE_INTEGER,
      taxMinor: -1,
      source: 'channel:etsy',
      ruleLine: 12,
      expiresAt: afterNoon(5),
      decision: 'forward',
      customer: 'Zoë 漢字 \u{1F600}',
      changes: [{ field: 'total', booked: '1.00', now: '2.00' }],
    });
    await store.transaction((tx) => tx.putOrders([full]));
    expect(await store.order('main', 1)).toEqual(full);
    await store.transaction((tx) => tx.putOrders([anOrder(1), anOrder(1, { status: 'last' })]));
    expect(await store.order('main', 1)).toEqual(anOrder(1, { status: 'last' }));
  });

  it('orders are found by shop and id, in one read, whatever their number', async () => {
    const store = await freshStore();
    const many = Array.from({ length: 333 }, (_, n) => anOrder(n + 1));
    await store.transaction((tx) => tx.putOrders([...many, anOrder(1, { shop: 'second' })]));
    const ids = many.map((order) => order.id);
    expect((await store.orders('main', [...ids, 9999])).map((order) => order.id)).toEqual(ids);
    expect(await store.orders('main', [])).toEqual([]);
    expect(await store.order('third', 1)).toBeUndefined();
  });

  it('an order is found by id and by the customer’s number, in any shop', async () => {
    const store = await freshStore();
    const numbered = anOrder(5, { shop: 'second', number: 'WEB-7' });
    const twin = anOrder(8, { number: '7' });
    await store.transaction((tx) => tx.putOrders([anOrder(7), numbered, twin]));
    expect(await store.findOrders('WEB-7')).toEqual([numbered]);
    expect(await store.findOrders(' #5 ')).toEqual([numbered]);
    expect((await store.findOrders('7')).map((order) => order.id).sort()).toEqual([7, 8]);
    expect(await store.findOrders('nothing')).toEqual([]);
  });

  it('the raw observation, the history and the refunds of an order are kept', async () => {
    const store = await freshStore();
    await store.transaction(async (tx) => {
      await tx.putRaw([{ shop: 'main', id: 1, raw: '{"old":1}' }]);
      await tx.putRaw([{ shop: 'main', id: 1, raw: '{"new":1}' }]);
      await tx.addHistory([aHistoryEntry(1), aHistoryEntry(2)]);
      await tx.addHistory([aHistoryEntry(1, { from: 'parked', to: 'forwarded' })]);
      await tx.putRefunds([aRefund(9, 1), aRefund(8, 1), aRefund(7, 2)]);
      await tx.putRefunds([
        aRefund(9, 1, { state: 'credited', documentKey: 'main/1/credit-note/9' }),
      ]);
    });
    expect(await store.rawOrder('main', 1)).toBe('{"new":1}');
    const history = await store.history('main', 1);
    expect(history.map((entry) => [entry.from, entry.to])).toEqual([
      [null, 'parked'],
      ['parked', 'forwarded'],
    ]);
    expect(history[0]).toEqual({ ...aHistoryEntry(1), id: history[0]?.id });
    expect(await store.refundsOf('main', 1)).toEqual([
      aRefund(8, 1),
      aRefund(9, 1, { state: 'credited', documentKey: 'main/1/credit-note/9' }),
    ]);
  });

  it('history is append-only, also for other tools', async () => {
    const database = await under.freshDatabase();
    await expect(
      historyTampered(under, database, 'update history set reason = $$no$$'),
    ).rejects.toThrow(/never changed/);
  });

  it('pages of a list together are the whole list, once, under ties and any filter', async () => {
    const store = await freshStore();
    const orders = manyOrders();
    await store.transaction((tx) => tx.putOrders(orders));
    const optional = <T>(values: readonly T[]) =>
      fc.option(fc.constantFrom(...values), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          shop: optional(['main', 'second']),
          states: fc.option(fc.subarray([...ORDER_STATES]), { nil: undefined }),
          status: optional(['on-hold', 'completed']),
          changed: optional([true, false]),
          from: optional([afterNoon(0), afterNoon(1)]),
          to: optional([afterNoon(2), afterNoon(3)]),
        }),
        fc.integer({ min: 1, max: 40 }),
        async (some, limit) => {
          const filter = without(some);
          const expected = orders.filter((order) => matches(order, filter)).sort(newestFirst);
          expect(await allPages(store, filter, limit)).toEqual(expected.map(orderPageId));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('orders are counted as a filter finds them, and no further than is asked', async () => {
    const store = await freshStore();
    const changes = [{ field: 'total', booked: '1.00', now: '2.00' }];
    await store.transaction((tx) =>
      tx.putOrders([
        anOrder(1),
        anOrder(2, { state: 'forwarded', changes }),
        anOrder(3, { shop: 'second' }),
        anOrder(4, { state: 'withdrawn', changes }),
      ]),
    );
    const count = (filter: OrderFilter, most = 10) => store.countOrders(filter, most);
    expect(await count({})).toBe(4);
    expect(await count({ states: ['parked'] })).toBe(2);
    expect(await count({ states: ['parked'] }, 1)).toBe(1);
    expect(await count({ shop: 'second', states: ['parked'] })).toBe(1);
    expect(await count({ changed: true, states: ['forwarded'] })).toBe(1);
    expect(await count({ states: ['blocked'] })).toBe(0);
  });

  it('the place in a list of one shop may be a plain id', async () => {
    const store = await freshStore();
    await store.transaction((tx) => tx.putOrders([anOrder(1), anOrder(2), anOrder(3)]));
    const page = { limit: 10, after: { at: NOON, id: '2' } };
    expect((await store.listOrders({ shop: 'main' }, page)).map((order) => order.id)).toEqual([1]);
    await expect(store.listOrders({}, page)).rejects.toThrow(RangeError);
  });

  it('a leg walks the ids of some states, bounded by the latest activity or by expiry', async () => {
    const store = await freshStore();
    await store.transaction((tx) =>
      tx.putOrders([
        anOrder(1, { state: 'forwarded' }),
        anOrder(2, { expiresAt: afterNoon(10) }),
        anOrder(3, { modifiedAt: afterNoon(5), expiresAt: afterNoon(20) }),
        anOrder(4, { stateSince: afterNoon(6), state: 'blocked' }),
        anOrder(5, { createdAt: afterNoon(7) }),
        anOrder(6, { shop: 'second' }),
        anOrder(7, { state: 'withdrawn', expiresAt: afterNoon(1) }),
      ]),
    );
    const base = { shop: 'main', afterId: 0, limit: 10 };
    const waiting = ['parked', 'blocked'] as const;
    expect(await store.orderIds({ ...base, states: waiting })).toEqual([2, 3, 4, 5]);
    expect(await store.orderIds({ ...base, states: waiting, limit: 2, afterId: 2 })).toEqual([
      3, 4,
    ]);
    expect(await store.orderIds({ ...base, states: waiting, since: afterNoon(5) })).toEqual([
      3, 4, 5,
    ]);
    expect(await store.orderIds({ ...base, states: waiting, expiringBy: afterNoon(10) })).toEqual([
      2,
    ]);
    const both = { since: afterNoon(1), expiringBy: afterNoon(20) };
    expect(await store.orderIds({ ...base, states: ORDER_STATES, ...both })).toEqual([3]);
    expect(await store.orderIds({ ...base, states: [] })).toEqual([]);
  });

  it('totals count and add the orders of a period by state and currency', async () => {
    const store = await freshStore();
    await store.transaction((tx) =>
      tx.putOrders([
        anOrder(1, { createdAt: afterNoon(0), grossMinor: 100 }),
        anOrder(2, { createdAt: afterNoon(1), grossMinor: -30 }),
        anOrder(3, { createdAt: afterNoon(1), grossMinor: 5, currency: 'JPY' }),
        anOrder(4, { createdAt: afterNoon(1), grossMinor: 7, state: 'forwarded' }),
        anOrder(5, { createdAt: afterNoon(2), grossMinor: 1000 }),
        anOrder(6, { createdAt: afterNoon(1), shop: 'second' }),
      ]),
    );
    expect(await store.stateTotals('main', afterNoon(0), afterNoon(2))).toEqual([
      { state: 'forwarded', currency: 'EUR', count: 1, grossMinor: 7 },
      { state: 'parked', currency: 'EUR', count: 2, grossMinor: 70 },
      { state: 'parked', currency: 'JPY', count: 1, grossMinor: 5 },
    ]);
  });

  it('the figures of a period are complete and by id, though ids and dates do not rise together', async () => {
    const store = await freshStore();
    // Every seventh was imported later, so that its id says nothing of its date; and long gaps.
    const orders = Array.from({ length: 900 }, (_, n) =>
      anOrder(n + 1, { createdAt: afterNoon(n % 7 === 0 ? 900 - n : n) }),
    );
    await store.transaction((tx) => tx.putOrders(orders));
    const [from, to] = [afterNoon(30), afterNoon(60)];
    const expected = orders.filter((o) => o.createdAt >= from && o.createdAt < to).map((o) => o.id);
    const found: number[] = [];
    for (let afterId = 0; ; ) {
      const page = await store.orderFigures({ shop: 'main', from, to, afterId, limit: 7 });
      found.push(...page.map((figures) => figures.id));
      if (page.length < 7) break;
      afterId = page.at(-1)?.id ?? 0;
    }
    expect(found).toEqual(expected);
    const [first] = await store.orderFigures({ shop: 'main', from, to, afterId: 0, limit: 1 });
    expect(first).toEqual({
      id: expected[0],
      state: 'parked',
      status: 'on-hold',
      currency: 'EUR',
      grossMinor: 12100,
      taxMinor: 2100,
    });
  });
}

async function historyTampered(under: Bench['under'], database: string, statement: string) {
  const { openStore } = await import('../../../src/store/open-store.js');
  const store = await openStore({ database, clock: { now: () => 0 } });
  await store.transaction((tx) => tx.addHistory([aHistoryEntry(1)]));
  await store.close();
  await under.tamper(database, statement.replaceAll('$$', "'"));
}

function manyOrders(): StoredOrder[] {
  return Array.from({ length: 120 }, (_, n) =>
    anOrder(1 + Math.floor(n / 2), {
      shop: n % 2 === 0 ? 'main' : 'second',
      state: ORDER_STATES[n % 5] ?? 'parked',
      status: n % 3 === 0 ? 'on-hold' : 'completed',
      // Few moments, so that most are ties.
      createdAt: afterNoon(n % 4),
      changes: n % 6 === 0 ? [{ field: 'total', booked: '1', now: '2' }] : [],
    }),
  );
}

function without<T extends object>(some: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(some).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

function matches(order: StoredOrder, filter: OrderFilter): boolean {
  return (
    (filter.shop === undefined || order.shop === filter.shop) &&
    (filter.states === undefined || filter.states.includes(order.state)) &&
    (filter.status === undefined || order.status === filter.status) &&
    (filter.changed === undefined || order.changes.length > 0 === filter.changed) &&
    (filter.from === undefined || order.createdAt >= filter.from) &&
    (filter.to === undefined || order.createdAt < filter.to)
  );
}

function newestFirst(a: StoredOrder, b: StoredOrder): number {
  const place = (order: StoredOrder) =>
    [order.createdAt, String(order.id).padStart(9, '0'), order.shop].join(' ');
  return place(a) < place(b) ? 1 : -1;
}

async function allPages(store: Store, filter: OrderFilter, limit: number): Promise<string[]> {
  const found: string[] = [];
  let after: { at: string; id: string } | undefined;
  for (;;) {
    const page = await store.listOrders(filter, { limit, ...(after ? { after } : {}) });
    found.push(...page.map(orderPageId));
    const last = page.at(-1);
    if (!last || page.length < limit) return found;
    after = { at: last.createdAt, id: orderPageId(last) };
  }
}
