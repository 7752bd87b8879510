import { isNothingLeft, remainingOf } from '../documents/remaining.js';
import type { Difference, StoredDocument } from '../store/store.js';
import { correctionsOf, saleOf } from './picture.js';

/** What is to be said of an order that left the shop, and of what stands in the books all the same. */
export interface Withdrawn {
  readonly reason: string;
  readonly changes: readonly Difference[];
}

export function withdrawn(
  how: 'trashed' | 'deleted',
  documents: readonly StoredDocument[],
): Withdrawn {
  const what = how === 'trashed' ? "It is in the shop's trash" : 'It was deleted in the shop';
  const sale = saleOf(documents);
  if (!sale) return { reason: `${what}.`, changes: [] };
  const { document } = sale;
  const corrections = correctionsOf(documents, sale);
  if (document.kind === 'invoice' && isNothingLeft(remainingOf(document, corrections))) {
    const by = corrections.map(({ number }) => number).join(', ');
    return {
      reason: `${what}; invoice ${document.number} is credited in full by ${by}.`,
      changes: [],
    };
  }
  return {
    reason: `${what}, yet ${document.kind} ${document.number} was made: restore it, or credit it.`,
    changes: [{ field: 'order', booked: document.number, now: how }],
  };
}
