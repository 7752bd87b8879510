import fc from 'fast-check';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ANY_HTTPS, replay, testClient } from '../../tests/support/recorded-shop.js';
import { loadRecording, recordedOrder } from '../../tests/support/recordings.js';
import { narrow, pagePart } from './narrow.js';
import { ShopError } from './shop-error.js';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const POLL = { source: 'poll' } as const;
const FATAL = loadRecording('fault-php-fatal-500');
const TEMPLATE = recordedOrder('order-plain-nl21');

interface Shop {
  readonly ids: readonly number[];
  /** Orders on which the shop fails whenever it prepares them. */
  readonly spoiled: ReadonlySet<number>;
  /** Whether `_fields=id` works for those too. */
  readonly tellsIds?: boolean;
}

/** A shop that pages by id and answers as the recorded one does, a fatal error included. */
function serve(shop: Shop): { requests: number } {
  const count = { requests: 0 };
  server.use(
    http.get(ANY_HTTPS, ({ request }) => {
      count.requests += 1;
      const url = new URL(request.url);
      const single = /\/orders\/(\d+)$/.exec(url.pathname)?.[1];
      const wanted = single === undefined ? pageOf(shop, url.searchParams) : [Number(single)];
      const bare = url.searchParams.get('_fields') === 'id' && shop.tellsIds === true;
      if (!bare && wanted.some((id) => shop.spoiled.has(id))) return replay(FATAL);
      const orders = wanted.map((id) => ({ ...TEMPLATE, id }));
      return single === undefined
        ? HttpResponse.json(orders, { headers: { 'x-wp-total': String(shop.ids.length) } })
        : HttpResponse.json(orders[0]);
    }),
  );
  return count;
}

function pageOf(shop: Shop, asked: URLSearchParams): number[] {
  const include = asked.get('include')?.split(',').map(Number);
  const sorted = shop.ids
    .filter((id) => include === undefined || include.includes(id))
    .sort((a, b) => (asked.get('order') === 'desc' ? b - a : a - b));
  const perPage = Number(asked.get('per_page'));
  const start = (Number(asked.get('page')) - 1) * perPage;
  return sorted.slice(start, start + perPage);
}

const hundred = Array.from({ length: 250 }, (_, index) => index + 1);
const idsOf = (page: { orders: readonly { orderId: number }[] }) =>
  page.orders.map(({ orderId }) => orderId);

describe('one bad order spoils its page', () => {
  it('lets the other 99 flow and names the bad one', async () => {
    const count = serve({ ids: hundred, spoiled: new Set([137]), tellsIds: true });
    const page = await testClient().orders({ page: 2, perPage: 100 }, POLL);
    expect(idsOf(page)).toEqual(hundred.slice(100, 200).filter((id) => id !== 137));
    expect(page.unreadable).toMatchObject([
      { orderId: 137, reason: expect.stringContaining('500') },
    ]);
    expect(page.unreadable[0]?.fix).toMatch(/PHP error log/);
    expect(page.total).toBe(250);
    expect(count.requests).toBeLessThan(35);
  });

  it('reports it without an id where the shop does not even tell that', async () => {
    serve({ ids: hundred, spoiled: new Set([3]) });
    const page = await testClient().orders({ page: 1, perPage: 100 }, POLL);
    expect(page.orders).toHaveLength(99);
    expect(page.unreadable).toMatchObject([{ orderId: null }]);
  });

  it('finds bad ones at both ends and in the middle of a page', async () => {
    serve({ ids: hundred, spoiled: new Set([101, 150, 200]), tellsIds: true });
    const page = await testClient().orders({ page: 2, perPage: 100 }, POLL);
    expect(page.orders).toHaveLength(97);
    expect(page.unreadable.map(({ orderId }) => orderId)).toEqual([101, 150, 200]);
  });

  it('narrows a request by ids in the same way', async () => {
    serve({ ids: hundred, spoiled: new Set([7]) });
    const page = await testClient().ordersById([5, 6, 7, 8, 9, 999], POLL);
    expect(idsOf(page)).toEqual([5, 6, 8, 9]);
    expect(page.unreadable).toMatchObject([{ orderId: 7 }]);
  });

  it('tells a single bad order from a shop that is down', async () => {
    serve({ ids: hundred, spoiled: new Set([7]) });
    expect(await testClient().order(7, POLL)).toMatchObject({
      kind: 'unreadable',
      unreadable: { orderId: 7 },
    });
  });

  it('narrows summaries too', async () => {
    serve({ ids: hundred, spoiled: new Set([2]), tellsIds: true });
    const page = await testClient().summaries({ page: 1, perPage: 10 }, POLL);
    expect(page.summaries.map(({ id }) => id)).toEqual([1, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(page.unreadable).toMatchObject([{ orderId: 2 }]);
  });
});

describe('a shop that fails on everything', () => {
  const down = { ids: hundred, spoiled: new Set(hundred) };

  it.each([
    ['orders', () => testClient().orders({ page: 1, perPage: 100 }, POLL)],
    ['ordersById', () => testClient().ordersById(hundred.slice(0, 100), POLL)],
    ['order', () => testClient().order(7, POLL)],
  ] as const)('is an error, not a hundred unreadable orders: %s', async (_, ask) => {
    const count = serve(down);
    await expect(ask()).rejects.toMatchObject({ kind: 'spoiled', details: { status: 500 } });
    expect(count.requests).toBeLessThan(10);
  });

  it('is an error too where it goes down while a page is narrowed', async () => {
    const error = new ShopError('main', 'spoiled', 'fails', 'see the log', { status: 500 });
    const part = pagePart({ read: () => Promise.reject(error), identify: async () => null }, 1, 4);
    const alive = [true, false];
    await expect(narrow(part, async () => alive.shift() ?? false)).rejects.toBe(error);
  });

  it('passes on what is no bad order while it narrows', async () => {
    const spoiled = new ShopError('main', 'spoiled', 'fails', '');
    const wait = new ShopError('main', 'wait', 'busy', '');
    const part = pagePart(
      {
        read: (_, perPage) => Promise.reject(perPage === 4 ? spoiled : wait),
        identify: async () => null,
      },
      1,
      4,
    );
    await expect(narrow(part, async () => true)).rejects.toBe(wait);
  });
});

it('an item that is no order stands alone, with its JSON and the place of the trouble', async () => {
  const broken = {
    ...TEMPLATE,
    id: 45,
    line_items: [{ id: 1, name: 'Mok', quantity: 1, total: 'free' }],
  };
  server.use(
    http.get(ANY_HTTPS, () => HttpResponse.json([TEMPLATE, broken, null, { ...TEMPLATE, id: 46 }])),
  );
  const page = await testClient().orders({ page: 1, perPage: 100 }, POLL);
  expect(idsOf(page)).toEqual([44, 46]);
  expect(page.unreadable).toMatchObject([
    {
      orderId: 45,
      raw: JSON.stringify(broken),
      reason: 'line_items.0.total: is no amount: "free"',
    },
    { orderId: null, raw: 'null' },
  ]);
});

it('narrowing loses nothing and repeats nothing, whatever the page size and the bad items', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 100 }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 0, max: 260 }),
      fc.uniqueArray(fc.integer({ min: 0, max: 259 }), { maxLength: 6 }),
      async (perPage, page, length, bad) => {
        const all = Array.from({ length }, (_, index) => index);
        const source = {
          async read(number: number, size: number) {
            const items = all.slice((number - 1) * size, number * size);
            if (items.some((item) => bad.includes(item))) {
              throw new ShopError('main', 'spoiled', 'fails', '');
            }
            return { items, total: length, shopNowMs: 0, startedAtMs: 0 };
          },
          identify: async (number: number) => all[number - 1] ?? null,
        };
        const { batches, spoiled } = await narrow(
          pagePart(source, page, perPage),
          async () => true,
        );
        const window = all.slice((page - 1) * perPage, page * perPage);
        expect(batches.flatMap((batch) => batch.items)).toEqual(
          window.filter((item) => !bad.includes(item)),
        );
        expect(spoiled.map(({ id }) => id)).toEqual(window.filter((item) => bad.includes(item)));
      },
    ),
  );
});
