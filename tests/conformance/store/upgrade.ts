import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MIGRATIONS } from '../../../src/store/migrations/index.js';
import { migrateDatabase, openStore } from '../../../src/store/open-store.js';
import type { Store, StoreTransaction } from '../../../src/store/store.js';
import { aDocument, aHistoryEntry, aQuarantineEntry, aRefund, issued, NOON } from './samples.js';
import type { DatabaseUnderTest } from './under-test.js';

const clock = { now: () => Date.parse('2026-11-20T14:51:59.000Z') };
const NEWEST = MIGRATIONS.length;
const upTo = (version: number) => MIGRATIONS.filter((step) => step.version <= version);

/** As version 1 wrote them, which knew fewer columns. */
const ORDERS = ['forwarded', 'parked'].map(
  (state, n) => `insert into orders (shop, id, number, status, currency, minor_units, gross_minor,
      tax_minor, customer, created_at, modified_at, content_hash, read_at, source, state, state_since,
      reason, rule, changes, changed, active_at)
    values ('main', ${7 + n}, '${7 + n}', 'on-hold', 'EUR', 2, 12100, 2100, 'Zoë Smith', '${NOON}',
      '${NOON}', 'hash', '${NOON}', 'poll', '${state}', '${NOON}', 'x', 'default', '[]', 0, '${NOON}')`,
);
const BOOKED = `update postings set state = 'booked', updated_at = '2026-11-20T12:01:30.000Z'`;

/** A row of each other table of version 1. */
async function fill(tx: StoreTransaction): Promise<void> {
  await tx.putRaw([
    { shop: 'main', id: 7, raw: '{"id":7,"billing":{"email":"Sam@Example.org","phone":""}}' },
    { shop: 'main', id: 8, raw: '{"id":8,' },
  ]);
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
      for (const order of ORDERS) await under.tamper(database, order);
      await old.transaction(fill);
      await under.tamper(database, BOOKED);
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
      const kept = { status: 'on-hold', grossMinor: 12100, customer: 'Zoë Smith', createdAt: NOON };
      expect(await store.orders('main', [7, 8])).toMatchObject([
        { id: 7, state: 'forwarded', ...kept },
        { id: 8, state: 'parked', ...kept },
      ]);
      expect(await contentOf(store)).toEqual(before);
      expect(await store.integrityProblems()).toEqual([]);
    });

    it('what was stored before can be searched, is counted, and is in the figures of its day', async () => {
      for (const text of ['zoe', 'sam@ex', 'smi']) {
        const { orders } = await store.searchOrders(text, {}, { limit: 10 });
        expect(orders.map(({ id }) => id).at(-1), text).toBe(7);
      }
      expect(await store.allTotals('main')).toEqual([
        { state: 'forwarded', currency: 'EUR', count: 1, grossMinor: 12100 },
        { state: 'parked', currency: 'EUR', count: 1, grossMinor: 12100 },
      ]);
      expect(await store.postingCounts('journal')).toMatchObject({ booked: 1, queued: 0 });
      const day = { date: '2026-11-20', from: NOON, to: '2026-11-21T12:00:00.000Z' };
      expect(await store.bookedPerDay('journal', [day])).toEqual([
        {
          ...{ date: '2026-11-20', currency: 'EUR', documents: 1, grossMinor: 12100 },
          ...{ lagMs: 90_000, longestLagMs: 90_000 },
        },
      ]);
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

    it('outbound webhooks can be kept', async () => {
      const event = { id: 'evt_1', type: 'order.parked', at: NOON, body: '{}' };
      await store.transaction((tx) => tx.addEvents([{ ...event, to: ['sub_1'] }]));
      expect(await store.dispatch('sub_1', 'evt_1')).toMatchObject({ event });
      expect(await store.subscriptions()).toEqual([]);
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
