import type { Observation } from '../orders/observation.js';
import { type Counts, count, type LegShop } from '../poller/leg.js';
import { readOrders } from '../poller/read-orders.js';
import { readRefunds } from '../poller/read-refunds.js';
import type { BatchDeps } from './settings.js';

/**
 * Reads quarantined orders again, with their refunds; intake closes the entries of those that can be
 * used now. An entry that names no order is left to a person.
 */
export async function retryQuarantined(
  deps: BatchDeps,
  shop: LegShop,
  counts: Counts,
  signal: AbortSignal,
): Promise<void> {
  const before = await openOrderIds(deps, shop);
  if (before.length === 0) return;
  const read = { source: 'batch', signal, fresh: true } as const;
  const taken = await readOrders(deps, before, read, counts);
  await readRefunds(deps, taken.observations.flatMap(refundedOrder), read, counts);
  const after = new Set(await openOrderIds(deps, shop));
  count(counts, 'released', before.filter((id) => !after.has(id)).length);
}

async function openOrderIds({ store }: BatchDeps, shop: LegShop): Promise<number[]> {
  const open = await store.quarantine({ shop: shop.id, open: true });
  return [...new Set(open.map(({ orderId }) => orderId))].filter((id) => id !== null);
}

function refundedOrder(observation: Observation) {
  if (observation.kind !== 'order' || observation.order.refunds.length === 0) return [];
  return [{ id: observation.orderId, currency: observation.order.currency }];
}
