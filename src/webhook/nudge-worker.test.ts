import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LegsBench, openLegs } from '../../tests/support/legs.js';
import { instantOf } from '../orders/time.js';
import type { NewNudge } from '../store/store.js';
import { ShopError } from '../woocommerce/shop-error.js';
import { actOnNudges } from './nudge-worker.js';

const START = '2026-11-20T12:00:00.000Z';
const never = new AbortController().signal;

let bench: LegsBench;
let lags: number[];
let polls: number;
let pollWorks: boolean;

beforeEach(async () => {
  bench = await openLegs(START, '2026-01-01T00:00:00.000Z', { webhook: { maxAgeDays: 92 } });
  lags = [];
  polls = 0;
  pollWorks = true;
});
afterEach(() => bench.close());

async function nudge(...orderIds: (number | null)[]): Promise<void> {
  const now = instantOf(bench.model.nowMs);
  const nudges: NewNudge[] = orderIds.map((orderId) => ({
    shop: 'main',
    orderId,
    topic: orderId === null ? 'look' : 'order.updated',
    receivedAt: now,
    dueAt: now,
  }));
  await bench.deps.store.transaction((tx) => tx.addNudges(nudges));
}

function act(signal = never) {
  const poll = async () => {
    polls += 1;
    return pollWorks;
  };
  return actOnNudges(bench.deps, { shop: 'main', poll, onDone: (ms) => lags.push(ms) }, signal);
}

const stateOf = async (id: number) => (await bench.deps.store.order('main', id))?.state;
const nudgeOf = async (id: number) => (await bench.deps.store.nudgesOf('main', id, 1))[0];
const waiting = async () => (await bench.deps.store.nudgeBacklog('main')).count;
const DOWN = new ShopError('main', 'wait', 'the shop answers 503', 'Wait.');
const refuse = () => {
  throw DOWN;
};

describe('nudges that are due', () => {
  it('lead to a fresh reading of their orders, through the one door', async () => {
    const id = bench.model.create();
    await nudge(id);
    expect(await act()).toEqual({ taken: 1, postponed: 0 });
    expect(await stateOf(id)).toBe('forwarded');
    expect((await bench.deps.store.order('main', id))?.source).toBe('webhook');
    expect(await nudgeOf(id)).toMatchObject({ outcome: 'taken', attempts: 0 });
  });

  it('of one order are one reading, and all are done', async () => {
    const id = bench.model.create();
    await nudge(id, id, id);
    expect(await act()).toEqual({ taken: 3, postponed: 0 });
    expect(bench.model.asked).toEqual(['ordersById']);
    expect(await waiting()).toBe(0);
    expect(lags).toHaveLength(3);
  });

  it('of 250 orders are read in three requests', async () => {
    await nudge(...Array.from({ length: 250 }, () => bench.model.create()));
    expect(await act()).toEqual({ taken: 250, postponed: 0 });
    expect(bench.model.asked).toEqual(['ordersById', 'ordersById', 'ordersById']);
  });

  it('of trashed and deleted orders end as withdrawn', async () => {
    const [trashed, deleted] = [bench.model.create(), bench.model.create()];
    await nudge(trashed, deleted);
    await act();
    bench.model.trash(trashed);
    bench.model.delete(deleted);
    await nudge(trashed, deleted);
    await act();
    expect([await stateOf(trashed), await stateOf(deleted)]).toEqual(['withdrawn', 'withdrawn']);
  });

  it('that do not say which order have the shop polled, once for all of them', async () => {
    await nudge(null, null, null);
    expect(await act()).toEqual({ taken: 3, postponed: 0 });
    expect(polls).toBe(1);
    expect(await waiting()).toBe(0);
  });

  it('of orders that are too old end as left to the polls, and say so', async () => {
    const old = bench.model.create({ createdAt: '2026-08-01T12:00:00.000Z' });
    const young = bench.model.create();
    await nudge(old, young);
    expect(await act()).toEqual({ taken: 2, postponed: 0 });
    expect(await nudgeOf(young)).toMatchObject({ outcome: 'taken', detail: '' });
    expect(await nudgeOf(old)).toMatchObject({
      outcome: 'too-old',
      detail: expect.stringContaining('webhook.maxAgeDays'),
    });
    expect([await stateOf(old), await stateOf(young)]).toEqual(['ignored', 'forwarded']);
  });

  it('that are not due yet are left alone', async () => {
    await nudge(bench.model.create());
    bench.advance(-10_000);
    expect(await act()).toEqual({ taken: 0, postponed: 0 });
    expect(bench.model.asked).toEqual([]);
  });

  it('are acted on by nobody else meanwhile', async () => {
    const id = bench.model.create();
    await nudge(id);
    const now = instantOf(bench.model.nowMs);
    const expiresAt = instantOf(bench.model.nowMs + 60_000);
    await bench.deps.store.acquireClaim({
      name: 'nudges:main',
      holder: 'there:2:2',
      now,
      expiresAt,
    });
    expect(await act()).toEqual({ taken: 0, postponed: 0 });
    expect(await waiting()).toBe(1);
  });
});

describe('while the shop cannot be read', () => {
  it('nudges wait in the store, longer each time, up to a quarter of an hour', async () => {
    const id = bench.model.create();
    await nudge(id);
    bench.model.beforeRequest = refuse;
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 10; attempt += 1) {
      expect(await act()).toEqual({ taken: 0, postponed: 1 });
      const { dueAt = '', detail } = (await nudgeOf(id)) ?? {};
      expect(detail).toBe('the shop answers 503');
      const waitMs = Date.parse(dueAt) - bench.model.nowMs;
      waits.push(waitMs / 1000);
      expect(await act()).toEqual({ taken: 0, postponed: 0 });
      bench.advance(waitMs);
    }
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 900, 900]);
    bench.model.beforeRequest = () => {};
    expect(await act()).toEqual({ taken: 1, postponed: 0 });
    expect(await stateOf(id)).toBe('forwarded');
  });

  it('it is asked once, however many nudges wait for it', async () => {
    await nudge(...Array.from({ length: 1201 }, () => bench.model.create()), null);
    bench.model.beforeRequest = refuse;
    expect(await act()).toEqual({ taken: 0, postponed: 1202 });
    expect([bench.model.asked, polls]).toEqual([['ordersById'], 0]);
    expect(await act()).toEqual({ taken: 0, postponed: 0 });
    bench.model.beforeRequest = () => {};
    bench.advance(5_000);
    expect(await act()).toEqual({ taken: 1202, postponed: 0 });
  });

  it('a request that fails each time keeps no other order from being read', async () => {
    const ids = Array.from({ length: 150 }, () => bench.model.create());
    await nudge(...ids);
    const [poison = 0, last = 0] = [ids[0], ids.at(-1)];
    const ordersById = bench.model.ordersById.bind(bench.model);
    bench.model.ordersById = (asked, read) =>
      asked.includes(poison) ? Promise.reject(DOWN) : ordersById(asked, read);
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      expect(await act()).toEqual({ taken: 0, postponed: 150 });
      bench.advance(5_000);
    }
    expect(await act()).toEqual({ taken: 50, postponed: 0 });
    expect(await waiting()).toBe(100);
    expect([await stateOf(last), await stateOf(poison)]).toEqual(['forwarded', undefined]);
  });

  it.each(['garbled', 'gone'] as const)(
    'what concerns one request alone (%s) does not end the pass',
    async (kind) => {
      await nudge(...Array.from({ length: 150 }, () => bench.model.create()));
      bench.model.beforeRequest = () => {
        bench.model.beforeRequest = () => {};
        throw new ShopError('main', kind, 'another answer', 'Wait.');
      };
      expect(await act()).toEqual({ taken: 50, postponed: 100 });
    },
  );

  it('being stopped is no attempt: the nudges stay as they were', async () => {
    await nudge(bench.model.create(), null);
    const stop = new AbortController();
    bench.model.beforeRequest = () => {
      stop.abort();
      throw new ShopError('main', 'aborted', 'stopped waiting for the shop', 'Nothing to do.');
    };
    expect(await act(stop.signal)).toEqual({ taken: 0, postponed: 0 });
    const due = await bench.deps.store.dueNudges('main', instantOf(bench.model.nowMs), 10);
    expect(due.map(({ attempts, detail }) => [attempts, detail])).toEqual([
      [0, ''],
      [0, ''],
    ]);
  });

  it('nor is being stopped during a poll', async () => {
    await nudge(null);
    const stop = new AbortController();
    const poll = async () => {
      stop.abort();
      return false;
    };
    await actOnNudges(bench.deps, { shop: 'main', poll }, stop.signal);
    const due = await bench.deps.store.dueNudges('main', instantOf(bench.model.nowMs), 10);
    expect(due).toMatchObject([{ attempts: 0 }]);
  });

  it('a poll that does not come about is tried again', async () => {
    pollWorks = false;
    await nudge(null);
    expect(await act()).toEqual({ taken: 0, postponed: 1 });
    pollWorks = true;
    bench.advance(5_000);
    expect(await act()).toEqual({ taken: 1, postponed: 0 });
  });

  it('an error of ours is thrown, and loses no nudge', async () => {
    await nudge(bench.model.create());
    bench.model.beforeRequest = () => {
      throw new TypeError('a defect');
    };
    await expect(act()).rejects.toThrow('a defect');
    expect(await waiting()).toBe(1);
  });
});
