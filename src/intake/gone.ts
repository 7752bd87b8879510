import type { GoneObservation } from '../orders/observation.js';
import { instantOf } from '../orders/time.js';
import type { StoredOrder } from '../store/store.js';
import type { Desk } from './desk.js';
import type { Known } from './picture.js';
import { withdrawn } from './withdrawn.js';

/** An order that is in the trash or no longer exists; undefined where that is no news. */
export function withdraw(
  desk: Desk,
  observation: GoneObservation,
  known: Known,
): StoredOrder | undefined {
  const { stored } = known;
  const contentHash = `gone:${observation.kind}`;
  if (stored?.contentHash === contentHash || (stored && observation.readAt < stored.readAt)) {
    return undefined;
  }
  const { reason, changes } = withdrawn(observation.kind, known.documents);
  const order: StoredOrder = {
    ...(stored ?? neverRead(observation)),
    status: observation.kind === 'trashed' ? 'trash' : (stored?.status ?? 'deleted'),
    contentHash,
    readAt: observation.readAt,
    source: observation.source,
    state: 'withdrawn',
    stateSince: stored?.state === 'withdrawn' ? stored.stateSince : desk.now,
    reason,
    rule: observation.kind,
    ruleLine: null,
    expiresAt: null,
    changes,
  };
  desk.putOrder(order);
  if (stored?.state === 'withdrawn' && stored.reason === order.reason) return order;
  desk.addHistory(order, stored?.state ?? null);
  return order;
}

/** A shop named it, and it could not be read, or was gone before. Any reading is newer. */
export function neverRead({
  shop,
  orderId,
  readAt,
  source,
}: Pick<GoneObservation, 'shop' | 'orderId' | 'readAt' | 'source'>): StoredOrder {
  return {
    shop,
    id: orderId,
    number: String(orderId),
    status: 'deleted',
    currency: '',
    minorUnits: 2,
    grossMinor: 0,
    taxMinor: 0,
    customer: '',
    createdAt: readAt,
    modifiedAt: instantOf(0),
    contentHash: '',
    readAt,
    source,
    state: 'withdrawn',
    stateSince: readAt,
    reason: '',
    rule: '',
    ruleLine: null,
    expiresAt: null,
    decision: null,
    changes: [],
  };
}
