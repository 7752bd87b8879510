import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MIGRATIONS } from '../../../src/store/migrations/index.js';
import { migrateDatabase, openStore } from '../../../src/store/open-store.js';
import type { Store, StoreTransaction } from '../../../src/store/store.js';
import {
  aDocument,
  aHistoryEntry,
  anOrder,
  aQuarantineEntry,
  aRefund,
  issued,
  NOON,
} from './samples.js';
import type { DatabaseUnderTest } from './under-test.js';

const clock = { now: () => Date.parse('2026-11-20T14:51:59.000Z') };
const NEWEST = MIGRATIONS.length;
const upTo = (version: number) => MIGRATIONS.filter((step) => step.version <= version);

/** A row of each table of version 1. */
async function fill(tx: StoreTransaction): Promise<void> {
  await tx.putOrders([anOrder(7, { state: 'forwarded' }), anOrder(8)]);
  await tx.putRaw([{ shop: 'main', id: 7, raw: '{"id":7}' }]);
  await tx.addHistory([aHistoryEntry(7), aHistoryEntry(8)]);
  await tx.putRefunds([aRefund(9, 7)]);
  await tx.addDocuments([issued(aDocument(7))]);
  await tx.addPostings([{ documentKey: 'main/7/invoice', books: 'journal', at: NOON }]);
  await tx.setCursor('main', 'poll', NOON, NOON);
  await tx.addQuarantine(aQuarantineEntry());
  await tx.nextInSequence('invoice');
  await tx.addRun({ kind: 'poll', subject: 'main', localDate: null, startedAt: NOON });
  await tx.addStatement({ shop: 'main', from: NOON, to: NOON, madeAt: NOON, body: '{}' });
}

async function contentOf(store: Store): Promise<object> {
  return {
    orders: await store.orders('main', [7, 8]),
    raw: await store.rawOrder('main', 7),
    history: [await store.history('main', 7), await store.history('main', 8)],
    refunds: await store.refundsOf('main', 7),
    documents: await store.documentsOf('main', 7),
    postings: await store.listPostings({}, 10),
    cursor: await store.cursor('main', 'poll'),
    quarantine: await store.quarantine({}),
    runs: await store.runs({}, 10),
    statement: await store.latestStatement('main'),
    totals: await store.vatTotals('main', '2026-11-01', '2026-11-30'),
  };
}

/** What the first release left is taken to the newest version, and nothing of it is lost. */
export function upgradeTests(under: DatabaseUnderTest): void {
  describe(`from version 1 to ${NEWEST}`, () => {
    let database: string;
    let before: object;
    let copy: string | undefined;
    let store: Store;

    beforeAll(async () => {
      database = await under.freshDatabase();
      const old = await openStore({ database, clock, migrations: upTo(1) });
      await old.transaction(fill);
      before = await contentOf(old);
      await old.close();
      const done = await migrateDatabase({ database, clock });
      expect(done).toMatchObject({ from: 1, to: NEWEST });
      copy = done.copy;
      store = await openStore({ database, clock });
    });
    afterAll(() => store.close());

    it('is refused until it is migrated', async () => {
      const other = await under.freshDatabase();
      await (await openStore({ database: other, clock, migrations: upTo(1) })).close();
      const opening = openStore({ database: other, clock });
      await expect(opening).rejects.toMatchObject({ kind: 'older' });
    });

    it('everything is kept', async () => {
      expect(await contentOf(store)).toEqual(before);
      expect(await store.integrityProblems()).toEqual([]);
    });

    it('what is frozen stays frozen, and sequences go on', async () => {
      const tampering = under.tamper(database, `update documents set number = 'x'`);
      await expect(tampering).rejects.toThrow('documents');
      expect(await store.transaction((tx) => tx.nextInSequence('invoice'))).toBe(2);
    });

    it('nudges and alerts can be kept', async () => {
      const nudge = { shop: 'main', orderId: 7, topic: 'order.updated' };
      await store.transaction((tx) => tx.addNudges([{ ...nudge, receivedAt: NOON, dueAt: NOON }]));
      expect(await store.dueNudges('main', NOON, 10)).toMatchObject([nudge]);
      expect(await store.openAlerts()).toEqual([]);
    });

    // A PostgreSQL database is copied by its own tools.
    if (under.kind === 'sqlite') {
      it('the file before is kept aside, as it was', async () => {
        expect(copy).toBe(`${database}.v1-20261120T145159Z`);
        const aside = await openStore({ database: copy ?? '', clock, migrations: upTo(1) });
        try {
          expect(await contentOf(aside)).toEqual(before);
        } finally {
          await aside.close();
        }
      });
    }
  });
}
