import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ShopModel } from '../../tests/support/shop-model.js';
import type { Instant } from '../orders/time.js';
import type { OrdersPage } from '../woocommerce/shop-client.js';
import { cursorAfter } from './cursor.js';
import type { Place } from './place.js';
import { RestlessListError, walk } from './walk.js';

const START_MS = Date.parse('2026-11-01T00:00:00Z');
const signal = new AbortController().signal;
const clock = { now: () => 0 };

/** Walks what was modified after the cursor; what was seen of each order goes into `seen`. */
function walkModel(model: ShopModel, pageSize: number, seen: Map<number, string>, after?: Instant) {
  return walk<OrdersPage>(
    {
      read: (place: Place) =>
        model.orders({ ...place, ...(after ? { modifiedAfter: after } : {}) }, { source: 'poll' }),
      idsOf: ({ orders }) => orders.map(({ orderId }) => orderId),
      async take({ orders }) {
        for (const { orderId, order } of orders) seen.set(orderId, order.customerNote);
      },
    },
    { clock, pageSize, signal },
  );
}

function modelOf(orders: number): ShopModel {
  const model = new ShopModel(START_MS);
  for (let index = 0; index < orders; index += 1) model.create();
  return model;
}

test('a walk that ends with a full page asks for what may come after it', async () => {
  const model = modelOf(8);
  const seen = new Map<number, string>();
  const { items } = await walkModel(model, 4, seen);
  expect(seen.size).toBe(8);
  expect(items).toBeGreaterThanOrEqual(8);
});

/** Does something once, before the second request. */
function betweenPages(model: ShopModel, act: () => void): void {
  let requests = 0;
  model.beforeRequest = () => {
    requests += 1;
    if (requests === 2) act();
  };
}

test('an order trashed between two pages makes none skip: the pages overlap', async () => {
  const model = modelOf(10);
  betweenPages(model, () => model.trash(1001));
  const seen = new Map<number, string>();
  await walkModel(model, 4, seen);
  expect([...seen.keys()].sort()).toEqual(modelIds(10));
});

test('orders that leave while others enter are noticed although the total stays', async () => {
  const model = modelOf(10);
  betweenPages(model, () => {
    for (const id of [1001, 1002]) model.trash(id);
    for (let index = 0; index < 2; index += 1) model.create();
  });
  const seen = new Map<number, string>();
  await walkModel(model, 4, seen);
  expect([...seen.keys()].sort()).toEqual(modelIds(12));
});

test('an empty page after a full one is no end where something was taken out', async () => {
  const model = modelOf(5);
  betweenPages(model, () => {
    for (const id of [1001, 1002]) model.trash(id);
  });
  const seen = new Map<number, string>();
  await walkModel(model, 4, seen);
  expect([...seen.keys()].sort()).toEqual(modelIds(5));
});

test('a total that falls starts the walk again, where an item that tells no id hides the gap', async () => {
  const model = modelOf(12);
  betweenPages(model, () => {
    for (const id of [1001, 1002]) model.trash(id);
  });
  const seen = new Set<number>();
  await walk<OrdersPage>(
    {
      read: (place) => model.orders(place, { source: 'poll' }),
      idsOf: ({ orders }) => orders.map(({ orderId }) => (orderId === 1006 ? null : orderId)),
      async take({ orders }) {
        for (const { orderId } of orders) seen.add(orderId);
      },
    },
    { clock, pageSize: 4, signal },
  );
  expect([...seen].sort()).toEqual(modelIds(12));
});

test('a list that loses orders during every pass is given up, so that the cursor stays', async () => {
  const model = modelOf(40);
  let id = 1001;
  model.beforeRequest = () => {
    model.trash(id);
    id += 1;
  };
  await expect(walkModel(model, 4, new Map())).rejects.toThrow(RestlessListError);
});

test('a page that fails is not an empty page: the walk throws (rule 7)', async () => {
  const model = modelOf(10);
  let requests = 0;
  model.beforeRequest = () => {
    requests += 1;
    if (requests === 3) throw new Error('HTML came');
  };
  await expect(walkModel(model, 4, new Map())).rejects.toThrow('HTML came');
});

test('pages that a plugin keeps short do not end the walk', async () => {
  const model = modelOf(10);
  const seen: number[] = [];
  await walk<OrdersPage>(
    {
      async read(place) {
        const page = await model.orders(place, { source: 'poll' });
        const orders = page.orders.filter(({ orderId }) => orderId % 4 !== 0);
        return { ...page, orders };
      },
      idsOf: ({ orders }) => orders.map(({ orderId }) => orderId),
      async take({ orders }) {
        seen.push(...orders.map(({ orderId }) => orderId));
      },
    },
    { clock, pageSize: 4, signal },
  );
  expect(new Set(seen)).toEqual(new Set(modelIds(10).filter((id) => id % 4 !== 0)));
});

test('the walk counts from the shop clock at its start, also where the answer took long', async () => {
  const model = modelOf(2);
  let nowMs = 0;
  model.beforeRequest = () => {
    model.nowMs += 40_000;
    nowMs += 40_000;
  };
  const walked = await walk<OrdersPage>(
    {
      read: (place) => model.orders(place, { source: 'poll' }),
      idsOf: ({ orders }) => orders.map(({ orderId }) => orderId),
      take: async () => {},
    },
    { clock: { now: () => nowMs }, pageSize: 100, signal },
  );
  expect(walked.shopStartMs).toBe(START_MS);
});

const action = fc.record({
  kind: fc.constantFrom('save', 'save', 'bulk', 'trash', 'trash', 'trash', 'create'),
  which: fc.nat(),
  passedMs: fc.integer({ min: 0, max: 200_000 }),
});

test('after the writers stop, two polls have seen the last state of every order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: 5, max: 9 }),
      fc.array(fc.array(action, { maxLength: 6 }), { maxLength: 30 }),
      async (orders, pageSize, script) => {
        const model = modelOf(orders);
        const seen = new Map<number, string>();
        let version = 0;
        const steps = [...script];
        const act = ({
          kind,
          which,
          passedMs,
        }: typeof action extends fc.Arbitrary<infer A> ? A : never) => {
          model.nowMs += passedMs;
          const listed = model.listed();
          const chosen = listed[which % Math.max(listed.length, 1)];
          version += 1;
          const change = { customerNote: `v${version}` };
          if (kind === 'create') model.create(change);
          else if (kind === 'bulk')
            for (const { id } of listed.slice(0, 12)) model.save(id, change);
          else if (kind === 'save' && chosen) model.save(chosen.id, change);
          else if (kind === 'trash' && chosen) model.trash(chosen.id);
        };
        model.beforeRequest = () => {
          model.nowMs += 1000;
          for (const step of steps.shift() ?? []) act(step);
        };
        let cursor: Instant | undefined;
        const poll = async () => {
          try {
            const walked = await walkModel(model, pageSize, seen, cursor);
            const next = cursorAfter(walked);
            if (cursor === undefined || next > cursor) cursor = next;
          } catch (error) {
            if (!(error instanceof RestlessListError)) throw error;
          }
        };
        while (steps.length > 0) {
          await poll();
          model.nowMs += 400_000;
        }
        await poll();
        await poll();
        for (const { id, customerNote } of model.listed()) expect(seen.get(id)).toBe(customerNote);
      },
    ),
    { numRuns: 300 },
  );
});

test('the model loses orders to paging by modification time, as the real shop did', async () => {
  const model = modelOf(8);
  const byModified = (page: number) =>
    model
      .listed()
      .sort((a, b) => a.modifiedAt.localeCompare(b.modifiedAt) || a.id - b.id)
      .slice((page - 1) * 4, page * 4)
      .map(({ id }) => id);
  const first = byModified(1);
  model.nowMs += 1000;
  model.save(1001, { customerNote: 'saved between the pages' });
  const shown = new Set([...first, ...byModified(2)]);
  expect(shown.size).toBeLessThan(8);
});

function modelIds(count: number): number[] {
  return Array.from({ length: count }, (_, index) => 1001 + index);
}
