import type { Accepted } from '../intake/intake.js';
import type { Observation } from '../orders/observation.js';
import { sleep } from '../runtime/sleep.js';
import type { OrdersPage, ReadOptions } from '../woocommerce/shop-client.js';
import { type Counts, count, type LegDeps } from './leg.js';
import { readRefunds } from './read-refunds.js';

/** What was read of some orders, in one answer or several. */
export type OrdersRead = Pick<OrdersPage, 'unreadable'> & {
  readonly orders: readonly Observation[];
};

/** Attempts to find out by a fresh read which of two observations of one second is newer. */
const MOST_FRESH_READS = 3;

/** Longer than the millisecond that tells two reads apart. */
const BETWEEN_READS_MS = 2;

/**
 * Hands what was read to intake, at once: first what cannot be read, to the quarantine; then the
 * orders; then again, freshly read, those where only that can tell what is newer; then the refunds
 * that orders name and intake does not have. Answers what became of each order in the end.
 */
export async function takeOrders(
  deps: LegDeps,
  read: OrdersRead,
  options: ReadOptions,
  counts: Counts,
): Promise<readonly Accepted[]> {
  await quarantineUnreadable(deps, read.unreadable, options, counts);
  const accepted = new Map<number, Accepted>();
  const currencies = new Map<number, string>();
  await accept(deps, read.orders, accepted, currencies);
  await settleUnsettled(deps, options, accepted, currencies, counts);
  for (const { outcome } of accepted.values()) count(counts, outcome);
  tellBlocked(deps, [...accepted.values()], counts);
  const wanting = [...accepted.values()].filter(({ wantsRefunds }) => wantsRefunds);
  const orders = wanting.map(({ orderId }) => ({
    id: orderId,
    currency: currencies.get(orderId) ?? '',
  }));
  await readRefunds(deps, orders, options, counts);
  return [...accepted.values()];
}

/** Eligible orders of which no document can be made need a person: said when it comes to be so. */
function tellBlocked(
  { logger, client }: LegDeps,
  accepted: readonly Accepted[],
  counts: Counts,
): void {
  const blocked = accepted.filter(
    ({ state, outcome }) => state === 'blocked' && (outcome === 'new' || outcome === 'changed'),
  );
  if (blocked.length === 0) return;
  count(counts, 'blocked', blocked.length);
  const orderIds = blocked.map(({ orderId }) => orderId);
  logger.warn({ shop: client.shop, orderIds }, 'orders are blocked and need a person; ask `why`');
}

async function accept(
  { intake }: LegDeps,
  observations: readonly Observation[],
  accepted: Map<number, Accepted>,
  currencies: Map<number, string>,
): Promise<void> {
  if (observations.length === 0) return;
  for (const observation of observations) {
    if (observation.kind !== 'order') continue;
    currencies.set(observation.orderId, observation.order.currency);
  }
  for (const each of await intake.accept(observations)) accepted.set(each.orderId, each);
}

async function settleUnsettled(
  deps: LegDeps,
  options: ReadOptions,
  accepted: Map<number, Accepted>,
  currencies: Map<number, string>,
  counts: Counts,
): Promise<void> {
  for (let attempt = 1; attempt <= MOST_FRESH_READS; attempt += 1) {
    const ids = unsettledIn(accepted);
    if (ids.length === 0) return;
    await sleep(BETWEEN_READS_MS, options.signal);
    const page = await deps.client.ordersById(ids, { ...options, fresh: true });
    await quarantineUnreadable(deps, page.unreadable, options, counts);
    await accept(deps, page.orders, accepted, currencies);
  }
  const left = unsettledIn(accepted);
  if (left.length === 0) return;
  deps.logger.warn(
    { shop: deps.client.shop, orderIds: left },
    'a fresh read did not tell which state of these orders is newer; the nightly batch reads them again',
  );
}

function unsettledIn(accepted: ReadonlyMap<number, Accepted>): number[] {
  return [...accepted.values()]
    .filter(({ outcome }) => outcome === 'unsettled')
    .map(({ orderId }) => orderId);
}

/** Kept with its reason (rule 10); the nightly batch tries again. */
export async function quarantineUnreadable(
  { intake, client }: LegDeps,
  unreadable: OrdersPage['unreadable'],
  { source }: ReadOptions,
  counts: Counts,
): Promise<void> {
  if (unreadable.length === 0) return;
  await intake.quarantine(client.shop, source, unreadable);
  count(counts, 'unreadable', unreadable.length);
}
