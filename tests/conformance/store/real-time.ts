import { expect, it } from 'vitest';
import type { NewNudge, Nudge, NudgeDelay, Store, StoredAlert } from '../../../src/store/store.js';
import { afterNoon, NOON } from './samples.js';
import type { Bench } from './under-test.js';

function aNudge(orderId: number | null, part: Partial<NewNudge> = {}): NewNudge {
  return { shop: 'main', orderId, topic: 'order.updated', receivedAt: NOON, dueAt: NOON, ...part };
}

const ordersOf = (nudges: readonly Nudge[]) => nudges.map(({ orderId }) => orderId);
const idsOf = (nudges: readonly Nudge[]) => nudges.map(({ id }) => id);

function postpone(
  store: Store,
  ids: readonly number[],
  delay: Omit<NudgeDelay, 'isAttempt'> & Partial<NudgeDelay>,
): Promise<void> {
  return store.transaction((tx) => tx.postponeNudges(ids, { isAttempt: true, ...delay }));
}

export function nudgeTests({ freshStore, openAt, under }: Bench): void {
  it('a nudge comes back as it was stored, not acted on yet', async () => {
    const store = await freshStore();
    const nudge = aNudge(7, { topic: 'order.deleted', dueAt: afterNoon(1) });
    await store.transaction((tx) => tx.addNudges([nudge]));
    const fresh = { attempts: 0, doneAt: null, outcome: null, detail: '' };
    expect(await store.nudgesOf('main', 7, 10)).toEqual([
      { ...nudge, ...fresh, id: expect.any(Number) },
    ]);
  });

  it('each delivery is a nudge of its own, the same one again too', async () => {
    const store = await freshStore();
    await store.transaction((tx) => tx.addNudges([aNudge(7), aNudge(7), aNudge(7)]));
    expect(new Set(idsOf(await store.nudgesOf('main', 7, 10))).size).toBe(3);
  });

  it('none, and very many, are stored at once', async () => {
    const store = await freshStore();
    const many = Array.from({ length: 1234 }, (_, index) => aNudge(index + 1));
    await store.transaction(async (tx) => {
      await tx.addNudges([]);
      await tx.addNudges(many);
      expect((await tx.nudgeBacklog('main')).count).toBe(1234);
    });
    const due = await store.dueNudges('main', NOON, 5000);
    expect(ordersOf(due)).toEqual(many.map(({ orderId }) => orderId));
  });

  it('are due oldest first, of one shop, up to a limit, and not before their time', async () => {
    const store = await freshStore();
    await store.transaction((tx) =>
      tx.addNudges([
        aNudge(1, { dueAt: afterNoon(2) }),
        aNudge(2, { dueAt: afterNoon(1) }),
        aNudge(null, { dueAt: afterNoon(1) }),
        aNudge(3, { dueAt: afterNoon(3) }),
        aNudge(4, { shop: 'second' }),
      ]),
    );
    expect(await store.dueNudges('main', NOON, 10)).toEqual([]);
    expect(ordersOf(await store.dueNudges('main', afterNoon(2), 10))).toEqual([2, null, 1]);
    expect(ordersOf(await store.dueNudges('main', afterNoon(9), 2))).toEqual([2, null]);
    expect(ordersOf(await store.dueNudges('second', NOON, 10))).toEqual([4]);
  });

  it('what was acted on stays as it ended, and is due no more', async () => {
    const store = await freshStore();
    await store.transaction((tx) => tx.addNudges([aNudge(1), aNudge(2), aNudge(3)]));
    const [first, second] = idsOf(await store.dueNudges('main', NOON, 10));
    if (first === undefined || second === undefined) throw new Error('no nudges');
    const end = { outcome: 'taken', detail: 'one', now: afterNoon(1) } as const;
    await store.transaction(async (tx) => {
      await tx.finishNudges([], end);
      await tx.finishNudges([first, second], end);
      await tx.finishNudges([second], { outcome: 'too-old', detail: 'two', now: afterNoon(2) });
      await tx.postponeNudges([second], { dueAt: afterNoon(3), detail: 'three', isAttempt: true });
    });
    expect(ordersOf(await store.dueNudges('main', afterNoon(9), 10))).toEqual([3]);
    expect(await store.nudgesOf('main', 2, 10)).toMatchObject([
      { outcome: 'taken', detail: 'one', doneAt: afterNoon(1), attempts: 0, dueAt: NOON },
    ]);
  });

  it('what could not be acted on is due later, with one attempt more and the reason', async () => {
    const store = await freshStore();
    await store.transaction((tx) => tx.addNudges([aNudge(1), aNudge(2)]));
    const ids = idsOf(await store.dueNudges('main', NOON, 1));
    await postpone(store, ids, { dueAt: afterNoon(5), detail: 'answers 503' });
    await postpone(store, ids, { dueAt: afterNoon(6), detail: 'answers 502' });
    expect(ordersOf(await store.dueNudges('main', afterNoon(5), 10))).toEqual([2]);
    expect(await store.dueNudges('main', afterNoon(6), 10)).toMatchObject([
      { orderId: 2, attempts: 0 },
      { orderId: 1, attempts: 2, detail: 'answers 502' },
    ]);
  });

  it('what was not tried is due later with the reason, and no attempt more', async () => {
    const store = await freshStore();
    await store.transaction((tx) => tx.addNudges([aNudge(1)]));
    const ids = idsOf(await store.dueNudges('main', NOON, 1));
    await postpone(store, ids, { dueAt: afterNoon(5), detail: 'answers 503', isAttempt: false });
    expect(await store.dueNudges('main', NOON, 10)).toEqual([]);
    expect(await store.dueNudges('main', afterNoon(5), 10)).toMatchObject([
      { orderId: 1, attempts: 0, detail: 'answers 503' },
    ]);
  });

  it('the backlog says how many wait, since when, and until when', async () => {
    const store = await freshStore();
    const nothing = { count: 0, oldestAt: null, nextDueAt: null };
    expect(await store.nudgeBacklog('main')).toEqual(nothing);
    await store.transaction((tx) =>
      tx.addNudges([
        aNudge(1, { receivedAt: afterNoon(1), dueAt: afterNoon(5) }),
        aNudge(2, { receivedAt: afterNoon(2), dueAt: afterNoon(3) }),
        aNudge(3, { shop: 'second' }),
      ]),
    );
    expect(await store.nudgeBacklog('main')).toEqual({
      count: 2,
      oldestAt: afterNoon(1),
      nextDueAt: afterNoon(3),
    });
    const ids = idsOf(await store.dueNudges('main', afterNoon(9), 10));
    const end = { outcome: 'taken', detail: '', now: afterNoon(9) } as const;
    await store.transaction((tx) => tx.finishNudges(ids, end));
    expect(await store.nudgeBacklog('main')).toEqual(nothing);
  });

  it('of one order the newest come first', async () => {
    const store = await freshStore();
    await store.transaction((tx) =>
      tx.addNudges([
        aNudge(1, { topic: 'order.created' }),
        aNudge(1),
        aNudge(2),
        aNudge(1, { topic: 'order.deleted' }),
        aNudge(1, { shop: 'second' }),
        aNudge(null),
      ]),
    );
    const topics = (await store.nudgesOf('main', 1, 2)).map(({ topic }) => topic);
    expect(topics).toEqual(['order.deleted', 'order.updated']);
  });

  it('of those acted on the newest come first, and none that waits', async () => {
    const store = await freshStore();
    await store.transaction((tx) =>
      tx.addNudges([1, 2, 3].map((id) => aNudge(id, { receivedAt: afterNoon(id) }))),
    );
    const due = await store.dueNudges('main', afterNoon(9), 10);
    const acted = due.filter(({ orderId }) => orderId !== 2).map(({ id }) => id);
    const end = { outcome: 'taken', detail: '', now: afterNoon(9) } as const;
    await store.transaction((tx) => tx.finishNudges(acted, end));
    expect(ordersOf(await store.doneNudges('main', 10))).toEqual([3, 1]);
    expect(ordersOf(await store.doneNudges('main', 1))).toEqual([3]);
    expect(await store.doneNudges('second', 10)).toEqual([]);
  });

  it('when a shop’s webhook last brought something is known', async () => {
    const store = await freshStore();
    expect(await store.lastNudgeAt('main')).toBeUndefined();
    await store.transaction((tx) =>
      tx.addNudges([aNudge(1, { receivedAt: afterNoon(2) }), aNudge(2), aNudge(3)]),
    );
    expect(await store.lastNudgeAt('main')).toBe(afterNoon(2));
    expect(await store.lastNudgeAt('second')).toBeUndefined();
  });

  it('those done long ago are forgotten, and none that still waits', async () => {
    const store = await freshStore();
    await store.transaction((tx) => tx.addNudges([aNudge(1), aNudge(2), aNudge(3)]));
    const [one, two] = idsOf(await store.dueNudges('main', NOON, 10));
    const end = { outcome: 'taken', detail: '' } as const;
    await store.transaction(async (tx) => {
      await tx.finishNudges([one ?? 0], { ...end, now: afterNoon(1) });
      await tx.finishNudges([two ?? 0], { ...end, now: afterNoon(2) });
    });
    expect(await store.transaction((tx) => tx.forgetNudges(afterNoon(2)))).toBe(1);
    expect(await store.nudgesOf('main', 1, 10)).toEqual([]);
    expect(await store.nudgesOf('main', 2, 10)).toHaveLength(1);
    expect(await store.nudgesOf('main', 3, 10)).toHaveLength(1);
    expect(await store.transaction((tx) => tx.forgetNudges(afterNoon(2)))).toBe(0);
  });

  it('a transaction that fails leaves none', async () => {
    const store = await freshStore();
    const failing = store.transaction(async (tx) => {
      await tx.addNudges([aNudge(1)]);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect((await store.nudgeBacklog('main')).count).toBe(0);
  });

  it('are there after the store was closed and opened again', async () => {
    const database = await under.freshDatabase();
    const store = await openAt(database);
    await store.transaction((tx) => tx.addNudges([aNudge(1)]));
    await store.close();
    expect(ordersOf(await (await openAt(database)).dueNudges('main', NOON, 10))).toEqual([1]);
  });
}

const ALERT: StoredAlert = {
  key: 'shop-unreachable/main',
  subject: 'Shop main cannot be reached',
  message: 'It answers 503 since noon.',
  fix: 'Look at the shop.',
  raisedAt: NOON,
  toldAt: null,
  clearedAt: null,
};

export function alertTests({ freshStore }: Bench): void {
  it('an alert is one row for each key, the last word counts', async () => {
    const store = await freshStore();
    const told = { ...ALERT, message: 'It answers 502.', toldAt: afterNoon(1) };
    await store.transaction((tx) => tx.putAlert(ALERT));
    expect(await store.openAlerts()).toEqual([ALERT]);
    await store.transaction((tx) => tx.putAlert(told));
    expect(await store.openAlerts()).toEqual([told]);
  });

  it('one whose all-clear is to be told is still listed, until it is removed', async () => {
    const store = await freshStore();
    const cleared = { ...ALERT, clearedAt: afterNoon(2) };
    await store.transaction((tx) => tx.putAlert(cleared));
    expect(await store.openAlerts()).toEqual([cleared]);
    await store.transaction(async (tx) => {
      await tx.removeAlert(cleared.key);
      await tx.removeAlert('unknown');
      expect(await tx.openAlerts()).toEqual([]);
    });
    expect(await store.openAlerts()).toEqual([]);
  });

  it('they come in the order in which they were raised', async () => {
    const store = await freshStore();
    const raise = (key: string, minutes: number) => ({
      ...ALERT,
      key,
      raisedAt: afterNoon(minutes),
    });
    await store.transaction(async (tx) => {
      for (const alert of [raise('c', 2), raise('b', 1), raise('a', 2)]) await tx.putAlert(alert);
    });
    expect((await store.openAlerts()).map(({ key }) => key)).toEqual(['b', 'a', 'c']);
  });
}
