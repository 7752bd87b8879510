import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LegsBench, openLegs } from '../../tests/support/legs.js';
import { ShopError } from '../woocommerce/shop-error.js';
import { CURSORS } from './leg.js';
import { pollShop } from './poll.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const never = new AbortController().signal;
let bench: LegsBench;

beforeEach(async () => {
  bench = await openLegs('2026-11-01T08:00:00.000Z', '2026-01-01T00:00:00.000Z');
});
afterEach(() => bench.close());

const poll = (signal = never) => pollShop(bench.deps, bench.shop, {}, signal);
const stateOf = async (id: number) => (await bench.deps.store.order('main', id))?.state;
const cursor = (name: string) => bench.deps.store.cursor('main', name);

test('the first poll reads everything since `since`, and nothing older', async () => {
  const { model } = bench;
  const old = model.create({ createdAt: '2025-12-31T23:59:59.000Z' });
  const first = model.create({ createdAt: '2026-01-01T00:00:00.000Z' });
  const parked = model.create({ status: 'on-hold', createdAt: '2026-05-05T10:00:00.000Z' });
  const ahead = model.create({ createdAt: '2026-12-24T00:00:00.000Z' });
  const report = await poll();
  expect(report.state).toBe('done');
  expect(await stateOf(old)).toBeUndefined();
  expect(await stateOf(first)).toBe('forwarded');
  expect(await stateOf(parked)).toBe('parked');
  expect(await stateOf(ahead)).toBe('forwarded');
});

test('a later poll finds what changed, and asks for nothing else', async () => {
  const { model } = bench;
  const parked = model.create({ status: 'on-hold' });
  await poll();
  bench.advance(HOUR_MS);
  await poll();
  bench.advance(HOUR_MS);
  model.save(parked, { status: 'processing' });
  const asked = model.asked.length;
  await poll();
  expect(await stateOf(parked)).toBe('forwarded');
  expect(model.asked.slice(asked)).toEqual(['orders', 'orders', 'refunds']);
});

test('a failing page holds the cursor, and what it hid comes with the next poll (rule 7)', async () => {
  const { model } = bench;
  await poll();
  const before = await cursor(CURSORS.poll);
  bench.advance(HOUR_MS);
  const id = model.create();
  bench.advance(HOUR_MS);
  model.beforeRequest = () => {
    throw new ShopError('main', 'garbled', 'HTML came', 'Look at the shop.');
  };
  const report = await poll();
  expect(report).toMatchObject({
    state: 'failed',
    runs: [{ kind: 'poll', error: { message: 'HTML came', fix: 'Look at the shop.' } }],
  });
  expect(await cursor(CURSORS.poll)).toBe(before);
  model.beforeRequest = () => {};
  await poll();
  expect(await stateOf(id)).toBe('forwarded');
});

test('a cursor never moves back, as where the shop sets its clock back', async () => {
  await poll();
  const before = await cursor(CURSORS.poll);
  bench.advance(-HOUR_MS);
  expect((await poll()).state).toBe('done');
  expect(await cursor(CURSORS.poll)).toBe(before);
});

test('an order that cannot be read is quarantined and holds no other back', async () => {
  const { model } = bench;
  await poll();
  const bad = model.create();
  const good = model.create();
  model.spoil(bad);
  expect((await poll()).state).toBe('done');
  expect(await stateOf(good)).toBe('forwarded');
  expect(await bench.deps.store.quarantine({ open: true })).toMatchObject([{ orderId: bad }]);
});

test('a claim of another process makes the poll busy, and a dead one does not', async () => {
  const { deps } = bench;
  const request = {
    name: 'poll:main',
    holder: 'elsewhere:2:2',
    now: '2026-11-01T08:00:00.000Z',
    expiresAt: '2026-11-02T08:00:00.000Z',
  };
  await deps.store.acquireClaim(request);
  expect(await poll()).toMatchObject({ state: 'busy', holder: 'elsewhere:2:2' });
  const report = await pollShop({ ...deps, isDead: () => true }, bench.shop, {}, never);
  expect(report.state).toBe('done');
  expect(await deps.store.claims()).toEqual([]);
});

test('a first read that is stopped goes on where it was, and the polls begin at its start', async () => {
  const { model, deps } = bench;
  for (let month = 1; month <= 10; month += 1) {
    model.create({ createdAt: `2026-${String(month).padStart(2, '0')}-15T10:00:00.000Z` });
  }
  const controller = new AbortController();
  let pages = 0;
  model.beforeRequest = (call) => {
    if (call === 'orders') pages += 1;
    if (pages === 5) controller.abort();
  };
  const stopped = await poll(controller.signal);
  expect(stopped).toMatchObject({
    state: 'stopped',
    runs: [{ kind: 'backfill', state: 'stopped' }],
  });
  const plan = JSON.parse((await cursor(CURSORS.backfill)) ?? '');
  expect(plan.next > '2026-01-01').toBe(true);

  // Of a window that is read already: only a poll from the first start can find it.
  model.beforeRequest = () => {};
  bench.advance(HOUR_MS);
  model.save(1001, { status: 'on-hold' });
  bench.advance(DAY_MS);
  expect((await poll()).state).toBe('done');
  expect((await deps.store.order('main', 1001))?.status).toBe('on-hold');
  expect(await stateOf(1010)).toBe('forwarded');
});

test('an earlier `since` reads what lies between, once', async () => {
  const { model, deps } = bench;
  const old = model.create({ createdAt: '2025-06-01T00:00:00.000Z' });
  await poll();
  const earlier = { id: 'main', since: '2025-05-01T00:00:00.000Z' };
  const before = await cursor(CURSORS.poll);
  const first = await pollShop(deps, earlier, {}, never);
  expect(first).toMatchObject({ runs: [{ kind: 'backfill' }, { kind: 'poll' }, {}] });
  expect(await stateOf(old)).toBeDefined();
  expect((await cursor(CURSORS.poll)) ?? '').not.toBe(before);
  const second = await pollShop(deps, earlier, {}, never);
  expect(second).toMatchObject({ runs: [{ kind: 'poll' }, { kind: 'refund-sweep' }] });
});

test('progress reaches the total', async () => {
  for (let index = 0; index < 5; index += 1) bench.model.create();
  const seen: unknown[] = [];
  await pollShop(bench.deps, bench.shop, { onProgress: (each) => seen.push(each) }, never);
  expect(seen.at(-1)).toEqual({ done: 5, total: 5 });
});

test('a run that a dead process left running is closed as failed', async () => {
  const { store } = bench.deps;
  await poll();
  const run = {
    kind: 'poll',
    subject: 'main',
    localDate: null,
    startedAt: '2026-11-01T07:00:00.000Z',
  } as const;
  await store.transaction((tx) => tx.addRun(run));
  await poll();
  expect(await store.runs({ kind: 'poll', state: 'running' }, 9)).toEqual([]);
  expect(await store.runs({ kind: 'poll', state: 'failed' }, 9)).toMatchObject([
    { error: 'the process ended before the run did' },
  ]);
});

test('a refund of a booked order is credited', async () => {
  const { model, deps } = bench;
  const id = model.create();
  await poll();
  bench.advance(HOUR_MS);
  model.refund(id, 5001, 500);
  await poll();
  expect(await deps.store.refundsOf('main', id)).toMatchObject([{ state: 'credited' }]);
});

test('a shop without a list of refunds is asked for it once a day, and loses none', async () => {
  const { model, deps } = bench;
  model.hasRefundList = false;
  const id = model.create();
  await poll();
  bench.advance(HOUR_MS);
  model.refund(id, 5001, 500);
  expect((await poll()).state).toBe('done');
  expect(await deps.store.refundsOf('main', id)).toMatchObject([{ state: 'credited' }]);
  expect(model.asked.filter((call) => call === 'refunds')).toHaveLength(1);
  bench.advance(DAY_MS);
  model.hasRefundList = true;
  await poll();
  await poll();
  expect(model.asked.filter((call) => call === 'refunds')).toHaveLength(4);
});

test('a refund whose order we missed brings the order', async () => {
  const { model } = bench;
  await poll();
  // In the list of refunds, but not in that of orders: no poll would find the order.
  const id = model.create();
  model.refund(id, 5001, 500);
  model.unregister(id);
  await poll();
  expect(await stateOf(id)).toBe('forwarded');
});
