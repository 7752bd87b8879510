import type { Instant } from '../orders/time.js';
import type { ReadOptions } from '../woocommerce/shop-client.js';
import { type BackfillProgress, backfill, needsBackfill } from './backfill.js';
import { underClaim } from './claim.js';
import { cursorAfter, justBefore, moveCursor } from './cursor.js';
import { type Counts, CURSORS, count, type LegDeps, type LegShop, PAGE_SIZE } from './leg.js';
import { sweepRefunds } from './refund-sweep.js';
import { type RunReport, recordRun } from './run.js';
import { takeOrders } from './take-orders.js';
import { walk } from './walk.js';

export interface PollOptions {
  /** Of a first read, which can take long. */
  readonly onProgress?: (progress: BackfillProgress) => void;
}

export type PollReport =
  | { readonly state: 'busy'; readonly holder: string; readonly since: Instant }
  /** In the order in which they ran; the first that is not `done` is the last. */
  | { readonly state: RunReport['state']; readonly runs: readonly RunReport[] };

/**
 * One poll of a shop: what changed since the last, then the refunds made since the last; before the
 * first, everything since `since`. Trouble with the shop is an outcome; a failing store throws.
 */
export async function pollShop(
  deps: LegDeps,
  shop: LegShop,
  options: PollOptions,
  signal: AbortSignal,
): Promise<PollReport> {
  const claimed = await underClaim(deps, `poll:${shop.id}`, signal, (held) =>
    pollClaimed(deps, shop, options, held),
  );
  if (!claimed.taken) return { state: 'busy', holder: claimed.holder, since: claimed.since };
  return claimed.result;
}

async function pollClaimed(
  deps: LegDeps,
  shop: LegShop,
  { onProgress }: PollOptions,
  signal: AbortSignal,
): Promise<PollReport> {
  const runs: RunReport[] = [];
  const run = async (kind: RunReport['kind'], work: (counts: Counts) => Promise<void>) => {
    const report = await recordRun(deps, { kind, shop: shop.id }, signal, work);
    runs.push(report);
    return report.state === 'done';
  };
  const isDone =
    (!(await needsBackfill(deps, shop)) ||
      (await run('backfill', (counts) => backfill(deps, shop, counts, signal, onProgress)))) &&
    (await run('poll', (counts) => walkModified(deps, shop, counts, signal))) &&
    (await run('refund-sweep', (counts) => sweepRefunds(deps, shop, counts, signal)));
  return { state: isDone ? 'done' : (runs.at(-1)?.state ?? 'done'), runs };
}

/**
 * Everything modified after the cursor, ordered by id, in a window that is open at its end: one with
 * an end would lose an order that is saved meanwhile and so leaves it (recorded fact 7).
 */
async function walkModified(
  deps: LegDeps,
  shop: LegShop,
  counts: Counts,
  signal: AbortSignal,
): Promise<void> {
  const { client, store, clock } = deps;
  const read: ReadOptions = { source: 'poll', signal };
  const createdAfter = justBefore(shop.since);
  const modifiedAfter = (await store.cursor(shop.id, CURSORS.poll)) ?? createdAfter;
  const walked = await walk(
    {
      read: (place) => client.orders({ ...place, modifiedAfter, createdAfter }, read),
      idsOf: ({ orders, unreadable }) => [...orders, ...unreadable].map(({ orderId }) => orderId),
      async take(page) {
        count(counts, 'read', page.orders.length);
        await takeOrders(deps, page, read, counts);
      },
      again: () => count(counts, 'walkedAgain'),
    },
    { clock, pageSize: PAGE_SIZE, signal },
  );
  await moveCursor(deps, shop, CURSORS.poll, cursorAfter(walked));
}
