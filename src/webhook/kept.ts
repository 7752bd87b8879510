import type { Instant } from '../orders/time.js';
import type { QuarantineEntry, StoreTransaction } from '../store/store.js';
import { type Trouble, troubleBehind } from './delivery.js';

/** What is known of an entry of the quarantine. */
type Kept = Pick<QuarantineEntry, 'source' | 'orderId' | 'reason'>;

/** What is wrong, where the entry is a delivery that was of no use; else undefined. */
export function troubleOf({ source, orderId, reason }: Kept): Trouble | undefined {
  return source === 'webhook' && orderId === null ? troubleBehind(reason) : undefined;
}

/** Whether the poll that followed closes it, so that it is no matter for a person. */
export function closedByPoll(entry: Kept): boolean {
  return troubleOf(entry) === 'unclear';
}

/** The trouble was seen to be over at that moment: it is said of every delivery up to then. */
export async function closeKept(
  tx: Pick<StoreTransaction, 'quarantine' | 'closeQuarantine'>,
  shop: string,
  over: { readonly troubles: readonly Trouble[]; readonly until: Instant; readonly now: Instant },
): Promise<void> {
  const open = await tx.quarantine({ shop, open: true, nameless: true });
  const isOver = (entry: QuarantineEntry) => {
    const trouble = troubleOf(entry);
    return trouble !== undefined && over.troubles.includes(trouble) && entry.at <= over.until;
  };
  await tx.closeQuarantine(
    open.filter(isOver).map(({ id }) => id),
    over.now,
  );
}
