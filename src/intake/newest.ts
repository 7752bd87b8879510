import type { OrderObservation } from '../orders/observation.js';
import type { StoredOrder } from '../store/store.js';

/** Whether an observation is newer than what we have (rule 6). */
export type Standing = 'new' | 'changed' | 'unchanged' | 'stale' | 'unsettled';

/**
 * The later modification time wins. It has one-second resolution and does not move for every
 * change, so among equal times the later read wins; where that does not tell either, only a fresh
 * read can.
 */
export function standingOf(
  observation: OrderObservation,
  known: StoredOrder | undefined,
): Standing {
  if (!known) return 'new';
  const { modifiedAt } = observation.order;
  if (modifiedAt > known.modifiedAt) return 'changed';
  if (modifiedAt < known.modifiedAt) return 'stale';
  if (observation.contentHash === known.contentHash) return 'unchanged';
  return observation.readAt > known.readAt ? 'changed' : 'unsettled';
}
