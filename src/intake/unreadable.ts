import type { Source } from '../orders/states.js';
import type { Desk } from './desk.js';
import { neverRead } from './gone.js';
import type { QuarantineItem } from './intake.js';

/**
 * Keeps what could not be read, raw, with the reason. An order that was never read before is
 * blocked, since each id that a shop has shown is in a state (rule 1); one that was keeps its state.
 */
export async function keepUnreadable(
  desk: Desk,
  source: Source,
  items: readonly QuarantineItem[],
): Promise<void> {
  const { tx, shop, now } = desk;
  for (const item of items) await tx.addQuarantine({ shop: shop.id, source, at: now, ...item });
  const ids = items.flatMap(({ orderId }) => orderId ?? []);
  const known = new Set((await tx.orders(shop.id, ids)).map(({ id }) => id));
  for (const { orderId, reason, fix } of items) {
    if (orderId === null || known.has(orderId)) continue;
    known.add(orderId);
    const blocked = {
      ...neverRead({ shop: shop.id, orderId, readAt: now, source }),
      status: 'unreadable',
      state: 'blocked',
      reason: `${reason} ${fix}`,
      rule: 'quarantine',
    } as const;
    desk.putOrder(blocked);
    desk.addHistory(blocked, null);
  }
}
