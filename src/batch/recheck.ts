import { type Instant, instantOf } from '../orders/time.js';
import { type Counts, count, type LegShop, PAGE_SIZE } from '../poller/leg.js';
import { readOrders } from '../poller/read-orders.js';
import type { OrderIdsQuery, StoredOrder } from '../store/store.js';
import type { BatchDeps } from './settings.js';

/** Reads every parked order, 100 a request; those whose window ends tonight a last time. */
export async function recheckParked(
  deps: BatchDeps,
  shop: LegShop,
  counts: Counts,
  signal: AbortSignal,
): Promise<void> {
  const query = { shop: shop.id, states: ['parked'] } as const;
  await eachPage(deps, query, signal, async (ids) => {
    count(counts, 'parked', ids.length);
    await readOrders(deps, ids, { source: 'batch', signal }, counts);
  });
}

/**
 * Reads the orders of the window that are settled, for what moves no date and fires no webhook: a
 * line taken off, a refund deleted, an order trashed for good. Intake compares by content.
 */
export async function recheckBooked(
  deps: BatchDeps,
  shop: LegShop,
  from: Instant,
  counts: Counts,
  signal: AbortSignal,
): Promise<void> {
  const query: Omit<OrderIdsQuery, 'afterId' | 'limit'> = {
    shop: shop.id,
    states: ['forwarded', 'blocked', 'ignored'],
    since: from,
  };
  await eachPage(deps, query, signal, async (ids) => {
    const orders = await deps.store.orders(shop.id, ids);
    const wanted = orders.filter((order) => isOfWindow(order, from)).map(({ id }) => id);
    count(counts, 'compared', wanted.length);
    await readOrders(deps, wanted, { source: 'batch', signal }, counts);
  });
}

/** By its own dates: after a first read of years every order is new to us, and few are new. */
function isOfWindow({ createdAt, modifiedAt, decision }: StoredOrder, from: Instant): boolean {
  return createdAt >= from || modifiedAt >= from || decision !== null;
}

/** Parked orders past the look-back; answers the ids of those that expired. */
export async function expireParked(
  deps: BatchDeps,
  shop: LegShop,
  counts: Counts,
  signal: AbortSignal,
): Promise<readonly number[]> {
  const expired: number[] = [];
  const query: Omit<OrderIdsQuery, 'afterId' | 'limit'> = {
    shop: shop.id,
    states: ['parked'],
    expiringBy: instantOf(deps.clock.now()),
  };
  await eachPage(deps, query, signal, async (ids) => {
    const orders = await deps.intake.expire(shop.id, ids);
    expired.push(...orders.map(({ id }) => id));
  });
  count(counts, 'expired', expired.length);
  return expired;
}

/** By ascending id, so that orders which change state on the way neither stop nor repeat it. */
async function eachPage(
  { store }: BatchDeps,
  query: Omit<OrderIdsQuery, 'afterId' | 'limit'>,
  signal: AbortSignal,
  work: (ids: readonly number[]) => Promise<void>,
): Promise<void> {
  let afterId = 0;
  for (;;) {
    signal.throwIfAborted();
    const ids = await store.orderIds({ ...query, afterId, limit: PAGE_SIZE });
    const last = ids.at(-1);
    if (last === undefined) return;
    await work(ids);
    afterId = last;
  }
}
