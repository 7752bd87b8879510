import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CompiledQuery } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { anOrder } from '../../../tests/conformance/store/samples.js';
import { MIGRATIONS } from '../migrations/index.js';
import { transactionOn } from '../sql/writes.js';
import type { StoreTransaction } from '../store.js';
import { SqliteConnection } from './connection.js';
import { kyselyOver } from './dialect.js';
import { openConnection } from './open-connection.js';
import { sqliteTarget } from './schema-target.js';

/** Notes the plan of every statement before it runs. */
class Explaining extends SqliteConnection {
  readonly plan: string[] = [];
  override executeQuery<R>(query: CompiledQuery) {
    const rows = this.native
      .prepare<unknown[], { detail: string }>(`explain query plan ${query.sql}`)
      .all(...query.parameters);
    this.plan.push(...rows.map((row) => row.detail));
    return super.executeQuery<R>(query);
  }
}

let folder: string;
let connection: Explaining;
let tx: StoreTransaction;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'orderpark-plans-'));
  const waiting = { random: () => 0, timeoutMs: 0 };
  const database = join(folder, 'plans.db');
  const { native, path } = await openConnection({ database, waiting, whenEmpty: 'create' });
  connection = new Explaining(native, path, waiting);
  await sqliteTarget(connection).apply(MIGRATIONS);
  tx = transactionOn({ kind: 'sqlite', db: kyselyOver(connection) });
});
afterAll(() => {
  connection.close();
  rmSync(folder, { recursive: true, force: true });
});

const AT = '2026-11-20T12:00:00.000Z';
const PAGE = { limit: 10, after: { at: AT, id: 'main/1' } };
const WALK = { shop: 'main', afterId: 1, limit: 10 };
const PERIOD = { ...WALK, from: AT, to: AT };
const NAMELESS = { shop: 'main', open: true, nameless: true } as const;
const CLAIM = { books: 'b', limit: 10, holder: 'h', now: AT, expiresAt: AT };

const ATTEMPTS = { limit: 10, after: { at: AT, id: '7' } };
const SUBSCRIBED = { subscriptionId: 'sub_1' };
const MOVE = {
  ...SUBSCRIBED,
  eventId: 'evt_1',
  attempts: 0,
  to: 'waiting',
  dueAt: AT,
  firstTriedAt: AT,
  now: AT,
} as const;

const DAY = { date: '2026-11-20', from: AT, to: AT };
const BEFORE = { updatedAt: AT, documentKey: 'main/1/invoice', books: 'b' };

type Query = (on: StoreTransaction) => Promise<unknown>;

const QUERIES: Readonly<Record<string, Query>> = {
  orders: (on) => on.orders('main', [1, 2]),
  findOrders: (on) => on.findOrders('7'),
  'listOrders of all': (on) => on.listOrders({}, PAGE),
  'listOrders of a shop': (on) => on.listOrders({ shop: 'main' }, PAGE),
  'listOrders of a state': (on) => on.listOrders({ shop: 'main', states: ['parked'] }, PAGE),
  'listOrders of a status': (on) =>
    on.listOrders({ shop: 'main', states: ['parked', 'blocked'], status: 'x', from: AT }, PAGE),
  'listOrders changed': (on) => on.listOrders({ shop: 'main', changed: true }, PAGE),
  'countOrders of a state': (on) => on.countOrders({ states: ['parked'] }, 100),
  'countOrders changed': (on) => on.countOrders({ states: ['forwarded'], changed: true }, 100),
  'orderIds of a state': (on) => on.orderIds({ ...WALK, states: ['parked'] }),
  rawOrder: (on) => on.rawOrder('main', 1),
  history: (on) => on.history('main', 1),
  refundsOf: (on) => on.refundsOf('main', 1),
  document: (on) => on.document('main/1/invoice'),
  documentsByNumber: (on) => on.documentsByNumber('7'),
  takenNumbers: (on) => on.takenNumbers('main', ['7']),
  documentsOf: (on) => on.documentsOf('main', 1),
  'listDocuments of all': (on) => on.listDocuments({}, PAGE),
  'listDocuments of a shop': (on) => on.listDocuments({ shop: 'main', from: '2026-01-01' }, PAGE),
  'listDocuments of a kind': (on) =>
    on.listDocuments({ shop: 'main', kind: 'credit-note', from: '2026-01-01' }, PAGE),
  bookedPerDay: (on) => on.bookedPerDay('b', [DAY]),
  'listOrders by amount': (on) =>
    on.listOrders({ shop: 'main', states: ['parked'] }, { ...PAGE, sort: 'since' }),
  searchOrders: (on) => on.searchOrders('sam smith', { states: ['parked'] }, PAGE),
  allTotals: (on) => on.allTotals('main'),
  'listPostings of all': (on) => on.listPostings({}, 10),
  'listPostings, a later page': (on) => on.listPostings({ books: 'b', before: BEFORE }, 10),
  'listPostings of a state': (on) => on.listPostings({ books: 'b', states: ['rejected'] }, 10),
  postingsOf: (on) => on.postingsOf(['main/1/invoice']),
  postingCounts: (on) => on.postingCounts('b'),
  nextPostingDue: (on) => on.nextPostingDue('b'),
  'nextPostingDue of those queued by': (on) => on.nextPostingDue('b', AT),
  claimPostings: (on) => on.claimPostings(CLAIM),
  duePostings: (on) => on.duePostings({ ...CLAIM, documentKeys: ['main/1/invoice'] }),
  'claimPostings queued by': (on) => on.claimPostings({ ...CLAIM, queuedBy: AT }),
  uncertainPostings: (on) => on.uncertainPostings('b', AT, 10),
  sendingPostings: (on) => on.sendingPostings('b'),
  dueNudges: (on) => on.dueNudges('main', AT, 10),
  nudgesOf: (on) => on.nudgesOf('main', 1, 3),
  nudgeBacklog: (on) => on.nudgeBacklog('main'),
  doneNudges: (on) => on.doneNudges('main', 100),
  lastNudgeAt: (on) => on.lastNudgeAt('main'),
  finishNudges: (on) => on.finishNudges([1], { outcome: 'taken', detail: '', now: AT }),
  postponeNudges: (on) => on.postponeNudges([1], { dueAt: AT, detail: '', isAttempt: true }),
  forgetNudges: (on) => on.forgetNudges(AT),
  cursor: (on) => on.cursor('main', 'orders'),
  'quarantine that is open': (on) => on.quarantine({ open: true }),
  'quarantine of a shop that is open': (on) => on.quarantine({ shop: 'main', open: true }),
  'quarantine of a shop that is open and names no order': (on) => on.quarantine(NAMELESS),
  closeQuarantine: (on) => on.closeQuarantine([1, 2], AT),
  resolveQuarantine: (on) => on.resolveQuarantine('main', [1], AT),
  'runs of a subject': (on) => on.runs({ kind: 'poll', subject: 'main' }, 10),
  'runs that are running': (on) => on.runs({ state: 'running' }, 10),
  'runs of all': (on) => on.runs({}, 10),
  'runs of all, a later page': (on) => on.runs({ before: { at: AT, id: 1 } }, 10),
  'runs of a subject, a later page': (on) =>
    on.runs({ kind: 'poll', subject: 'main', before: { at: AT, id: 1 } }, 10),
  'nudges of all': (on) => on.nudges({ before: { at: AT, id: 1 } }, 10),
  'nudges of a shop': (on) => on.nudges({ shop: 'main', before: { at: AT, id: 1 } }, 10),
  'quarantine, a later page': (on) => on.quarantine({ before: 9, limit: 10 }),
  'one entry of the quarantine': (on) => on.quarantine({ id: 1 }),
  session: (on) => on.session('hash'),
  removeSession: (on) => on.removeSession('hash'),
  forgetSessions: (on) => on.forgetSessions(AT),
  'audit of all': (on) => on.audit({ before: 9 }, 10),
  'audit of a target': (on) => on.audit({ target: 'main/1', before: 9 }, 10),
  ruleCounts: (on) => on.ruleCounts(AT),
  taxCounts: (on) => on.taxCounts('main', '2026-01-01'),
  marker: (on) => on.marker(['b']),
  takeIdempotencyKey: (on) =>
    on.takeIdempotencyKey({ principal: 'p', key: 'k', request: 'r', expiresAt: AT }, AT),
  keepAnswer: (on) => on.keepAnswer({ principal: 'p', key: 'k' }, '{}', AT),
  latestStatement: (on) => on.latestStatement('main'),
  orderFigures: (on) => on.orderFigures(PERIOD),
  vatTotals: (on) => on.vatTotals('main', '2026-01-01', '2026-01-31'),
  stateTotals: (on) => on.stateTotals('main', AT, AT),
  run: (on) => on.run(1),
  subscriptions: (on) => on.subscriptions(),
  listeners: (on) => on.listeners(),
  dispatchesDue: (on) => on.dispatchesDue(),
  dueDispatches: (on) => on.dueDispatches('sub_1', AT, 1),
  dispatch: (on) => on.dispatch('sub_1', 'evt_1'),
  dispatchCounts: (on) => on.dispatchCounts(),
  'attempts of a subscription': (on) => on.attempts({ subscriptionId: 'sub_1' }, ATTEMPTS),
  'attempts that failed': (on) => on.attempts({ subscriptionId: 'sub_1', failed: true }, ATTEMPTS),
  removeSubscription: (on) => on.removeSubscription('sub_1'),
  moveDispatch: (on) => on.moveDispatch(MOVE),
  'retryDispatches of one': (on) => on.retryDispatches({ ...SUBSCRIBED, eventId: 'evt_1' }, AT),
  'retryDispatches of all': (on) => on.retryDispatches(SUBSCRIBED, AT),
  pruneOutbound: (on) => on.pruneOutbound(AT, 1000),
};

/** Steps over what the query itself made (a page, a list of ids), or over an index in order. */
const HARMLESS = /^SCAN (json_each|b\d+|found|CONSTANT|\(|.* USING )|^SCAN \d+ CONSTANT/;

it.each(Object.entries(QUERIES))('%s reads no table from end to end', async (_name, query) => {
  connection.plan.length = 0;
  await query(tx);
  expect(connection.plan).not.toEqual([]);
  const scans = connection.plan.filter((step) => step.startsWith('SCAN') && !HARMLESS.test(step));
  expect(scans).toEqual([]);
});

it.each([
  'orders',
  'listOrders of a shop',
  'listOrders of a state',
  'listOrders of a status',
  'listOrders changed',
  'listDocuments of all',
  'listDocuments of a shop',
  'listDocuments of a kind',
  'claimPostings',
  'duePostings',
  'claimPostings queued by',
  'uncertainPostings',
  'dueNudges',
  'nudgesOf',
  'runs of a subject',
  'runs of all',
  'runs of all, a later page',
  'runs of a subject, a later page',
  'nudges of all',
  'nudges of a shop',
  'quarantine, a later page',
  'audit of all',
  'audit of a target',
  'quarantine that is open',
  'subscriptions',
  'listeners',
  'dispatchesDue',
  'dueDispatches',
  'attempts of a subscription',
  'attempts that failed',
])('%s comes from an index in its order', async (name) => {
  connection.plan.length = 0;
  await QUERIES[name]?.(tx);
  // What merges the parts of a list sorts a page of each, which has the page's size.
  const sorts = connection.plan.filter(
    (step, index, steps) =>
      step.includes('TEMP B-TREE') && !/^SCAN (b\d+|found)$/.test(steps[index - 1] ?? ''),
  );
  expect(sorts).toEqual([]);
});

it('totals are answered from their index alone', async () => {
  connection.plan.length = 0;
  await tx.stateTotals('main', AT, AT);
  expect(connection.plan.join()).toContain('COVERING INDEX orders_state');
});

it('what waits for a later moment is not stepped over', async () => {
  connection.plan.length = 0;
  await tx.nextPostingDue('b', AT);
  expect(connection.plan.join()).toMatch(/INDEX postings_queued .*queued_at</);
});

it('what was booked is added up from its index alone', async () => {
  connection.plan.length = 0;
  await tx.bookedPerDay('b', [DAY]);
  expect(connection.plan.join()).toContain('COVERING INDEX postings_booked');
});

it.each([
  ['since', 'orders_since'],
  ['amount', 'orders_amount'],
  ['number', 'orders_by_number'],
  ['expires', 'orders_expiry'],
] as const)(
  'orders sorted by %s come from their index, which is read no further than the page',
  async (sort, index) => {
    await tx.putOrders([anOrder(1, { expiresAt: AT })]);
    const place = { at: sort === 'amount' ? 'EUR 9' : AT, id: 'main/1' };
    for (const ascending of [true, false]) {
      connection.plan.length = 0;
      await tx.listOrders({}, { limit: 10, sort, ascending, after: place });
      const plan = connection.plan.join('\n');
      expect(plan).toMatch(new RegExp(`SEARCH orders USING COVERING INDEX ${index} \\(.*[<>]`));
    }
  },
);

it('a search reads the words that begin so, and no others', async () => {
  await tx.putOrders([anOrder(1)]);
  connection.plan.length = 0;
  await tx.searchOrders('smi', { shop: 'main', states: ['parked'] }, PAGE);
  expect(connection.plan.join('\n')).toMatch(
    /SEARCH order_words USING PRIMARY KEY .*word>.* word</,
  );
});

it('what is open of a shop’s quarantine is found without stepping over what was resolved', async () => {
  connection.plan.length = 0;
  await tx.quarantine({ shop: 'main', open: true });
  expect(connection.plan.join()).toContain('quarantine_unresolved');
});

it('what names no order is found without stepping over the orders in quarantine', async () => {
  connection.plan.length = 0;
  await tx.quarantine(NAMELESS);
  expect(connection.plan.join()).toContain('quarantine_open');
});

it('the backlog is counted without stepping over what was done', async () => {
  connection.plan.length = 0;
  await tx.nudgeBacklog('main');
  expect(connection.plan.join()).toContain('nudges_open');
});

it.each([
  ['runs_state', { state: 'failed', kind: 'poll', subject: 'main' }],
  ['runs_kind', { kind: 'batch' }],
  ['runs_of', { subject: 'main' }],
] as const)('%s answers what runs are asked by', async (index, filter) => {
  connection.plan.length = 0;
  await tx.runs(filter, 10);
  expect(connection.plan.join()).toContain(`USING INDEX ${index} (`);
});

it('the orders of each rule are counted from an index alone', async () => {
  connection.plan.length = 0;
  await tx.ruleCounts(AT);
  expect(connection.plan.join()).toContain('COVERING INDEX orders_rules');
});

it('what waits and what failed is found without stepping over what was delivered', async () => {
  for (const name of ['dispatchesDue', 'dueDispatches', 'dispatchCounts']) {
    connection.plan.length = 0;
    await QUERIES[name]?.(tx);
    expect(connection.plan.join(), name).toContain('dispatches_waiting');
  }
  connection.plan.length = 0;
  await QUERIES['attempts that failed']?.(tx);
  expect(connection.plan.join()).toContain('attempts_failed');
});
