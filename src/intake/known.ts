import type { OrderState } from '../orders/states.js';
import type { StoredOrder, StoreTransaction } from '../store/store.js';
import type { Known } from './picture.js';

/** States in which an order can have documents. */
const WITH_DOCUMENTS: ReadonlySet<OrderState> = new Set(['forwarded', 'blocked', 'withdrawn']);

/** What the store has on one order; orders that can have no documents cost no further query. */
export async function readKnown(
  tx: StoreTransaction,
  shop: string,
  orderId: number,
  stored: StoredOrder | undefined,
): Promise<Known> {
  if (!stored) return { stored, documents: [], refunds: [] };
  const documents = WITH_DOCUMENTS.has(stored.state) ? await tx.documentsOf(shop, orderId) : [];
  return { stored, documents, refunds: await tx.refundsOf(shop, orderId) };
}
