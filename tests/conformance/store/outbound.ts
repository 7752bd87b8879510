import { expect, it } from 'vitest';
import type { DispatchMove, NewAttempt, NewEvent, Store } from '../../../src/store/store.js';
import { aSubscription } from '../../support/outbound.js';
import { afterNoon, NOON } from './samples.js';
import type { Bench } from './under-test.js';

function anEvent(id: string, part: Partial<NewEvent> = {}): NewEvent {
  return { id, type: 'order.parked', at: NOON, body: `{"id":"${id}"}`, to: ['sub_1'], ...part };
}

function anAttempt(eventId: string, part: Partial<NewAttempt> = {}): NewAttempt {
  return {
    subscriptionId: 'sub_1',
    eventId,
    number: 1,
    startedAt: NOON,
    durationMs: 120,
    url: 'https://hooks.example.com/orderpark',
    requestHeaders: { 'webhook-id': eventId },
    status: 200,
    responseHeaders: { 'content-type': 'text/plain' },
    responseBody: 'ok',
    error: null,
    ...part,
  };
}

function aMove(eventId: string, part: Partial<DispatchMove> = {}): DispatchMove {
  return {
    subscriptionId: 'sub_1',
    eventId,
    attempts: 0,
    to: 'delivered',
    dueAt: null,
    firstTriedAt: NOON,
    now: NOON,
    ...part,
  };
}

const LATER = '2026-12-31T00:00:00.000Z';
const ALL = { limit: 1000 };

/** Ids of the events that are due, in their order. */
async function dueOf(store: Store, subscriptionId = 'sub_1', now = LATER): Promise<string[]> {
  const due = await store.dueDispatches(subscriptionId, now, 1000);
  return due.map(({ event }) => event.id);
}

async function attemptsOf(store: Store, failed?: boolean): Promise<string[]> {
  const filter = { subscriptionId: 'sub_1', ...(failed === undefined ? {} : { failed }) };
  return (await store.attempts(filter, ALL)).map(({ event }) => event.id);
}

export function outboundTests({ freshStore, openAt, under }: Bench): void {
  it('a subscription comes back as it was put, the last word counts', async () => {
    const store = await freshStore();
    const whole = aSubscription({
      id: 'sub_1',
      events: ['order.parked', 'order.expired'],
      previousSecret: 'v1.before',
      previousUntil: afterNoon(1),
      failures: 3,
      failingSince: afterNoon(2),
      deliveredAt: afterNoon(3),
      disabledAt: afterNoon(4),
      disabledReason: 'it answered 410',
      enabled: false,
    });
    await store.transaction((tx) => tx.putSubscription(aSubscription({ id: 'sub_1' })));
    expect(await store.subscription('sub_1')).toEqual(aSubscription({ id: 'sub_1' }));
    await store.transaction((tx) => tx.putSubscription(whole));
    expect(await store.subscription('sub_1')).toEqual(whole);
    expect(await store.subscription('sub_2')).toBeUndefined();
  });

  it('they are listed oldest first, and only those that are enabled listen', async () => {
    const store = await freshStore();
    await store.transaction(async (tx) => {
      await tx.putSubscription(aSubscription({ id: 'sub_b', createdAt: afterNoon(1) }));
      await tx.putSubscription(aSubscription({ id: 'sub_a', createdAt: afterNoon(1) }));
      await tx.putSubscription(aSubscription({ id: 'sub_c', events: ['order.parked'] }));
      await tx.putSubscription(aSubscription({ id: 'sub_d', enabled: false }));
      expect(await tx.listeners()).toHaveLength(3);
    });
    const ids = (await store.subscriptions()).map(({ id }) => id);
    expect(ids).toEqual(['sub_c', 'sub_d', 'sub_a', 'sub_b']);
    expect(await store.listeners()).toEqual([
      { id: 'sub_c', category: 'all', events: ['order.parked'] },
      { id: 'sub_a', category: 'all', events: [] },
      { id: 'sub_b', category: 'all', events: [] },
    ]);
  });

  it('an event is due at once or as told, to each subscription that is named, oldest first', async () => {
    const store = await freshStore();
    await store.transaction(async (tx) => {
      await tx.addEvents([]);
      await tx.addEvents([
        anEvent('evt_2', { at: afterNoon(2), to: ['sub_1', 'sub_2'] }),
        anEvent('evt_1', { at: afterNoon(1) }),
        anEvent('evt_3', { at: afterNoon(2) }),
        anEvent('evt_4', { to: [] }),
        anEvent('evt_5', { dueAt: afterNoon(3), to: ['sub_3'] }),
      ]);
    });
    expect(await dueOf(store, 'sub_3', afterNoon(2))).toEqual([]);
    expect(await dueOf(store, 'sub_3', afterNoon(3))).toEqual(['evt_5']);
    expect(await dueOf(store, 'sub_1', afterNoon(0))).toEqual([]);
    expect(await dueOf(store, 'sub_1', afterNoon(1))).toEqual(['evt_1']);
    expect(await dueOf(store, 'sub_1')).toEqual(['evt_1', 'evt_2', 'evt_3']);
    expect(await dueOf(store, 'sub_2')).toEqual(['evt_2']);
    expect(await store.dueDispatches('sub_1', LATER, 1)).toEqual([
      {
        subscriptionId: 'sub_1',
        event: { id: 'evt_1', type: 'order.parked', at: afterNoon(1), body: '{"id":"evt_1"}' },
        state: 'waiting',
        attempts: 0,
        dueAt: afterNoon(1),
        firstTriedAt: null,
      },
    ]);
  });

  it('very many are written at once, and a transaction that fails leaves none', async () => {
    const store = await freshStore();
    const many = Array.from({ length: 777 }, (_, n) => anEvent(`evt_${n}`));
    await store.transaction((tx) => tx.addEvents(many));
    expect(await dueOf(store)).toEqual(many.map(({ id }) => id));
    const failing = store.transaction(async (tx) => {
      await tx.addEvents([anEvent('evt_x')]);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await store.dispatch('sub_1', 'evt_x')).toBeUndefined();
  });

  it('the same event is never told twice to one subscription', async () => {
    const store = await freshStore();
    await store.transaction((tx) => tx.addEvents([anEvent('evt_1')]));
    const again = store.transaction((tx) => tx.addEvents([anEvent('evt_1')]));
    await expect(again).rejects.toMatchObject({ kind: 'conflict' });
    const twice = anEvent('evt_2', { to: ['sub_1', 'sub_1'] });
    const both = store.transaction((tx) => tx.addEvents([twice]));
    await expect(both).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('when the next is due is known of each that is enabled and has some waiting', async () => {
    const store = await freshStore();
    await store.transaction(async (tx) => {
      for (const id of ['sub_1', 'sub_2', 'sub_3']) await tx.putSubscription(aSubscription({ id }));
      await tx.putSubscription(aSubscription({ id: 'sub_4', enabled: false }));
      await tx.addEvents([
        anEvent('evt_1', { at: afterNoon(2), to: ['sub_1', 'sub_3', 'sub_4'] }),
        anEvent('evt_2', { at: afterNoon(1), to: ['sub_1'] }),
      ]);
      await tx.moveDispatch(aMove('evt_1', { subscriptionId: 'sub_3' }));
    });
    expect(await store.dispatchesDue()).toEqual([{ subscriptionId: 'sub_1', dueAt: afterNoon(1) }]);
  });

  it('an attempt moves a dispatch once, whoever else moves it meanwhile', async () => {
    const store = await freshStore();
    await store.transaction((tx) => tx.addEvents([anEvent('evt_1')]));
    const move = (part: Partial<DispatchMove>) =>
      store.transaction((tx) => tx.moveDispatch(aMove('evt_1', part)));
    expect(await move({ to: 'waiting', dueAt: afterNoon(5), now: afterNoon(1) })).toBe(true);
    expect(await move({ to: 'failed' })).toBe(false);
    expect(await move({ attempts: 1, eventId: 'evt_9' })).toBe(false);
    expect(await store.dispatch('sub_1', 'evt_1')).toMatchObject({
      state: 'waiting',
      attempts: 1,
      dueAt: afterNoon(5),
      firstTriedAt: NOON,
    });
    expect(await move({ attempts: 1 })).toBe(true);
    expect(await dueOf(store)).toEqual([]);
    expect(await store.dispatch('sub_1', 'evt_1')).toMatchObject({
      state: 'delivered',
      attempts: 2,
    });
  });

  it('how many wait and how many failed is counted, and not what was delivered', async () => {
    const store = await freshStore();
    await store.transaction(async (tx) => {
      await tx.addEvents([1, 2, 3, 4].map((n) => anEvent(`evt_${n}`, { to: ['sub_1', 'sub_2'] })));
      await tx.moveDispatch(aMove('evt_1', { to: 'failed' }));
      await tx.moveDispatch(aMove('evt_2'));
      for (const n of [1, 2, 3, 4]) {
        await tx.moveDispatch(aMove(`evt_${n}`, { subscriptionId: 'sub_2' }));
      }
    });
    expect(await store.dispatchCounts()).toEqual([
      { subscriptionId: 'sub_1', waiting: 2, failed: 1 },
    ]);
  });

  it('a retry makes one due now as if new, or all that ever failed and are not delivered', async () => {
    const store = await freshStore();
    const later = { to: 'waiting', dueAt: afterNoon(600) } as const;
    await store.transaction(async (tx) => {
      await tx.addEvents([1, 2, 3, 4, 5].map((n) => anEvent(`evt_${n}`)));
      await tx.moveDispatch(aMove('evt_1', { to: 'failed' }));
      await tx.moveDispatch(aMove('evt_2', later));
      await tx.moveDispatch(aMove('evt_3'));
      await tx.moveDispatch(aMove('evt_5', { to: 'failed' }));
    });
    const retry = (eventId?: string) =>
      store.transaction((tx) =>
        tx.retryDispatches(
          { subscriptionId: 'sub_1', ...(eventId === undefined ? {} : { eventId }) },
          afterNoon(9),
        ),
      );
    expect(await retry('evt_3')).toBe(1);
    expect(await retry('evt_9')).toBe(0);
    expect(await dueOf(store, 'sub_1', afterNoon(9))).toEqual(['evt_4', 'evt_3']);
    expect(await store.dispatch('sub_1', 'evt_3')).toMatchObject({
      state: 'waiting',
      attempts: 0,
      dueAt: afterNoon(9),
      firstTriedAt: null,
    });
    expect(await retry()).toBe(3);
    expect(await retry()).toBe(0);
    const due = await dueOf(store, 'sub_1', afterNoon(9));
    expect(due).toEqual(['evt_4', 'evt_1', 'evt_2', 'evt_3', 'evt_5']);
  });

  it('attempts come newest first, a page at a time, with what was sent', async () => {
    const store = await freshStore();
    const answer = { status: 503, responseBody: 'żółć\u{1f600}', error: 'it answered 503' };
    await store.transaction(async (tx) => {
      await tx.addEvents([1, 2, 3].map((n) => anEvent(`evt_${n}`)));
      await tx.addAttempt(anAttempt('evt_1', answer));
      await tx.addAttempt(anAttempt('evt_1', { number: 2 }));
      await tx.addAttempt(anAttempt('evt_2', { status: null, error: 'no connection' }));
      await tx.addAttempt(anAttempt('evt_3', { subscriptionId: 'sub_2' }));
    });
    expect(await attemptsOf(store)).toEqual(['evt_2', 'evt_1', 'evt_1']);
    expect(await attemptsOf(store, true)).toEqual(['evt_2', 'evt_1']);
    expect(await attemptsOf(store, false)).toEqual(['evt_1']);
    const page = await store.attempts({ subscriptionId: 'sub_1' }, { limit: 2 });
    const last = page.at(-1);
    const after = { at: last?.startedAt ?? '', id: String(last?.id) };
    const { eventId, ...attempt } = anAttempt('evt_1', answer);
    expect(await store.attempts({ subscriptionId: 'sub_1' }, { limit: 2, after })).toEqual([
      {
        ...attempt,
        id: expect.any(Number),
        event: { id: eventId, type: 'order.parked', at: NOON, body: '{"id":"evt_1"}' },
      },
    ]);
    const nowhere = { limit: 2, after: { at: NOON, id: 'x' } };
    const lost = store.attempts({ subscriptionId: 'sub_1' }, nowhere);
    await expect(lost).rejects.toThrow(RangeError);
  });

  it('with a subscription go its dispatches and attempts, and no others', async () => {
    const store = await freshStore();
    await store.transaction(async (tx) => {
      for (const id of ['sub_1', 'sub_2']) await tx.putSubscription(aSubscription({ id }));
      await tx.addEvents([anEvent('evt_1', { to: ['sub_1', 'sub_2'] })]);
      await tx.addAttempt(anAttempt('evt_1'));
      await tx.addAttempt(anAttempt('evt_1', { subscriptionId: 'sub_2' }));
      await tx.removeSubscription('sub_1');
      await tx.removeSubscription('sub_9');
    });
    expect((await store.subscriptions()).map(({ id }) => id)).toEqual(['sub_2']);
    expect(await dueOf(store, 'sub_1')).toEqual([]);
    expect(await attemptsOf(store)).toEqual([]);
    expect(await dueOf(store, 'sub_2')).toEqual(['evt_1']);
    expect(await store.attempts({ subscriptionId: 'sub_2' }, ALL)).toHaveLength(1);
  });

  it('what is old is pruned, and nothing that something younger needs', async () => {
    const store = await freshStore();
    const young = afterNoon(10);
    await store.transaction(async (tx) => {
      await tx.putSubscription(aSubscription({ id: 'sub_1' }));
      await tx.putSubscription(aSubscription({ id: 'sub_2', enabled: false }));
      await tx.addEvents([
        anEvent('evt_done'),
        anEvent('evt_waiting', { to: ['sub_1', 'sub_2', 'sub_gone'] }),
        anEvent('evt_retried'),
        anEvent('evt_young', { at: young }),
      ]);
      await tx.moveDispatch(aMove('evt_done'));
      await tx.addAttempt(anAttempt('evt_done'));
      await tx.moveDispatch(aMove('evt_retried', { to: 'failed', now: young }));
      await tx.addAttempt(anAttempt('evt_retried'));
      await tx.addAttempt(anAttempt('evt_retried', { startedAt: young, number: 2 }));
      await tx.pruneOutbound(young, 1000);
    });
    expect(await attemptsOf(store)).toEqual(['evt_retried']);
    expect(await store.dispatch('sub_1', 'evt_done')).toBeUndefined();
    expect(await store.dispatch('sub_1', 'evt_waiting')).toMatchObject({ state: 'waiting' });
    expect(await store.dispatch('sub_2', 'evt_waiting')).toBeUndefined();
    expect(await store.dispatch('sub_gone', 'evt_waiting')).toBeUndefined();
    expect(await store.dispatch('sub_1', 'evt_retried')).toMatchObject({ state: 'failed' });
    expect(await dueOf(store)).toEqual(['evt_waiting', 'evt_young']);
    // An event that was pruned can be told of again: nothing of it was left behind.
    await store.transaction((tx) => tx.addEvents([anEvent('evt_done')]));
    expect(await dueOf(store, 'sub_1', NOON)).toEqual(['evt_waiting', 'evt_done']);
  });

  it('of each subscription the newest attempts are kept, up to a number', async () => {
    const store = await freshStore();
    await store.transaction(async (tx) => {
      for (const id of ['sub_1', 'sub_2']) await tx.putSubscription(aSubscription({ id }));
      await tx.addEvents([1, 2, 3, 4].map((n) => anEvent(`evt_${n}`)));
      for (const n of [1, 2, 3, 4]) await tx.addAttempt(anAttempt(`evt_${n}`));
      await tx.addAttempt(anAttempt('evt_1', { subscriptionId: 'sub_2' }));
      await tx.pruneOutbound(NOON, 4);
      expect(await tx.attempts({ subscriptionId: 'sub_1' }, ALL)).toHaveLength(4);
      await tx.pruneOutbound(NOON, 3);
    });
    expect(await attemptsOf(store)).toEqual(['evt_4', 'evt_3', 'evt_2']);
    expect(await store.attempts({ subscriptionId: 'sub_2' }, ALL)).toHaveLength(1);
  });

  it('of two that count the same attempt at once, one does', async () => {
    const database = await under.freshDatabase();
    const stores = [await openAt(database), await openAt(database)];
    await stores[0]?.transaction((tx) => tx.addEvents([anEvent('evt_1')]));
    const moved = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        stores[n % 2]?.transaction((tx) => tx.moveDispatch(aMove('evt_1'))),
      ),
    );
    expect(moved.filter(Boolean)).toHaveLength(1);
  });

  it('a run is found by its id', async () => {
    const store = await freshStore();
    const run = {
      kind: 'batch',
      subject: 'main',
      localDate: '2026-11-20',
      startedAt: NOON,
    } as const;
    const id = await store.transaction((tx) => tx.addRun(run));
    expect(await store.run(id)).toMatchObject({ ...run, id, state: 'running' });
    expect(await store.run(id + 1)).toBeUndefined();
  });
}
