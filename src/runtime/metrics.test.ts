import { expect, test } from 'vitest';
import { createMetrics } from './metrics.js';

const lines = async (metrics: ReturnType<typeof createMetrics>) =>
  (await metrics.text()).split('\n');

test('the lag of nudges is a histogram in seconds', async () => {
  const metrics = createMetrics();
  metrics.nudged(1_200);
  metrics.nudged(-5);
  expect(await lines(metrics)).toEqual(
    expect.arrayContaining([
      'orderpark_nudge_lag_seconds_bucket{le="0.5"} 1',
      'orderpark_nudge_lag_seconds_bucket{le="1.5"} 2',
      'orderpark_nudge_lag_seconds_sum 1.2',
      'orderpark_nudge_lag_seconds_count 2',
    ]),
  );
});

test('attempts to deliver an event, by subscription and how they ended', async () => {
  const metrics = createMetrics();
  metrics.attempted('sub_1', 'delivered');
  metrics.attempted('sub_1', 'failed');
  metrics.attempted('sub_1', 'failed');
  expect(await lines(metrics)).toEqual(
    expect.arrayContaining([
      'orderpark_dispatch_attempts_total{subscription="sub_1",outcome="delivered"} 1',
      'orderpark_dispatch_attempts_total{subscription="sub_1",outcome="failed"} 2',
    ]),
  );
});

test('calls of shops and books by how they ended', async () => {
  const metrics = createMetrics();
  const call = { method: 'orders', seconds: 0.2, end: { result: {} } };
  metrics.shopCall('main')(call);
  metrics.shopCall('main')({ ...call, end: { error: { kind: 'config' } } });
  metrics.booksCall('journal')({ method: 'post', seconds: 3, end: { result: { kind: 'booked' } } });
  expect(await lines(metrics)).toEqual(
    expect.arrayContaining([
      'orderpark_shop_calls_total{shop="main",method="orders",outcome="ok"} 1',
      'orderpark_shop_calls_total{shop="main",method="orders",outcome="config"} 1',
      'orderpark_shop_call_seconds_count{shop="main"} 2',
      'orderpark_books_calls_total{books="journal",method="post",outcome="booked"} 1',
      'orderpark_books_call_seconds_bucket{le="5",books="journal"} 1',
    ]),
  );
});

test('the process and its event loop are measured', async () => {
  const text = await createMetrics().text();
  expect(text).toContain('nodejs_eventloop_lag_p99_seconds');
  expect(text).toContain('process_resident_memory_bytes');
});

test('each app has its own', async () => {
  const [one, other] = [createMetrics(), createMetrics()];
  one.received('main', 'nudge');
  expect(await other.text()).not.toContain('receipt="nudge"');
});
