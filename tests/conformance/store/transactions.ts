import { expect, it } from 'vitest';
import { epochMsOf } from '../../../src/orders/time.js';
import type { Store } from '../../../src/store/store.js';
import {
  aDocument,
  aHistoryEntry,
  anOrder,
  aQuarantineEntry,
  aRefund,
  issued,
  NOON,
} from './samples.js';
import type { Bench } from './under-test.js';

export function transactionTests({ under, freshStore, openAt }: Bench): void {
  it('a transaction that throws leaves nothing', async () => {
    const store = await freshStore();
    const attempt = store.transaction(async (tx) => {
      await tx.putOrders([anOrder(1)]);
      await tx.putRaw([{ shop: 'main', id: 1, raw: '{}' }]);
      await tx.addHistory([aHistoryEntry(1)]);
      await tx.putRefunds([aRefund(2, 1)]);
      await tx.addDocuments([issued(aDocument(1))]);
      await tx.addPostings([{ documentKey: 'main/1/invoice', books: 'journal', at: NOON }]);
      await tx.setCursor('main', 'orders', NOON, NOON);
      await tx.addQuarantine(aQuarantineEntry());
      await tx.addRun({ kind: 'poll', subject: 'main', localDate: null, startedAt: NOON });
      throw new Error('no');
    });
    await expect(attempt).rejects.toThrow('no');
    expect({
      order: await store.order('main', 1),
      raw: await store.rawOrder('main', 1),
      history: await store.history('main', 1),
      refunds: await store.refundsOf('main', 1),
      documents: await store.documentsOf('main', 1),
      postings: await store.listPostings({}, 10),
      cursor: await store.cursor('main', 'orders'),
      quarantine: await store.quarantine({}),
      runs: await store.runs({}, 10),
    }).toEqual({
      order: undefined,
      raw: undefined,
      history: [],
      refunds: [],
      documents: [],
      postings: [],
      cursor: undefined,
      quarantine: [],
      runs: [],
    });
  });

  it('a transaction sees its own writes; nobody else does before it commits', async () => {
    const store = await freshStore();
    await store.transaction(async (tx) => {
      await tx.putOrders([anOrder(1)]);
      expect((await tx.order('main', 1))?.id).toBe(1);
      expect(await store.order('main', 1)).toBeUndefined();
    });
    expect((await store.order('main', 1))?.id).toBe(1);
  });

  it('a failed statement spoils its transaction, even where the error was caught', async () => {
    const store = await freshStore();
    await store.transaction((tx) => tx.addDocuments([issued(aDocument(1))]));
    const attempt = store.transaction(async (tx) => {
      await tx.putOrders([anOrder(1)]);
      await tx.addDocuments([issued(aDocument(1))]).catch(() => undefined);
    });
    await expect(attempt).rejects.toMatchObject({ name: 'StoreError', kind: 'conflict' });
    expect(await store.order('main', 1)).toBeUndefined();
  });

  it('the store goes on after a transaction failed', async () => {
    const store = await freshStore();
    await store.transaction(() => Promise.reject(new Error('no'))).catch(() => undefined);
    await store.transaction((tx) => tx.putOrders([anOrder(1)]));
    expect((await store.order('main', 1))?.id).toBe(1);
  });

  it('everything is there after closing and opening again', async () => {
    const database = await under.freshDatabase();
    const first = await openAt(database);
    await first.transaction(async (tx) => {
      await tx.putOrders([anOrder(1)]);
      await tx.addDocuments([issued(aDocument(1))]);
      await tx.setCursor('main', 'orders', 'here', NOON);
    });
    await first.close();
    const second = await openAt(database);
    expect(await second.order('main', 1)).toEqual(anOrder(1));
    expect((await second.document('main/1/invoice'))?.document).toEqual(aDocument(1));
    expect(await second.cursor('main', 'orders')).toBe('here');
  });

  it('of two stores that read and then write the same order, neither overwrites unseen', async () => {
    const database = await under.freshDatabase();
    const stores = [await openAt(database), await openAt(database)];
    await stores[0]?.transaction((tx) => tx.putOrders([anOrder(1, { grossMinor: 0 })]));
    const addOne = (store: Store) =>
      store.transaction(async (tx) => {
        const order = await tx.order('main', 1);
        if (!order) throw new Error('gone');
        await tx.putOrders([{ ...order, grossMinor: order.grossMinor + 1 }]);
      });
    await Promise.all(stores.flatMap((store) => Array.from({ length: 10 }, () => addOne(store))));
    expect((await stores[0]?.order('main', 1))?.grossMinor).toBe(20);
  });

  it('a sequence has no gap and no repeat, whatever rolls back and whoever else draws', async () => {
    const database = await under.freshDatabase();
    const stores = [await openAt(database), await openAt(database)];
    const drawn: number[] = [];
    const draw = async (store: Store, fails: boolean) => {
      const attempt = store.transaction(async (tx) => {
        const number = await tx.nextInSequence('invoice/2026');
        if (fails) throw new Error('rolled back');
        return number;
      });
      await attempt
        .then((number) => drawn.push(number))
        .catch((error: Error) => {
          expect(error.message).toBe('rolled back');
        });
    };
    await Promise.all(
      stores.flatMap((store) => Array.from({ length: 12 }, (_, n) => draw(store, n % 3 === 0))),
    );
    expect(drawn.sort((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, n) => n + 1));
    const other = await stores[0]?.transaction((tx) => tx.nextInSequence('other'));
    expect(other).toBe(1);
  });

  it('a fresh database has no integrity problems', async () => {
    const store = await freshStore();
    await store.transaction((tx) => tx.putOrders([anOrder(1)]));
    expect(await store.integrityProblems()).toEqual([]);
  });

  it('a claim is one holder’s until it runs out, is released, or its holder is dead', async () => {
    const store = await freshStore();
    const ask = (holder: string, atMs: number, isDead?: (other: string) => boolean) =>
      store.acquireClaim({
        name: 'batch',
        holder,
        now: new Date(atMs).toISOString(),
        expiresAt: new Date(atMs + 1000).toISOString(),
        ...(isDead ? { isDead } : {}),
      });
    const start = epochMsOf(NOON);
    expect(await ask('a', start)).toEqual({ taken: true });
    expect(await ask('b', start + 999)).toEqual({ taken: false, holder: 'a', since: NOON });
    expect(await ask('a', start + 500)).toEqual({ taken: true });
    expect(await ask('b', start + 1499)).toEqual({ taken: false, holder: 'a', since: NOON });
    expect(await ask('b', start + 1499, (other) => other === 'c')).toMatchObject({ taken: false });
    expect(await ask('b', start + 1499, (other) => other === 'a')).toEqual({ taken: true });
    expect(await store.renewClaim('batch', 'a', NOON, NOON)).toBe(false);
    expect(await ask('c', start + 2499)).toEqual({ taken: true });
    await store.releaseClaim('batch', 'b');
    expect((await store.claims()).map((claim) => claim.holder)).toEqual(['c']);
    const later = new Date(start + 9000).toISOString();
    expect(await store.renewClaim('batch', 'c', later, NOON)).toBe(true);
    expect(await store.claims()).toEqual([
      { name: 'batch', holder: 'c', since: new Date(start + 2499).toISOString(), expiresAt: later },
    ]);
    await store.releaseClaim('batch', 'c');
    expect(await store.claims()).toEqual([]);
  });

  it('of many that ask for a claim at once, one gets it', async () => {
    const database = await under.freshDatabase();
    const stores = [await openAt(database), await openAt(database)];
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        stores[n % 2]?.acquireClaim({
          name: 'daemon',
          holder: `holder-${n}`,
          now: NOON,
          expiresAt: '2026-11-20T12:01:00.000Z',
        }),
      ),
    );
    expect(answers.filter((answer) => answer?.taken)).toHaveLength(1);
  });
}
