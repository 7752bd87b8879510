import { expect, it } from 'vitest';
import { afterNoon, aQuarantineEntry, NOON } from './samples.js';
import type { Bench } from './under-test.js';

export function bookkeepingTests({ freshStore }: Bench): void {
  it('a cursor is one value for each shop and name', async () => {
    const store = await freshStore();
    await store.transaction(async (tx) => {
      await tx.setCursor('main', 'orders', 'one', NOON);
      await tx.setCursor('main', 'orders', 'two', NOON);
      await tx.setCursor('main', 'refunds', 'three', NOON);
    });
    expect(await store.cursor('main', 'orders')).toBe('two');
    expect(await store.cursor('main', 'refunds')).toBe('three');
    expect(await store.cursor('second', 'orders')).toBeUndefined();
  });

  it('a key of an action is taken once, keeps its answer, and is free once that is over', async () => {
    const store = await freshStore();
    const at = { principal: 'token:a', key: 'k' };
    const take = (request: string, expiresAt = afterNoon(5), now = NOON, who = at) =>
      store.transaction((tx) => tx.takeIdempotencyKey({ ...who, request, expiresAt }, now));
    expect(await take('one')).toBeUndefined();
    expect(await take('two')).toMatchObject({ ...at, request: 'one', answer: null });
    expect(await take('two', afterNoon(5), NOON, { ...at, principal: 'token:b' })).toBeUndefined();
    await store.transaction((tx) => tx.keepAnswer(at, '{}', afterNoon(9)));
    expect(await take('two', afterNoon(20), afterNoon(8))).toMatchObject({ answer: '{}' });
    expect(await take('two', afterNoon(20), afterNoon(9))).toBeUndefined();
    await store.transaction((tx) => tx.freeIdempotencyKey(at));
    expect(await take('three')).toBeUndefined();
  });

  it('runs come page by page, each once', async () => {
    const store = await freshStore();
    const run = { kind: 'poll', subject: 'main', localDate: null } as const;
    const ids: number[] = [];
    for (const startedAt of [NOON, NOON, afterNoon(1)]) {
      ids.push(await store.transaction((tx) => tx.addRun({ ...run, startedAt })));
    }
    const first = await store.runs({}, 2);
    const [, last] = first;
    const after = { at: last?.startedAt ?? '', id: last?.id ?? 0 };
    const second = await store.runs({ before: after }, 2);
    expect([...first, ...second].map(({ id }) => id)).toEqual(ids.toReversed());
  });

  it('an open quarantine entry of the same order and reason is kept once', async () => {
    const store = await freshStore();
    await store.transaction(async (tx) => {
      await tx.addQuarantine(aQuarantineEntry());
      await tx.addQuarantine(aQuarantineEntry({ at: afterNoon(1) }));
      await tx.addQuarantine(aQuarantineEntry({ reason: 'other' }));
      await tx.addQuarantine(aQuarantineEntry({ orderId: null }));
      await tx.addQuarantine(aQuarantineEntry({ orderId: null, at: afterNoon(2) }));
      await tx.addQuarantine(aQuarantineEntry({ shop: 'second' }));
    });
    const entries = await store.quarantine({ shop: 'main', open: true });
    expect(entries.map((entry) => [entry.orderId, entry.reason, entry.at])).toEqual([
      [7, 'cut off', afterNoon(1)],
      [7, 'other', NOON],
      [null, 'cut off', afterNoon(2)],
    ]);
    const first = await store.quarantine({ shop: 'main', open: true, limit: 2 });
    expect(first).toEqual(entries.slice(0, 2));
  });

  it('quarantine closes when the order could be read, and opens anew', async () => {
    const store = await freshStore();
    await store.transaction(async (tx) => {
      await tx.addQuarantine(aQuarantineEntry());
      await tx.addQuarantine(aQuarantineEntry({ orderId: 8 }));
      await tx.addQuarantine(aQuarantineEntry({ orderId: null }));
      await tx.resolveQuarantine('main', [7, 9], afterNoon(3));
      await tx.addQuarantine(aQuarantineEntry({ at: afterNoon(4) }));
    });
    expect((await store.quarantine({ open: true })).map((entry) => entry.orderId)).toEqual([
      8,
      null,
      7,
    ]);
    const closed = await store.quarantine({ open: false });
    expect(closed).toEqual([
      { ...aQuarantineEntry(), id: closed[0]?.id, resolvedAt: afterNoon(3) },
    ]);
    expect(await store.quarantine({})).toHaveLength(4);
  });

  it('open quarantine that names no order is found apart, and closed entry by entry', async () => {
    const store = await freshStore();
    await store.transaction(async (tx) => {
      await tx.addQuarantine(aQuarantineEntry());
      await tx.addQuarantine(aQuarantineEntry({ orderId: null }));
      await tx.addQuarantine(aQuarantineEntry({ orderId: null, reason: 'other' }));
      await tx.addQuarantine(aQuarantineEntry({ orderId: null, shop: 'second' }));
    });
    const nameless = () => store.quarantine({ shop: 'main', open: true, nameless: true });
    const [first, second, ...more] = await nameless();
    expect([first?.reason, second?.reason, more]).toEqual(['cut off', 'other', []]);
    const id = first?.id ?? 0;
    await store.transaction(async (tx) => {
      await tx.closeQuarantine([], afterNoon(1));
      await tx.closeQuarantine([id], afterNoon(1));
      await tx.closeQuarantine([id], afterNoon(2));
    });
    expect((await nameless()).map((entry) => entry.id)).toEqual([second?.id]);
    expect(await store.quarantine({ open: false })).toMatchObject([
      { id, resolvedAt: afterNoon(1) },
    ]);
    await store.transaction((tx) => tx.addQuarantine(aQuarantineEntry({ orderId: null })));
    expect(await nameless()).toHaveLength(2);
    expect(await store.quarantine({ nameless: true })).toHaveLength(4);
  });

  it('a run is kept from its start to its end, and found by what it was', async () => {
    const store = await freshStore();
    const batch = {
      kind: 'batch',
      subject: 'main',
      localDate: '2026-11-20',
      startedAt: NOON,
    } as const;
    const poll = {
      kind: 'poll',
      subject: 'main',
      localDate: null,
      startedAt: afterNoon(1),
    } as const;
    const ids = await store.transaction(async (tx) => [
      await tx.addRun(batch),
      await tx.addRun(poll),
    ]);
    expect((await store.runs({ state: 'running' }, 10)).map((run) => run.id)).toEqual([
      ids[1],
      ids[0],
    ]);
    const end = {
      state: 'done',
      endedAt: afterNoon(2),
      counts: { orders: 3 },
      error: null,
    } as const;
    await store.transaction((tx) => tx.finishRun(ids[0] ?? 0, end));
    expect(
      await store.runs(
        { kind: 'batch', subject: 'main', localDate: '2026-11-20', state: 'done' },
        10,
      ),
    ).toEqual([{ ...batch, ...end, id: ids[0] }]);
    expect(await store.runs({ localDate: '2026-11-21' }, 10)).toEqual([]);
    expect((await store.runs({}, 1)).map((run) => run.kind)).toEqual(['poll']);
    expect(await store.runs({ state: 'running' }, 10)).toEqual([
      { ...poll, id: ids[1], state: 'running', endedAt: null, counts: {}, error: null },
    ]);
  });

  it('the latest statement of a shop is kept', async () => {
    const store = await freshStore();
    const statement = {
      shop: 'main',
      from: NOON,
      to: afterNoon(1),
      madeAt: afterNoon(2),
      body: '{}',
    };
    const later = { ...statement, madeAt: afterNoon(3), body: '{"a":1}' };
    await store.transaction(async (tx) => {
      await tx.addStatement(later);
      await tx.addStatement(statement);
    });
    expect(await store.latestStatement('main')).toEqual(later);
    expect(await store.latestStatement('second')).toBeUndefined();
  });
}
