import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { epochMsOf, instantOf } from '../../src/orders/time.js';
import type { SubscriptionWish } from '../../src/outbound/check-wish.js';
import { createOutbound, type OutboundOptions } from '../../src/outbound/create-outbound.js';
import type { Delivered, Outbound } from '../../src/outbound/outbound.js';
import { createLogger } from '../../src/runtime/logger.js';
import { createSecretKey } from '../../src/runtime/secret-key.js';
import { openStore } from '../../src/store/open-store.js';
import type { Dispatch, Store, StoredSubscription } from '../../src/store/store.js';
import { aHistoryEntry, anOrder } from '../conformance/store/samples.js';
import { TestClock } from './export.js';
import { type Receiver, startReceiver } from './receiver.js';

const NOON = '2026-11-20T12:00:00.000Z';

export function aSubscription(part: Partial<StoredSubscription> = {}): StoredSubscription {
  return {
    id: 'sub_1',
    url: 'https://hooks.example.com/orderpark',
    category: 'all',
    events: [],
    description: 'the warehouse',
    enabled: true,
    createdAt: NOON,
    updatedAt: NOON,
    secret: 'v1.sealed',
    previousSecret: null,
    previousUntil: null,
    failures: 0,
    failingSince: null,
    deliveredAt: null,
    disabledAt: null,
    disabledReason: null,
    ...part,
  };
}

export function aDispatch(part: Partial<Dispatch> = {}): Dispatch {
  return {
    subscriptionId: 'sub_1',
    event: { id: 'evt_1', type: 'order.parked', at: NOON, body: '{}' },
    state: 'waiting',
    attempts: 0,
    dueAt: NOON,
    firstTriedAt: null,
    ...part,
  };
}

/** Outbound webhooks on a real store, with a clock that a test moves. */
export interface OutboundBench {
  readonly outbound: Outbound;
  /** As everybody else is given it. */
  readonly store: Store;
  readonly clock: TestClock;
  readonly folder: string;
  readonly log: string[];
  /** So many new orders are parked, each in a transaction of its own; their ids count on. */
  park(count?: number): Promise<void>;
  /** A subscription that wants all, or what is said. */
  subscribe(url: string, wish?: SubscriptionWish): Promise<{ id: string; secret: string }>;
  /** Delivers what is due by the clock. */
  deliver(): Promise<Delivered>;
  /** Moves the clock to when something is due, and delivers; false where nothing waits. */
  deliverNext(): Promise<boolean>;
  /** Another process on the same database. */
  another(options?: Partial<OutboundOptions>): Promise<OutboundBench>;
  close(): Promise<void>;
}

/** For the tests of a file: what is opened is closed after each of them. */
export function outboundTests() {
  const closers: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });
  return {
    closeAfter: (close: () => Promise<void>) => void closers.push(close),
    async bench(options: Parameters<typeof openOutbound>[0] = {}): Promise<OutboundBench> {
      const opened = await openOutbound(options);
      closers.push(opened.close);
      return opened;
    },
    async receiver(answer?: Receiver['answer']): Promise<Receiver> {
      const started = await startReceiver(answer);
      closers.push(started.close);
      return started;
    },
  };
}

const NEVER = new AbortController().signal;
const TEST_KEY = 'a key of the tests, of more than 32 characters';
let processes = 0;

async function openOutbound(
  options: Partial<OutboundOptions> & { database?: string; startMs?: number } = {},
): Promise<OutboundBench> {
  const { database, startMs, ...more } = options;
  const folder = await mkdtemp(join(tmpdir(), 'orderpark-outbound-'));
  const clock = new TestClock(startMs);
  const at = database ?? join(folder, 'orderpark.db');
  const bench = await openOn(at, { folder, clock }, more);
  const others: OutboundBench[] = [];
  return {
    ...bench,
    async another(changed = {}) {
      const other = await openOn(at, { folder, clock }, { ...more, ...changed });
      others.push(other);
      return other;
    },
    async close() {
      for (const one of [bench, ...others]) await one.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function openOn(
  database: string,
  { folder, clock }: Pick<OutboundBench, 'folder' | 'clock'>,
  options: Partial<OutboundOptions>,
): Promise<OutboundBench> {
  processes += 1;
  const log: string[] = [];
  const opened = await openStore({ database, clock });
  const { outbound, store } = createOutbound({
    store: opened,
    clock,
    random: () => 0,
    logger: createLogger({ level: 'debug', format: 'json', write: (line) => log.push(line) }),
    holder: `test:${processes}:1`,
    isDead: () => false,
    secretKey: createSecretKey({ configured: TEST_KEY }),
    allow: ['127.0.0.1'],
    ...options,
  });
  let parked = 0;
  return {
    ...{ outbound, store, clock, folder, log },
    async park(count = 1) {
      for (let n = 0; n < count; n += 1) {
        parked += 1;
        const order = anOrder(parked);
        await store.transaction(async (tx) => {
          await tx.putOrders([order]);
          await tx.addHistory([aHistoryEntry(parked, { at: instantOf(clock.now()) })]);
        });
      }
    },
    async subscribe(url, wish = {}) {
      const created = await outbound.create({ url, ...wish });
      if (created.kind !== 'created') throw new Error(JSON.stringify(created));
      return { id: created.subscription.id, secret: created.secret };
    },
    deliver: () => outbound.deliverDue(NEVER),
    async deliverNext() {
      const due = (await store.dispatchesDue()).map(({ dueAt }) => epochMsOf(dueAt));
      if (due.length === 0) return false;
      clock.ms = Math.max(clock.ms, Math.min(...due));
      await outbound.deliverDue(NEVER);
      return true;
    },
    another: () => Promise.reject(new Error('ask the first')),
    async close() {
      await outbound.stop();
      await opened.close();
    },
  };
}
