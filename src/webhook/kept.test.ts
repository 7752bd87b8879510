import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LegsBench, openLegs } from '../../tests/support/legs.js';
import { headersFor } from '../../tests/support/webhooks.js';
import { instantOf } from '../orders/time.js';
import { createLogger } from '../runtime/logger.js';
import { closedByPoll, troubleOf } from './kept.js';
import { actOnNudges } from './nudge-worker.js';
import { createReceiver, type Receiver } from './receiver.js';
import { registerWebhooks, WHOLE } from './registration.js';

/* Deliveries of no use, from their arrival to the moment that shows what was wrong to be over. */

const SECRET = 'a-secret-of-the-webhooks';
const OWNER = '{"code":"woocommerce_rest_cannot_view","message":"Sorry.","data":{"status":403}}';
const GONE = '{"code":"woocommerce_rest_shop_order_invalid_id","message":"Invalid ID."}';
const TARGET = { shop: 'main', url: 'https://orders.example', secret: SECRET };
const never = new AbortController().signal;

let bench: LegsBench;
let receiver: Receiver;
let poll: () => Promise<boolean>;

beforeEach(async () => {
  bench = await openLegs('2026-11-20T12:00:00.000Z', '2026-01-01T00:00:00.000Z', {
    webhook: { maxAgeDays: 92 },
  });
  poll = async () => true;
  receiver = createReceiver({
    store: bench.deps.store,
    clock: bench.deps.clock,
    logger: createLogger({ level: 'silent', format: 'json' }),
    shops: new Map([['main', { id: 'main', secrets: [SECRET], maxAgeDays: 92 }]]),
    onNudges: () => {},
    onTrouble: () => {},
    delayMs: 0,
  });
});
afterEach(() => bench.close());

async function deliver(body: string, topic = 'order.updated'): Promise<void> {
  const headers = headersFor(body, SECRET, topic);
  const { answer } = await receiver.receive('main', { headers, body: Buffer.from(body) });
  expect(answer.status).toBe(200);
  bench.advance(1000);
}

const act = () => actOnNudges(bench.deps, { shop: 'main', poll: () => poll() }, never);

/** What is open, by what it is about. */
async function open(): Promise<string[]> {
  const entries = await bench.deps.store.quarantine({ shop: 'main', open: true });
  return entries.map((entry) => troubleOf(entry) ?? 'none');
}

/** The attempt that is due now leaves it open; the next one, which polls, does not. */
async function closesWithTheNextPoll(): Promise<void> {
  await act();
  expect(await open()).toEqual(['unclear']);
  poll = async () => true;
  bench.advance(5000);
  await act();
  expect(await open()).toEqual([]);
}

describe('a delivery that did not say which order changed', () => {
  it.each([
    ['no JSON', '<html>'],
    ['no order id', '{}'],
    ['an error of the shop', GONE],
  ])('(%s) is closed by the poll that it leads to', async (_, body) => {
    await deliver(body);
    expect(await open()).toEqual(['unclear']);
    await act();
    expect(await open()).toEqual([]);
    expect(await bench.deps.store.quarantine({ open: false })).toMatchObject([
      { resolvedAt: instantOf(bench.deps.clock.now()) },
    ]);
  });

  it('stays open while that poll fails', async () => {
    await deliver('<html>');
    poll = async () => false;
    await closesWithTheNextPoll();
  });

  it('that comes again during the poll stays open until the next one', async () => {
    await deliver('<html>');
    poll = async () => {
      poll = async () => false;
      await deliver('<html>');
      return true;
    };
    await closesWithTheNextPoll();
  });

  it('is not closed where its nudge is not finished: both or neither', async () => {
    await deliver('<html>');
    const { store } = bench.deps;
    const deps = {
      ...bench.deps,
      store: new Proxy(store, {
        get: (on, name) =>
          name === 'transaction'
            ? (work: Parameters<typeof store.transaction>[0]) =>
                on.transaction(async (tx) => {
                  await work(tx);
                  throw new Error('the disk is full');
                })
            : Reflect.get(on, name).bind(on),
      }),
    };
    const acting = actOnNudges(deps, { shop: 'main', poll: async () => true }, never);
    await expect(acting).rejects.toThrow('the disk is full');
    expect(await open()).toEqual(['unclear']);
    expect((await store.nudgeBacklog('main')).count).toBe(1);
  });

  it('leaves alone what a poll kept without an order, and what a poll cannot mend', async () => {
    await bench.deps.intake.quarantine('main', 'poll', [
      { orderId: null, raw: '', reason: 'the shop fails on it', fix: 'See its log.' },
    ]);
    await deliver(OWNER);
    await deliver('{"id":7,"name":"a coupon"}', 'coupon.created');
    await deliver('<html>');
    await act();
    expect(await open()).toEqual(['none', 'owner', 'topic']);
  });
});

describe('a delivery whose webhook belongs to a user without rights', () => {
  it('stays open, whatever is polled, until a later one holds an order', async () => {
    await deliver(OWNER);
    await act();
    expect(await open()).toEqual(['owner']);
    await deliver(`{"id":${bench.model.create()}}`);
    expect(await open()).toEqual(['owner']);
    await act();
    expect(await open()).toEqual([]);
  });

  it('is not closed by one of a deleted order, which is made without a look at rights', async () => {
    await deliver(OWNER);
    await deliver(`{"id":${bench.model.create()}}`, 'order.deleted');
    await act();
    expect(await open()).toEqual(['owner']);
  });

  it('is not closed by a good one that came before it', async () => {
    await deliver(`{"id":${bench.model.create()}}`);
    await deliver(OWNER);
    await act();
    expect(await open()).toEqual(['owner']);
  });

  it('is closed where the webhooks are made anew, and not where they are repaired', async () => {
    await registerWebhooks(bench.deps, TARGET, WHOLE, never);
    await deliver(OWNER);
    await registerWebhooks(bench.deps, TARGET, WHOLE, never);
    expect(await open()).toEqual(['owner']);
    bench.model.webhooks.kept.length = 0;
    await registerWebhooks(bench.deps, TARGET, WHOLE, never);
    expect(await open()).toEqual([]);
  });
});

describe('a delivery of something else than orders', () => {
  it('stays open, whatever is polled or delivered, until the webhooks were seen to', async () => {
    await deliver('{"id":7}', 'coupon.created');
    await deliver('<html>');
    await deliver(`{"id":${bench.model.create()}}`);
    await act();
    expect(await open()).toEqual(['topic']);
    await registerWebhooks(bench.deps, TARGET, WHOLE, never);
    expect(await open()).toEqual([]);
  });
});

it('one that comes while the webhooks are made anew is not closed by that', async () => {
  let hasCome = false;
  bench.model.webhooks.beforeRequest = () => bench.advance(1000);
  const { webhooks } = bench.model;
  const create = webhooks.create.bind(webhooks);
  webhooks.create = async (webhook) => {
    if (!hasCome) await deliver(OWNER);
    hasCome = true;
    return create(webhook);
  };
  await registerWebhooks(bench.deps, TARGET, WHOLE, never);
  expect(await open()).toEqual(['owner']);
});

it('only what a poll closes by itself is no matter for a person', () => {
  const about = (reason: string) => closedByPoll({ source: 'webhook', orderId: null, reason });
  expect(about('its body is no JSON')).toBe(true);
  expect(closedByPoll({ source: 'poll', orderId: null, reason: 'its body is no JSON' })).toBe(
    false,
  );
  expect(closedByPoll({ source: 'webhook', orderId: 7, reason: 'its body is no JSON' })).toBe(
    false,
  );
});
