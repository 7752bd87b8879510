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

/** A refund that was taken for deleted and is there after all; its credit note stands. */
export function markBack(
  desk: Desk,
  refunds: readonly StoredRefund[],
  named: ReadonlySet<number>,
): StoredRefund[] {
  return refunds.map((stored) => {
    const isBack =
      stored.state === 'deleted' && stored.documentKey !== null && named.has(stored.refund.id);
    if (!isBack) return stored;
    const back: StoredRefund = { ...stored, state: 'credited', reason: 'Credited.' };
    desk.putRefund(back);
    return back;
  });
}
