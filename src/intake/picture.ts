import type { Document } from '../documents/document.js';
import type { Order } from '../orders/order.js';
import type { Source } from '../orders/states.js';
import type { Instant } from '../orders/time.js';
import type { StoredDocument, StoredOrder, StoredRefund } from '../store/store.js';

/** An accepted observation of an order, ready to be judged. */
export interface Picture {
  readonly order: Order;
  readonly contentHash: string;
  readonly readAt: Instant;
  readonly source: Source;
  /** Absent where what is stored is judged once more. */
  readonly raw?: string;
  /** The content is what was stored already. */
  readonly unchanged: boolean;
  readonly decision: 'forward' | 'ignore' | null;
}

/** What the store has on an order. */
export interface Known {
  readonly stored: StoredOrder | undefined;
  readonly documents: readonly StoredDocument[];
  readonly refunds: readonly StoredRefund[];
}

/** The document of the sale itself: its invoice, or its credit note where the total is negative. */
export function saleOf(documents: readonly StoredDocument[]): StoredDocument | undefined {
  return documents.find(({ document }) => isSale(document));
}

function isSale({ key, kind }: Document): boolean {
  return key.endsWith(kind === 'invoice' ? '/invoice' : '/credit-note');
}

/** The credit notes that correct the invoice, in the order they were issued. */
export function correctionsOf(documents: readonly StoredDocument[]): Document[] {
  return documents.map(({ document }) => document).filter((document) => !isSale(document));
}

/** The key ends so for the credit note of a cancelled order. */
export function isCancellation({ key }: Document): boolean {
  return key.endsWith('/credit-note/cancelled');
}
