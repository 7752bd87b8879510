import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LegsBench, openLegs } from '../../tests/support/legs.js';
import { pollShop } from '../poller/poll.js';
import { ShopError } from '../woocommerce/shop-error.js';
import { runBatch } from './batch.js';
import { batchDue } from './due.js';
import { makeStatement } from './statement.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const never = new AbortController().signal;
let bench: LegsBench;

beforeEach(async () => {
  bench = await openLegs('2026-11-01T08:00:00.000Z', '2026-01-01T00:00:00.000Z');
});
afterEach(() => bench.close());

const poll = () => pollShop(bench.deps, bench.shop, {}, never);
const batch = (localDate = '2026-11-02', options = {}) =>
  runBatch(bench.deps, bench.shop, localDate, options, never);
const order = (id: number) => bench.deps.store.order('main', id);

async function done(localDate?: string) {
  const report = await batch(localDate);
  if (report.state !== 'done' || !('run' in report)) throw new Error(JSON.stringify(report));
  return report;
}

test('250 parked orders cost three requests to be rechecked', async () => {
  const { model } = bench;
  for (let index = 0; index < 250; index += 1) model.create({ status: 'on-hold' });
  await poll();
  const asked = model.asked.length;
  await done();
  expect(model.asked.slice(asked).filter((call) => call !== 'summaries')).toEqual(
    Array(3).fill('ordersById'),
  );
});

test('finds what moves no date: another status, a trashed, a deleted, an unregistered order', async () => {
  const { model } = bench;
  const quiet = model.create({ status: 'on-hold' });
  const trashed = model.create({ status: 'on-hold' });
  const deleted = model.create();
  const unregistered = model.create({ status: 'on-hold' });
  await poll();
  bench.advance(DAY_MS);
  model.writeQuietly(quiet, { status: 'processing' });
  model.trash(trashed);
  model.delete(deleted);
  model.unregister(unregistered);
  const { statement } = await done();
  expect((await order(quiet))?.state).toBe('forwarded');
  expect(await order(trashed)).toMatchObject({ state: 'withdrawn', rule: 'trashed' });
  expect(await order(deleted)).toMatchObject({ state: 'withdrawn', rule: 'deleted' });
  expect((await order(unregistered))?.state).toBe('parked');
  expect(statement).toMatchObject({
    listed: { count: 1, byCurrency: { EUR: 2000 } },
    states: { forwarded: { count: 1 }, parked: { count: 1 }, withdrawn: { count: 2 } },
    notListed: { count: 1, byCurrency: { EUR: 2000 } },
    difference: { count: 0, byCurrency: {}, orderIds: [], orders: [] },
  });
});

test('finds a deleted refund and a line edit without a new date', async () => {
  const { model, deps } = bench;
  const refunded = model.create();
  const edited = model.create();
  await poll();
  bench.advance(HOUR_MS);
  model.refund(refunded, 5001, 500);
  await poll();
  bench.advance(HOUR_MS);
  model.deleteRefund(refunded, 5001);
  model.writeQuietly(edited, { grossMinor: 2100 });
  await done();
  expect(await deps.store.refundsOf('main', refunded)).toMatchObject([{ state: 'deleted' }]);
  expect((await order(edited))?.changes).not.toEqual([]);
});

test('an order parked past the look-back is looked at a last time, then expires and is reported', async () => {
  const { model } = bench;
  const paidQuietly = model.create({ status: 'on-hold' });
  const forgotten = model.create({ status: 'on-hold' });
  await poll();
  bench.advance(22 * DAY_MS);
  model.writeQuietly(paidQuietly, { status: 'processing' });
  const { expired } = await done('2026-11-23');
  expect(expired).toEqual([forgotten]);
  expect((await order(paidQuietly))?.state).toBe('forwarded');
  expect((await order(forgotten))?.state).toBe('expired');
});

test('a quarantined order that can be read again is released', async () => {
  const { model, deps } = bench;
  const id = model.create();
  model.spoil(id);
  await poll();
  expect(await deps.store.quarantine({ open: true })).toHaveLength(1);
  await done();
  expect(await deps.store.quarantine({ open: true })).toHaveLength(1);
  model.spoil(id, false);
  await done('2026-11-03');
  expect(await deps.store.quarantine({ open: true })).toEqual([]);
  expect((await order(id))?.state).toBe('forwarded');
});

test('a date is done once, unless forced', async () => {
  await done();
  expect(await batch()).toEqual({ state: 'already-done' });
  expect(await batch('2026-11-02', { force: true })).toMatchObject({ state: 'done' });
});

test('the batch is due until it is done; one that failed is tried again after a quarter of an hour', async () => {
  const { model, deps } = bench;
  const schedule = { zone: 'Europe/Amsterdam', at: '03:30' };
  const due = () => batchDue(deps.store, 'main', schedule, model.nowMs);
  model.create({ status: 'on-hold' });
  await poll();
  expect(await due()).toBe('2026-11-01');
  model.beforeRequest = () => {
    throw new ShopError('main', 'wait', 'down', 'Wait.');
  };
  expect(await batch('2026-11-01')).toMatchObject({ state: 'failed', expired: [] });
  expect(await due()).toBeNull();
  bench.advance(HOUR_MS / 4);
  expect(await due()).toBe('2026-11-01');
  model.beforeRequest = () => {};
  await done('2026-11-01');
  expect(await due()).toBeNull();
  bench.advance(3 * DAY_MS);
  expect(await due()).toBe('2026-11-04');
});

test('the statement is kept', async () => {
  bench.model.create();
  await poll();
  const { statement } = await done('2026-11-02');
  const stored = await bench.deps.store.latestStatement('main');
  expect(JSON.parse(stored?.body ?? '')).toEqual(statement);
  expect(statement).toMatchObject({
    from: '2026-10-11T22:00:00.000Z',
    to: '2026-11-01T23:00:00.000Z',
    vat: [{ percent: '21', taxMinor: 347, baseMinor: 1653 }],
  });
});

const period = { from: '2026-10-01T00:00:00.000Z', to: '2026-12-01T00:00:00.000Z' };

test('an order that no leg has seen is read before it would be a difference', async () => {
  const { model } = bench;
  await poll();
  const id = model.create();
  const statement = await makeStatement(bench.deps, bench.shop, period, never);
  expect(statement.difference.count).toBe(0);
  expect((await order(id))?.state).toBe('forwarded');
});

test('an order that cannot be read is a difference, with its id', async () => {
  const { model } = bench;
  model.create();
  const id = model.create();
  model.spoil(id);
  await poll();
  const { difference, listed } = await makeStatement(bench.deps, bench.shop, period, never);
  expect(difference).toMatchObject({ count: 1, orderIds: [id] });
  expect(listed.count).toBe(1);
});

test('an order that we took for withdrawn and the shop lists again is taken up', async () => {
  const { model } = bench;
  const id = model.create();
  await poll();
  model.trash(id);
  await done();
  expect((await order(id))?.state).toBe('withdrawn');
  model.writeQuietly(id, { status: 'processing' });
  const { difference } = await makeStatement(bench.deps, bench.shop, period, never);
  expect(difference.count).toBe(0);
  expect((await order(id))?.state).toBe('forwarded');
});
