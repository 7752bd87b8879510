import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { aDocument, anOrder, issued, NOON } from '../../tests/conformance/store/samples.js';
import { aSubscription } from '../../tests/support/outbound.js';
import { createMetrics } from '../runtime/metrics.js';
import { openStore } from '../store/open-store.js';
import type { Store } from '../store/store.js';
import { addStoreMetrics } from './store-metrics.js';

let folder: string;
let store: Store;
const clock = { now: () => Date.parse(NOON) + 90_000 };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'orderpark-metrics-'));
  store = await openStore({ database: join(folder, 'orderpark.db'), clock });
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const own = (text: string) =>
  text
    .split('\n')
    .filter((line) => /^orderpark_(nudges|orders|postings|dispatches|alerts|last)/.test(line));

test('what is stored, counted by state', async () => {
  await store.transaction(async (tx) => {
    await tx.putOrders([
      anOrder(1),
      anOrder(2),
      anOrder(3, { state: 'forwarded', currency: 'JPY' }),
      anOrder(4, { state: 'forwarded' }),
    ]);
    await tx.addNudges([
      { shop: 'main', orderId: 1, topic: 'order.updated', receivedAt: NOON, dueAt: NOON },
    ]);
    await tx.addDocuments([issued(aDocument(3))]);
    await tx.addPostings([{ documentKey: 'main/3/invoice', books: 'journal', at: NOON }]);
    const run = { kind: 'poll', subject: 'main', localDate: null, startedAt: NOON } as const;
    const id = await tx.addRun(run);
    await tx.finishRun(id, { state: 'done', endedAt: NOON, counts: {}, error: null });
    await tx.putSubscription(aSubscription({ id: 'sub_1' }));
    await tx.putSubscription(aSubscription({ id: 'sub_2', enabled: false }));
    const event = { type: 'order.parked', at: NOON, body: '{}', to: ['sub_1'] };
    await tx.addEvents(['evt_1', 'evt_2', 'evt_3'].map((each) => ({ ...event, id: each })));
    await tx.moveDispatch({
      ...{ subscriptionId: 'sub_1', eventId: 'evt_1', attempts: 0, to: 'failed' },
      ...{ dueAt: null, firstTriedAt: NOON, now: NOON },
    });
    const alert = { key: 'a', subject: '', message: '', fix: '', raisedAt: NOON };
    await tx.putAlert({ ...alert, toldAt: null, clearedAt: null });
    await tx.putAlert({ ...alert, key: 'b', toldAt: null, clearedAt: NOON });
  });
  const metrics = createMetrics();
  addStoreMetrics(metrics, { store, clock, shops: ['main'], books: ['journal'] });
  expect(own(await metrics.text())).toEqual([
    'orderpark_nudges_waiting{shop="main"} 1',
    'orderpark_nudges_oldest_seconds{shop="main"} 90',
    'orderpark_orders{shop="main",state="parked"} 2',
    'orderpark_orders{shop="main",state="forwarded"} 2',
    'orderpark_orders{shop="main",state="ignored"} 0',
    'orderpark_orders{shop="main",state="blocked"} 0',
    'orderpark_orders{shop="main",state="expired"} 0',
    'orderpark_orders{shop="main",state="withdrawn"} 0',
    'orderpark_postings{books="journal",state="queued"} 1',
    'orderpark_postings{books="journal",state="sending"} 0',
    'orderpark_postings{books="journal",state="booked"} 0',
    'orderpark_postings{books="journal",state="retrying"} 0',
    'orderpark_postings{books="journal",state="rejected"} 0',
    'orderpark_postings{books="journal",state="uncertain"} 0',
    `orderpark_last_poll_timestamp_seconds{shop="main"} ${Date.parse(NOON) / 1000}`,
    'orderpark_dispatches{subscription="sub_1",state="waiting"} 2',
    'orderpark_dispatches{subscription="sub_1",state="failed"} 1',
    'orderpark_dispatches{subscription="sub_2",state="waiting"} 0',
    'orderpark_dispatches{subscription="sub_2",state="failed"} 0',
    'orderpark_alerts_open 1',
  ]);
});

test('while the store cannot be read, its gauges are left out and the rest is there', async () => {
  const broken = new Proxy(store, {
    get: () => async () => {
      throw new Error('no');
    },
  });
  const metrics = createMetrics();
  metrics.received('main', 'nudge');
  addStoreMetrics(metrics, { store: broken, clock, shops: ['main'], books: ['journal'] });
  await metrics.text();
  const text = await metrics.text();
  expect(own(text)).toEqual([]);
  expect(text).toContain('orderpark_sample_errors_total{gauge="orderpark_orders"}');
  expect(text).toContain('orderpark_deliveries_total{shop="main",receipt="nudge"} 1');
});
