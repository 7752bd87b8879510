import { expect, it } from 'vitest';
import type { NewAuditEntry } from '../../../src/store/access.js';
import { afterNoon, aHistoryEntry, anOrder, NOON } from './samples.js';
import type { Bench } from './under-test.js';

const SESSION = { hash: 'h1', name: 'eva', createdAt: NOON, expiresAt: afterNoon(10) };

function anEntry(part: Partial<NewAuditEntry> = {}): NewAuditEntry {
  return {
    at: NOON,
    who: 'eva',
    role: 'admin',
    address: '127.0.0.1',
    action: 'order.forward',
    target: 'main/1',
    detail: '',
    ...part,
  };
}

export function accessTests({ freshStore }: Bench): void {
  it('a session is found by its hash alone, until it is removed', async () => {
    const store = await freshStore();
    await store.transaction((tx) => tx.addSession(SESSION));
    expect(await store.session('h1')).toEqual(SESSION);
    expect(await store.session('eva')).toBeUndefined();
    await store.transaction((tx) => tx.removeSession('h1'));
    expect(await store.session('h1')).toBeUndefined();
  });

  it('sessions that are over are forgotten, and no others', async () => {
    const store = await freshStore();
    await store.transaction(async (tx) => {
      await tx.addSession(SESSION);
      await tx.addSession({ ...SESSION, hash: 'h2', expiresAt: afterNoon(11) });
      await tx.forgetSessions(afterNoon(10));
    });
    expect(await store.session('h1')).toBeUndefined();
    expect(await store.session('h2')).toMatchObject({ hash: 'h2' });
  });

  it('the audit is told newest first, page by page, and of one target', async () => {
    const store = await freshStore();
    await store.transaction(async (tx) => {
      await tx.addAudit(anEntry({ detail: 'first' }));
      await tx.addAudit(anEntry({ target: 'main/2', detail: 'second' }));
      await tx.addAudit(anEntry({ detail: 'third' }));
    });
    const details = (entries: readonly { detail: string }[]) => entries.map((one) => one.detail);
    const page = await store.audit({}, 2);
    expect(details(page)).toEqual(['third', 'second']);
    const before = page.at(-1)?.id ?? 0;
    expect(await store.audit({ before }, 2)).toEqual([
      { ...anEntry({ detail: 'first' }), id: expect.any(Number) },
    ]);
    expect(details(await store.audit({ target: 'main/1' }, 9))).toEqual(['third', 'first']);
    expect(details(await store.audit({ target: 'main/2', before }, 9))).toEqual([]);
  });

  it('the marker is another one after each thing that moved, and the same where nothing did', async () => {
    const store = await freshStore();
    const seen = new Set([await store.marker(['journal'])]);
    const moved = async (work: Parameters<typeof store.transaction>[0]) => {
      await store.transaction(work);
      const marker = await store.marker(['journal']);
      expect(seen.has(marker)).toBe(false);
      expect(await store.marker(['journal'])).toBe(marker);
      seen.add(marker);
    };
    await moved(async (tx) => {
      await tx.putOrders([anOrder(1)]);
      await tx.addHistory([aHistoryEntry(1)]);
    });
    await moved((tx) =>
      tx.addRun({ kind: 'poll', subject: 'main', localDate: null, startedAt: NOON }),
    );
    await moved((tx) => tx.addAudit(anEntry()));
    expect(seen.size).toBe(4);
  });

  it('orders are counted by the rule that decided them, from a moment on', async () => {
    const store = await freshStore();
    await store.transaction((tx) =>
      tx.putOrders([
        anOrder(1, { rule: 'forward', ruleLine: 7 }),
        anOrder(2, { rule: 'forward', ruleLine: 7, createdAt: afterNoon(1) }),
        anOrder(3, { rule: 'default', createdAt: afterNoon(1) }),
      ]),
    );
    expect(await store.ruleCounts(afterNoon(1))).toEqual([
      { shop: 'main', rule: 'default', ruleLine: null, count: 1 },
      { shop: 'main', rule: 'forward', ruleLine: 7, count: 1 },
    ]);
  });

  it('runs and deliveries are told page by page', async () => {
    const store = await freshStore();
    const run = { kind: 'poll', subject: 'main', localDate: null } as const;
    const nudge = { shop: 'main', orderId: 1, topic: 'order.updated', dueAt: NOON };
    await store.transaction(async (tx) => {
      await tx.addRun({ ...run, startedAt: NOON });
      await tx.addRun({ ...run, startedAt: NOON });
      await tx.addRun({ ...run, startedAt: afterNoon(1) });
      await tx.addNudges([0, 1, 2].map((at) => ({ ...nudge, receivedAt: afterNoon(at) })));
    });
    const [, second] = await store.runs({}, 2);
    const runsBefore = { at: second?.startedAt ?? '', id: second?.id ?? 0 };
    expect((await store.runs({ before: runsBefore }, 9)).map(({ id }) => id)).toEqual([
      (second?.id ?? 0) - 1,
    ]);
    for (const filter of [{}, { shop: 'main' }]) {
      const [newest, next] = await store.nudges(filter, 2);
      expect(newest?.receivedAt).toBe(afterNoon(2));
      const before = { at: next?.receivedAt ?? '', id: next?.id ?? 0 };
      const rest = await store.nudges({ ...filter, before }, 9);
      expect(rest.map(({ receivedAt }) => receivedAt)).toEqual([NOON]);
    }
    expect(await store.nudges({ shop: 'second' }, 9)).toEqual([]);
  });

  it('the quarantine is told newest first, page by page, and entry by entry', async () => {
    const store = await freshStore();
    const entry = { shop: 'main', source: 'webhook', at: NOON, raw: '{', fix: '' } as const;
    await store.transaction(async (tx) => {
      for (const orderId of [1, 2, 3]) await tx.addQuarantine({ ...entry, orderId, reason: 'r' });
    });
    const [newest, next, ...more] = await store.quarantine({ before: 0, limit: 2 });
    expect([newest?.orderId, next?.orderId, more]).toEqual([3, 2, []]);
    const rest = await store.quarantine({ before: next?.id ?? 0, limit: 2 });
    expect(rest.map(({ orderId }) => orderId)).toEqual([1]);
    expect(await store.quarantine({ id: next?.id ?? 0 })).toEqual([next]);
  });
}
