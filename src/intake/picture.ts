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

/**
 * The document of the sale itself: its invoice, or its credit note where the total is negative. Of a
 * sale that was credited and booked again, the last.
 */
export function saleOf(documents: readonly StoredDocument[]): StoredDocument | undefined {
  return salesOf(documents).at(-1);
}

/** The documents of the sale, round by round. */
export function salesOf(documents: readonly StoredDocument[]): readonly StoredDocument[] {
  return documents
    .filter(({ document }) => isSale(document))
    .sort((a, b) => roundOf(a.document) - roundOf(b.document));
}

/** The credit notes that correct that sale, in the order they were issued. */
export function correctionsOf(
  documents: readonly StoredDocument[],
  sale: StoredDocument,
): Document[] {
  return documents
    .map(({ document }) => document)
    .filter((one) => !isSale(one) && roundOf(one) === roundOf(sale.document));
}

/** A credit note of its own right corrects nothing: its order's total is negative. */
function isSale({ kind, invoiceNumber }: Document): boolean {
  return kind === 'invoice' || invoiceNumber === undefined;
}

function roundOf({ round = 1 }: Document): number {
  return round;
}

/** As this transaction sees what it issued; its place in the sequence is known once it is written. */
export function asStored(
  { document, basis }: { readonly document: Document; readonly basis: string },
  contentHash: string,
  issuedAt: Instant,
): StoredDocument {
  return { document, issuedAt, basis, contentHash, sequence: 0 };
}
