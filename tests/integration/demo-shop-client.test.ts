import { afterEach, beforeEach, expect, it } from 'vitest';
import { DrivenClock } from '../../src/demo/driven-clock.js';
import { seededRandom } from '../../src/demo/random.js';
import { ShopScript } from '../../src/demo/script.js';
import { type DemoShop, startDemoShop } from '../../src/demo/shop-server.js';
import { createShopClient } from '../../src/woocommerce/client.js';

const START_MS = Date.parse('2026-10-01T00:00:00Z');
const DAY_MS = 86_400_000;
const READ = { source: 'poll' } as const;
const systemClock = { now: () => Date.now() };
const keys = { consumerKey: 'ck_demo', consumerSecret: 'cs_demo' };

let shop: DemoShop;
beforeEach(async () => {
  const clock = new DrivenClock(START_MS);
  shop = await startDemoShop({
    clock,
    signatureClock: systemClock,
    seed: 1,
    timezone: 'Europe/Amsterdam',
    credentials: [{ ...keys, permissions: 'read_write' }],
  });
  const plan = { orders: 300, startMs: START_MS, endMs: START_MS + 28 * DAY_MS };
  new ShopScript(shop.state, clock, seededRandom(1), plan).advanceTo(START_MS + 42 * DAY_MS);
});
afterEach(() => shop.close());

it('every order and refund of the weeks can be read by the real client, signed over http', async () => {
  const client = createShopClient({
    ...keys,
    shop: 'demo',
    url: shop.url,
    clock: systemClock,
    random: () => 0.5,
  });
  const seen: number[] = [];
  for (let page = 1; ; page += 1) {
    const { orders, unreadable } = await client.orders({ page, perPage: 100 }, READ);
    expect(unreadable).toEqual([]);
    if (orders.length === 0) break;
    seen.push(...orders.map(({ order }) => order.id));
  }
  const listed = shop.state.table.all().filter(({ status }) => shop.state.covers(status));
  expect(seen).toEqual(listed.map(({ id }) => id));

  const createdAfter = new Date(START_MS).toISOString();
  const refunds = await client.refunds({ createdAfter, page: 1, perPage: 100 }, READ);
  expect(refunds.unreadable).toEqual([]);
  expect(refunds.refunds).toHaveLength(shop.state.table.refunds().length);
  expect(await client.about(READ)).toMatchObject({ orderStorage: 'hpos', currency: 'EUR' });
});
