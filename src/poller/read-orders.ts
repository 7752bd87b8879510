import type { Accepted } from '../intake/intake.js';
import type { Observation } from '../orders/observation.js';
import { instantOf } from '../orders/time.js';
import type { OrdersPage, ReadOptions, Unreadable } from '../woocommerce/shop-client.js';
import { type Counts, count, type LegDeps, PAGE_SIZE } from './leg.js';
import { settleAll } from './read-refunds.js';
import { type OrdersRead, takeOrders } from './take-orders.js';

/** Single orders asked for at the same time; the client limits its requests further. */
const AT_ONCE = 4;

/**
 * Reads orders by id, 100 a request, and hands them to intake. The list leaves out orders that are
 * trashed, deleted or in a status that is no longer registered, without a word (recorded facts 8 to
 * 10), so each that does not come is asked for alone. Answers what was read of them.
 */
export async function readOrders(
  deps: LegDeps,
  ids: readonly number[],
  options: ReadOptions,
  counts: Counts,
  wanted: (observation: Observation) => boolean = () => true,
): Promise<OrdersTaken> {
  const observations: Observation[] = [];
  const unreadable: Unreadable[] = [];
  const accepted: Accepted[] = [];
  const notListed = new Set<number>();
  for (let from = 0; from < ids.length; from += PAGE_SIZE) {
    options.signal?.throwIfAborted();
    const some = ids.slice(from, from + PAGE_SIZE);
    const read = await readSome(deps, some, options);
    const orders = read.orders.filter(wanted);
    count(counts, 'read', orders.length);
    accepted.push(...(await takeOrders(deps, { ...read, orders }, options, counts)));
    observations.push(...orders);
    unreadable.push(...read.unreadable);
    for (const id of read.notListed) notListed.add(id);
  }
  return { observations, unreadable, accepted, notListed };
}

export interface OrdersTaken {
  readonly observations: readonly Observation[];
  readonly unreadable: readonly Unreadable[];
  readonly accepted: readonly Accepted[];
  /** Those that the shop's list left out. */
  readonly notListed: ReadonlySet<number>;
}

async function readSome(
  deps: LegDeps,
  ids: readonly number[],
  options: ReadOptions,
): Promise<OrdersRead & { readonly notListed: readonly number[] }> {
  const page = await deps.client.ordersById(ids, options);
  const missing = missingFrom(ids, page);
  const singles: OrdersRead[] = [];
  for (let from = 0; from < missing.length; from += AT_ONCE) {
    options.signal?.throwIfAborted();
    const some = missing.slice(from, from + AT_ONCE);
    singles.push(...(await settleAll(some.map((id) => readSingle(deps, id, options)))));
  }
  return {
    orders: [...page.orders, ...singles.flatMap(({ orders }) => orders)],
    unreadable: [...page.unreadable, ...singles.flatMap(({ unreadable }) => unreadable)],
    notListed: missing,
  };
}

function missingFrom(ids: readonly number[], page: OrdersPage): number[] {
  const there = new Set<number | null>([
    ...page.orders.map(({ orderId }) => orderId),
    ...page.unreadable.map(({ orderId }) => orderId),
  ]);
  return ids.filter((id) => !there.has(id));
}

async function readSingle(
  { client, clock }: LegDeps,
  orderId: number,
  options: ReadOptions,
): Promise<OrdersRead> {
  const readAt = instantOf(clock.now());
  const single = await client.order(orderId, options);
  const gone = { shop: client.shop, orderId, source: options.source };
  switch (single.kind) {
    case 'order':
      return single.observation.order.status === 'trash'
        ? {
            orders: [{ ...gone, kind: 'trashed', readAt: single.observation.readAt }],
            unreadable: [],
          }
        : { orders: [single.observation], unreadable: [] };
    case 'deleted':
      return { orders: [{ ...gone, kind: 'deleted', readAt }], unreadable: [] };
    case 'unreadable':
      return { orders: [], unreadable: [single.unreadable] };
  }
}
