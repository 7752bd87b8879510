import { epochMsOf, type Instant, instantOf } from '../orders/time.js';
import { giveMemoryBack } from '../runtime/give-memory-back.js';
import type { OrdersQuery, ReadOptions } from '../woocommerce/shop-client.js';
import {
  type BackfillPlan,
  FIRST_WINDOW_MS,
  nextWidthMs,
  remainingPlan,
  SHORTEST_WINDOW_MS,
  windowEnd,
} from './backfill-plan.js';
import { cursorAfter, justBefore } from './cursor.js';
import { type Counts, CURSORS, count, type LegDeps, type LegShop, PAGE_SIZE } from './leg.js';
import { takeOrders } from './take-orders.js';
import { RestlessListError, walk } from './walk.js';

/** How many orders of how many; the total is what the shop said at the start, if it did. */
export interface BackfillProgress {
  readonly done: number;
  readonly total: number | null;
}

export async function needsBackfill(deps: LegDeps, shop: LegShop): Promise<boolean> {
  const stored = await storedPlan(deps, shop);
  return remainingPlan(stored, shop.since, () => instantOf(deps.clock.now())) !== undefined;
}

/**
 * The first read: everything created since `since`, window by window of creation date. Each window
 * that is walked completely is noted, so that a first read that is cut off goes on there. Polls then
 * begin at the shop's clock at its start, less the overlap.
 */
export async function backfill(
  deps: LegDeps,
  shop: LegShop,
  counts: Counts,
  signal: AbortSignal,
  onProgress: (progress: BackfillProgress) => void = () => {},
): Promise<void> {
  for (;;) {
    const stored = await storedPlan(deps, shop);
    const size = await sizeUp(deps, stored?.next ?? shop.since, signal);
    const plan = remainingPlan(stored, shop.since, () => wholeSecond(size.shopNowMs));
    if (!plan) return;
    if (!stored) await keepPlan(deps, shop, plan);
    await readWindows(deps, shop, plan, counts, signal, (done) =>
      onProgress({ done, total: size.total }),
    );
    giveMemoryBack();
  }
}

/** How many orders there are to read, and the shop's clock before anything is read. */
async function sizeUp({ client, clock }: LegDeps, from: Instant, signal: AbortSignal) {
  const askedAtMs = clock.now();
  const { total, shopNowMs } = await client.summaries(
    { createdAfter: justBefore(from), page: 1, perPage: 1 },
    { source: 'poll', signal },
  );
  return { total, shopNowMs: shopNowMs - (clock.now() - askedAtMs) };
}

async function readWindows(
  deps: LegDeps,
  shop: LegShop,
  start: BackfillPlan,
  counts: Counts,
  signal: AbortSignal,
  onDone: (done: number) => void,
): Promise<void> {
  // Orders can be dated ahead: without an end, the last window of the first read has them too.
  const isFirst = (await deps.store.cursor(shop.id, CURSORS.poll)) === undefined;
  let plan = start;
  let widthMs = FIRST_WINDOW_MS;
  let done = 0;
  while (plan.next < plan.until) {
    const to = windowEnd(plan, widthMs);
    const window = {
      createdAfter: justBefore(plan.next),
      ...(isFirst && to === plan.until ? {} : { createdBefore: to }),
    };
    const found = await readWindow(deps, window, counts, signal, (inWindow) =>
      onDone(done + inWindow),
    );
    if (found === undefined) {
      if (widthMs <= SHORTEST_WINDOW_MS) throw new RestlessListError(RESTLESS);
      widthMs = Math.max(widthMs / 2, SHORTEST_WINDOW_MS);
      continue;
    }
    done += found;
    onDone(done);
    widthMs = nextWidthMs(widthMs, found);
    plan = { ...plan, next: to };
    await keepPlan(deps, shop, plan);
  }
}

const RESTLESS = 'orders are taken out of the shop faster than an hour of them can be read';

/** How many orders the window holds; undefined where they would not hold still. */
async function readWindow(
  deps: LegDeps,
  window: Pick<OrdersQuery, 'createdAfter' | 'createdBefore'>,
  counts: Counts,
  signal: AbortSignal,
  onDone: (done: number) => void,
): Promise<number | undefined> {
  const read: ReadOptions = { source: 'poll', signal };
  let done = 0;
  try {
    const { items } = await walk(
      {
        read: (place) => deps.client.orders({ ...place, ...window }, read),
        idsOf: ({ orders, unreadable }) => [...orders, ...unreadable].map(({ orderId }) => orderId),
        async take(page) {
          count(counts, 'read', page.orders.length);
          await takeOrders(deps, page, read, counts);
          done += page.orders.length;
          onDone(done);
        },
        again() {
          count(counts, 'walkedAgain');
          done = 0;
        },
      },
      { clock: deps.clock, pageSize: PAGE_SIZE, signal },
    );
    return items;
  } catch (error) {
    if (error instanceof RestlessListError) return undefined;
    throw error;
  }
}

async function storedPlan({ store }: LegDeps, shop: LegShop): Promise<BackfillPlan | undefined> {
  const text = await store.cursor(shop.id, CURSORS.backfill);
  return text === undefined ? undefined : JSON.parse(text);
}

/** With its last window the polls begin; where they have begun already they go on where they are. */
async function keepPlan({ store, clock }: LegDeps, shop: LegShop, plan: BackfillPlan) {
  const now = instantOf(clock.now());
  await store.transaction(async (tx) => {
    await tx.setCursor(shop.id, CURSORS.backfill, JSON.stringify(plan), now);
    if (plan.next < plan.until) return;
    const begin = cursorAfter({ shopStartMs: epochMsOf(plan.until) });
    for (const name of [CURSORS.poll, CURSORS.refunds]) {
      if ((await tx.cursor(shop.id, name)) === undefined)
        await tx.setCursor(shop.id, name, begin, now);
    }
  });
}

function wholeSecond(epochMs: number): Instant {
  return instantOf(Math.floor(epochMs / 1000) * 1000);
}
