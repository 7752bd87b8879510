import { statfs } from 'node:fs/promises';
import { z } from 'zod';
import { type Clock, epochMsOf, instantOf } from '../orders/time.js';
import { type BatchSchedule, dueBatchDate } from '../runtime/batch-date.js';
import type { QuarantineEntry, StoredPosting, StoredRun, StoreReads } from '../store/store.js';
import type {
  BatchFacts,
  BooksFacts,
  DiskSpace,
  Facts,
  LegFacts,
  ShopFacts,
  Some,
  StatementFact,
  SubscriptionFact,
} from './facts.js';
import { BATCH_GRACE_MS, MOST_LISTED } from './findings.js';

/** What a look at everything reads. */
export interface Sources {
  readonly store: Pick<
    StoreReads,
    | 'orderIds'
    | 'orders'
    | 'quarantine'
    | 'runs'
    | 'latestStatement'
    | 'listPostings'
    | 'subscriptions'
  >;
  readonly clock: Clock;
  /** When this process began its work, in milliseconds since the epoch. */
  readonly atWorkSinceMs: number;
  readonly shops: readonly string[];
  readonly books: readonly BooksSource[];
  readonly schedule: BatchSchedule;
  /** Whether an entry of the quarantine needs nobody: the poll that follows it closes it. */
  readonly closesByItself: (entry: QuarantineEntry) => boolean;
  /** The folder of a SQLite file; absent for PostgreSQL, whose disk we cannot see. */
  readonly databaseFolder?: string;
}

export interface BooksSource {
  readonly id: string;
  /** Undefined where they are not paused. */
  readonly pause: () => Promise<{ readonly since: string; readonly reason: string } | undefined>;
}

const MINUTE_MS = 60_000;
const EXPIRES_WITHIN_MS = 2 * 24 * 60 * MINUTE_MS;
/** No look reads more than this of anything, however much there is. */
const MOST_COUNTED = 1000;
const MOST_ROWS = 100;
const RECENT_RUNS = 10;
const RECENT_BATCHES = 50;
/** Looking up settles most in minutes; only then it is worth telling. */
const UNCERTAIN_FOR_MS = 15 * MINUTE_MS;
const LEGS = ['poll', 'backfill', 'refund-sweep'] as const;

/** A bounded number of bounded reads. Throws where the store cannot be read. */
export async function readFacts(sources: Sources): Promise<Facts> {
  const shops: ShopFacts[] = [];
  for (const shop of sources.shops) shops.push(await shopFacts(sources, shop));
  const books: BooksFacts[] = [];
  for (const source of sources.books) books.push(await booksFacts(sources, source));
  const subscriptions = await disabledSubscriptions(sources);
  const disk = await diskSpace(sources.databaseFolder);
  const { atWorkSinceMs, clock } = sources;
  return {
    nowMs: clock.now(),
    atWorkSinceMs,
    shops,
    books,
    subscriptions,
    ...(disk ? { disk } : {}),
  };
}

async function shopFacts(sources: Sources, shop: string): Promise<ShopFacts> {
  const { store, clock } = sources;
  const expiringBy = instantOf(clock.now() + EXPIRES_WITHIN_MS);
  const runs = await Promise.all(
    LEGS.map((kind) => store.runs({ kind, subject: shop }, RECENT_RUNS)),
  );
  const statement = await statementFact(sources, shop);
  return {
    shop,
    expiring: await someOrders(sources, shop, { states: ['parked'], expiringBy }),
    blocked: await someOrders(sources, shop, { states: ['blocked'] }),
    quarantine: await quarantined(sources, shop),
    legs: LEGS.map((leg, index) => legFacts(leg, runs[index] ?? [])),
    batch: await batchFacts(sources, shop),
    ...(statement ? { statement } : {}),
  };
}

async function someOrders(
  { store }: Sources,
  shop: string,
  which: { states: readonly ('parked' | 'blocked')[]; expiringBy?: string },
): Promise<ShopFacts['blocked']> {
  const ids = await store.orderIds({ shop, ...which, afterId: 0, limit: MOST_COUNTED + 1 });
  const orders = await store.orders(shop, ids.slice(0, MOST_LISTED));
  const some = orders.map(({ number, reason }) => ({ number, reason }));
  return { ...counted(ids.length, MOST_COUNTED), some };
}

async function quarantined(
  { store, closesByItself }: Sources,
  shop: string,
): Promise<ShopFacts['quarantine']> {
  const entries = await store.quarantine({ shop, open: true, limit: MOST_ROWS + 1 });
  const news = entries.filter((entry) => !closesByItself(entry));
  const some = news.slice(0, MOST_LISTED).map(({ orderId, reason }) => ({ orderId, reason }));
  return { ...counted(news.length, MOST_ROWS), some };
}

function legFacts(leg: string, runs: readonly StoredRun[]): LegFacts {
  const ends = runs.flatMap(({ state, startedAt, endedAt, error }) =>
    endedAt !== null && (state === 'done' || state === 'failed')
      ? [{ isDone: state === 'done', startedAt, endedAt, error: error ?? '' }]
      : [],
  );
  return { leg, ends };
}

async function batchFacts({ store, clock, schedule }: Sources, shop: string): Promise<BatchFacts> {
  const batches = await store.runs({ kind: 'batch', subject: shop, state: 'done' }, RECENT_BATCHES);
  const lastDone = batches
    .flatMap(({ localDate }) => localDate ?? [])
    .sort()
    .at(-1);
  const missed = dueBatchDate(clock.now() - BATCH_GRACE_MS, schedule, lastDone);
  if (missed === null) return { missed, error: '', isPossible: true };
  const failed = await store.runs({ kind: 'batch', subject: shop, localDate: missed }, 1);
  const polled = await store.runs({ kind: 'poll', subject: shop, state: 'done' }, 1);
  return { missed, error: failed[0]?.error ?? '', isPossible: polled.length > 0 };
}

/** The part of a statement that is told; it is kept as JSON. */
const statementBody = z.object({
  difference: z.object({
    count: z.number(),
    orders: z.array(z.object({ orderId: z.number().nullable(), what: z.string() })),
  }),
});

async function statementFact({ store }: Sources, shop: string): Promise<StatementFact | undefined> {
  const stored = await store.latestStatement(shop);
  if (!stored) return undefined;
  const body = statementBody.safeParse(JSON.parse(stored.body));
  if (!body.success) return undefined;
  const { count, orders } = body.data.difference;
  return { madeAt: stored.madeAt, count, orders };
}

async function booksFacts(
  { store, clock }: Sources,
  { id, pause }: BooksSource,
): Promise<BooksFacts> {
  const read = (state: 'rejected' | 'uncertain') =>
    store.listPostings({ books: id, states: [state] }, MOST_ROWS + 1);
  const uncertain = (await read('uncertain')).filter((posting) => isStuck(posting, clock.now()));
  const paused = await pause();
  return {
    books: id,
    rejected: somePostings(await read('rejected')),
    uncertain: somePostings(uncertain),
    ...(paused ? { pause: { since: paused.since, reason: paused.reason } } : {}),
  };
}

/** Its look-ups wait twice as long each time; one that waits long, or for nothing, needs a person. */
function isStuck({ dueAt, updatedAt }: StoredPosting, nowMs: number): boolean {
  if (dueAt === null) return true;
  const sinceMs = Math.max(nowMs, epochMsOf(dueAt)) - epochMsOf(updatedAt);
  return sinceMs >= UNCERTAIN_FOR_MS;
}

function somePostings(postings: readonly StoredPosting[]): BooksFacts['rejected'] {
  const some = postings
    .slice(0, MOST_LISTED)
    .map(({ documentKey, reason }) => ({ documentKey, reason }));
  return { ...counted(postings.length, MOST_ROWS), some };
}

async function disabledSubscriptions({ store }: Sources): Promise<SubscriptionFact[]> {
  const all = await store.subscriptions();
  return all.flatMap(({ id, url, description, enabled, disabledReason: reason }) =>
    enabled || reason === null ? [] : [{ id, description, host: new URL(url).host, reason }],
  );
}

function counted(found: number, most: number): Omit<Some<never>, 'some'> {
  return { count: Math.min(found, most), isMore: found > most };
}

async function diskSpace(folder: string | undefined): Promise<DiskSpace | undefined> {
  if (folder === undefined) return undefined;
  try {
    const { bavail, blocks, bsize } = await statfs(folder);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  } catch {
    return undefined;
  }
}
