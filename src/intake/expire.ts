import type { StoredOrder } from '../store/store.js';
import type { Desk } from './desk.js';

/** A parked order whose window has passed; undefined where it is not (or no longer) one. */
export function expireOrder(desk: Desk, order: StoredOrder): StoredOrder | undefined {
  if (order.state !== 'parked' || order.expiresAt === null || order.expiresAt > desk.now) {
    return undefined;
  }
  const expired: StoredOrder = {
    ...order,
    state: 'expired',
    stateSince: desk.now,
    expiresAt: null,
    reason: `Its status was still "${order.status}" when the look-back ended, so it is no longer rechecked each night.`,
  };
  desk.putOrder(expired);
  desk.addHistory({ ...expired, source: 'batch' }, 'parked');
  return expired;
}
