import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ANY_HTTPS, NOW_MS, replay, testClient } from '../../tests/support/recorded-shop.js';
import { loadRecording } from '../../tests/support/recordings.js';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const POLL = { source: 'poll' } as const;
const API = 'https://shop.example/wp-json/wc/v3';
const recorded = (name: string) => replay(loadRecording(name));
const SWEEP = { createdAfter: '2026-11-01T00:00:00.000Z', page: 1, perPage: 100 };

const refund = (id: number, orderId: number) => ({
  id,
  parent_id: orderId,
  date_created_gmt: '2026-11-20T15:53:59',
  amount: '6.500',
  reason: '',
  line_items: [],
});

describe('refunds of the whole shop', () => {
  it('take their currency from their orders, the trashed and unregistered ones too', async () => {
    server.use(
      http.get(`${API}/refunds`, () =>
        HttpResponse.json([refund(1, 80), refund(2, 81), refund(3, 82), refund(4, 80)]),
      ),
      http.get(`${API}/orders`, ({ request }) => {
        expect(new URL(request.url).searchParams.get('include')).toBe('80,81,82');
        return HttpResponse.json([{ id: 80, currency: 'KWD' }]);
      }),
      http.get(`${API}/orders/81`, () => HttpResponse.json({ id: 81, currency: 'EUR' })),
      http.get(`${API}/orders/82`, () => recorded('order-deleted-get-404')),
    );
    const page = await testClient().refunds(SWEEP, POLL);
    expect(page.refunds.map(({ id, currency, grossMinor }) => [id, currency, grossMinor])).toEqual([
      [1, 'KWD', 6500],
      [2, 'EUR', 650],
      [4, 'KWD', 6500],
    ]);
    expect(page.unreadable).toMatchObject([
      { orderId: 82, reason: expect.stringMatching(/currency/) },
    ]);
  });

  it('are asked for by id, after a UTC date without Z', async () => {
    const seen: Record<string, string>[] = [];
    server.use(
      http.get(`${API}/refunds`, ({ request }) => {
        seen.push(Object.fromEntries(new URL(request.url).searchParams));
        return HttpResponse.json([]);
      }),
    );
    await testClient().refunds(SWEEP, POLL);
    expect(seen).toEqual([
      {
        orderby: 'id',
        order: 'asc',
        dp: '6',
        dates_are_gmt: 'true',
        after: '2026-11-01T00:00:00',
        page: '1',
        per_page: '100',
      },
    ]);
  });

  it('are gone on a WooCommerce that has no such list', async () => {
    server.use(http.get(ANY_HTTPS, () => recorded('route-missing-404')));
    await expect(testClient().refunds(SWEEP, POLL)).rejects.toMatchObject({
      kind: 'gone',
      details: { code: 'rest_no_route' },
    });
  });
});

describe('refunds of one order', () => {
  it('are read to the last page', async () => {
    const all = Array.from({ length: 130 }, (_, index) => refund(index + 1, 80));
    server.use(
      http.get(`${API}/orders/80/refunds`, ({ request }) => {
        const page = Number(new URL(request.url).searchParams.get('page'));
        return HttpResponse.json(all.slice((page - 1) * 100, page * 100));
      }),
    );
    expect(await testClient().refundsOf({ id: 80, currency: 'KWD' }, POLL)).toHaveLength(130);
  });

  it('are all there or not at all', async () => {
    server.use(
      http.get(ANY_HTTPS, () =>
        HttpResponse.json([refund(1, 80), { ...refund(2, 80), amount: 'x' }]),
      ),
    );
    await expect(testClient().refundsOf({ id: 80, currency: 'EUR' }, POLL)).rejects.toMatchObject({
      kind: 'garbled',
      message: expect.stringMatching(/refund 2 of order 80.*amount/),
    });
  });
});

describe('about', () => {
  it('tells what the shop is, of three answers', async () => {
    server.use(
      http.get(`${API}/reports/orders/totals`, () => recorded('reports-orders-totals')),
      http.get(`${API}/system_status`, () => recorded('system-status')),
      http.get('https://shop.example/wp-json/', ({ request }) => {
        expect(request.headers.get('authorization')).toBeNull();
        return recorded('wp-json-root');
      }),
    );
    const about = await testClient().about(POLL);
    expect(about).toMatchObject({
      name: 'Voorbeeldwinkel',
      timezone: 'Europe/Amsterdam',
      wooCommerceVersion: '10.0.2',
      currency: 'EUR',
      orderStorage: 'hpos',
    });
    expect(about.statuses).toContainEqual({
      slug: 'partly-shipped',
      name: 'Partly shipped',
      total: 1,
    });
    const dateMs = Date.parse('2026-11-20T15:56:36Z');
    expect(about.clockSkewMs).toBe(dateMs + 500 - NOW_MS);
  });

  it('passes on that the shop is only down for a while', async () => {
    server.use(http.get(ANY_HTTPS, () => recorded('fault-maintenance-503')));
    await expect(testClient().about(POLL)).rejects.toMatchObject({ kind: 'wait' });
  });
});

it('an answer for another order than asked for is refused', async () => {
  server.use(http.get(ANY_HTTPS, () => recorded('order-plain-nl21')));
  await expect(testClient().order(45, POLL)).rejects.toMatchObject({
    kind: 'garbled',
    message: 'asked for order 45, got order 44',
  });
});

it('summaries have what the completeness statement needs', async () => {
  const order = JSON.parse(loadRecording('order-plain-nl21').response.body);
  server.use(http.get(ANY_HTTPS, () => HttpResponse.json([order])));
  const page = await testClient().summaries({ page: 1, perPage: 100 }, POLL);
  expect(page.summaries).toEqual([
    {
      id: 44,
      status: order.status,
      currency: 'EUR',
      grossMinor: 2490,
      taxMinor: 432,
      createdAt: `${order.date_created_gmt}.000Z`,
      modifiedAt: `${order.date_modified_gmt}.000Z`,
    },
  ]);
});
