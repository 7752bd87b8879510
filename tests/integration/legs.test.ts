import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runBatch } from '../../src/batch/batch.js';
import type { BatchDeps } from '../../src/batch/settings.js';
import { makeStatement } from '../../src/batch/statement.js';
import { type DemoShop, startDemoShop } from '../../src/demo/shop-server.js';
import { createIntake } from '../../src/intake/create-intake.js';
import { epochMsOf, instantOf } from '../../src/orders/time.js';
import { pollShop } from '../../src/poller/poll.js';
import { systemClock } from '../../src/runtime/clock.js';
import { createLogger } from '../../src/runtime/logger.js';
import { openStore } from '../../src/store/open-store.js';
import type { Store } from '../../src/store/store.js';
import { createShopClient } from '../../src/woocommerce/client.js';
import { normaliseOrder } from '../../src/woocommerce/normalise-order.js';
import { orderSchema } from '../../src/woocommerce/schemas.js';
import { DEFAULT_RULES } from '../support/intake.js';
import { DOCUMENT_SETTINGS } from '../support/settings.js';

/* The legs as a whole: real requests to the demo shop, the real intake, a real SQLite store. */

const DAY_MS = 86_400_000;
const CREDENTIAL = {
  consumerKey: `ck_${'1'.repeat(40)}`,
  consumerSecret: `cs_${'1'.repeat(40)}`,
  permissions: 'read_write',
} as const;
const SHOP = { id: 'main', since: '2026-01-01T00:00:00.000Z' };
const never = new AbortController().signal;

let nowMs: number;
let demo: DemoShop;
let store: Store;
let deps: BatchDeps;
let folder: string;

beforeEach(async () => {
  nowMs = Date.parse('2026-11-20T12:00:00Z');
  folder = mkdtempSync(join(tmpdir(), 'orderpark-legs-'));
  const clock = { now: () => nowMs };
  const start = { clock, seed: 7, orders: 350, timezone: 'Europe/Amsterdam' };
  // The client's library stamps its signatures with the machine's own clock.
  const signatureClock = systemClock;
  demo = await startDemoShop({ ...start, signatureClock, credentials: [CREDENTIAL] });
  store = await openStore({ database: join(folder, 'orderpark.db'), clock });
  const intake = createIntake({
    store,
    clock,
    shops: new Map([[SHOP.id, { ...SHOP, rules: DEFAULT_RULES, books: ['journal'] }]]),
    documents: DOCUMENT_SETTINGS,
    expiryOf: (lastChange) => instantOf(epochMsOf(lastChange) + 21 * DAY_MS),
    normalise: (shop, raw) => normaliseOrder(shop, orderSchema.parse(JSON.parse(raw))),
  });
  const client = createShopClient({
    shop: SHOP.id,
    url: demo.url,
    ...CREDENTIAL,
    clock,
    random: () => 0,
    // The back-off takes no time of ours, and some of the shop's.
    sleep: async (ms) => {
      nowMs += ms;
    },
  });
  demo.onRequest(() => {
    nowMs += 1000;
  });
  deps = {
    client,
    intake,
    store,
    clock,
    logger: createLogger({ level: 'silent', format: 'json' }),
    holder: 'here:1:1',
    isDead: () => false,
    zone: 'Europe/Amsterdam',
    lookBackDays: 21,
  };
});
afterEach(async () => {
  await demo.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const poll = () => pollShop(deps, SHOP, {}, never);
const statement = () =>
  makeStatement(deps, SHOP, { from: SHOP.since, to: instantOf(nowMs) }, never);

test('a first read, a poll and a batch leave no difference between the shop and us', async () => {
  expect(await poll()).toMatchObject({ state: 'done' });
  nowMs += DAY_MS;
  expect(await poll()).toMatchObject({ state: 'done' });
  expect(await runBatch(deps, SHOP, '2026-11-21', {}, never)).toMatchObject({
    state: 'done',
    statement: { difference: { count: 0, byCurrency: {}, orderIds: [] } },
  });
  const whole = await statement();
  expect(whole.listed.count).toBeGreaterThan(300);
  expect(whole.difference).toEqual({ count: 0, byCurrency: {}, orderIds: [], orders: [] });
});

test('with every fault switched on the legs get there in the end', async () => {
  demo.setFaults({
    rates: {
      'rate-limited': 0.03,
      'fatal-json': 0.02,
      'bad-gateway': 0.03,
      maintenance: 0.01,
      'html-200': 0.02,
      'notice-before-json': 0.02,
      'truncated-json': 0.02,
      'empty-200': 0.02,
      'dropped-before-answer': 0.03,
      'dropped-mid-body': 0.02,
    },
  });
  const states: string[] = [];
  for (let attempt = 0; attempt < 60 && states.at(-1) !== 'done'; attempt += 1) {
    states.push((await poll()).state);
    nowMs += 60_000;
  }
  expect(states).toContain('failed');
  expect(states.at(-1)).toBe('done');
  demo.setFaults({ rates: {} });
  expect((await statement()).difference.count).toBe(0);
});

test('an order that the shop fails on holds no other back, and the statement shows and heals it', async () => {
  const bad = demo.state.table.all().find(({ status }) => status === 'completed')?.id;
  if (bad === undefined) throw new Error('the demo shop has no orders');
  demo.setFaults({ rates: {}, badOrders: [bad] });
  expect(await poll()).toMatchObject({ state: 'done' });
  expect(await store.order('main', bad)).toBeUndefined();
  // The shop fails before it tells which order it is.
  expect(await store.quarantine({ open: true })).toMatchObject([{ orderId: null }]);
  expect((await statement()).difference).toMatchObject({ count: 1, orders: [{ orderId: null }] });
  demo.setFaults({ rates: {} });
  expect((await statement()).difference.count).toBe(0);
  expect(await store.order('main', bad)).toMatchObject({ status: 'completed' });
});
