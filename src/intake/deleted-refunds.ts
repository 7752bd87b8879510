import type { Instant } from '../orders/time.js';
import type { StoredRefund } from '../store/store.js';
import type { Desk } from './desk.js';

/**
 * Marks refunds that the shop no longer names. Deleting a refund moves no date and fires no webhook,
 * so this is the only way to learn of it. One seen after that reading began is left alone.
 */
export function markDeleted(
  desk: Desk,
  refunds: readonly StoredRefund[],
  named: ReadonlySet<number>,
  readAt: Instant,
): StoredRefund[] {
  return refunds.map((stored) => {
    const isGone =
      stored.state !== 'deleted' && !named.has(stored.refund.id) && stored.seenAt < readAt;
    if (!isGone) return stored;
    const deleted: StoredRefund = {
      ...stored,
      state: 'deleted',
      reason: 'The shop no longer has this refund.',
    };
    desk.putRefund(deleted);
    return deleted;
  });
}

/**
 * A refund that was taken for deleted and is there after all: its credit note stands. Another that
 * had inherited that credit note needs one of its own.
 */
export function markBack(
  desk: Desk,
  refunds: readonly StoredRefund[],
  named: ReadonlySet<number>,
): StoredRefund[] {
  const back = refunds.filter(
    ({ state, documentKey, refund }) =>
      state === 'deleted' && documentKey !== null && named.has(refund.id),
  );
  const keys = new Set(back.map(({ documentKey }) => documentKey));
  return refunds.map((stored) => {
    if (stored.documentKey === null || !keys.has(stored.documentKey)) return stored;
    const changed: StoredRefund = back.includes(stored)
      ? { ...stored, state: 'credited', reason: 'Credited.' }
      : {
          ...stored,
          state: 'waiting',
          documentKey: null,
          reason: 'The credit note that stood for it is that of another refund.',
        };
    desk.putRefund(changed);
    return changed;
  });
}
