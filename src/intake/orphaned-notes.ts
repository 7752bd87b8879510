import { draftCreditNote } from '../documents/credit-note.js';
import type { Document } from '../documents/document.js';
import type { Draft } from '../documents/draft.js';
import { keyOfGroup, keyOfTax } from '../documents/remaining.js';
import type { DocumentSettings } from '../documents/settings.js';
import type { Refund } from '../orders/order.js';
import type { StoredRefund } from '../store/store.js';

/** Credit notes of refunds that the shop has deleted, but for those that stand for another by now. */
export function orphanedNotes(
  corrections: readonly Document[],
  refunds: readonly StoredRefund[],
): Document[] {
  const stateOf = new Map(refunds.map(({ refund, state }) => [refund.id, state]));
  const inUse = new Set(
    refunds.filter(({ state }) => state !== 'deleted').map(({ documentKey }) => documentKey),
  );
  return corrections.filter(
    ({ key, refundId }) =>
      refundId !== undefined && stateOf.get(refundId) === 'deleted' && !inUse.has(key),
  );
}

/**
 * The orphaned credit note that says of this refund just what its own would say: then the refund
 * was made anew, and the books are right as they are.
 */
export function noteToInherit(
  refund: Refund,
  invoice: Document,
  corrections: readonly Document[],
  orphans: readonly Document[],
  settings: DocumentSettings,
): Document | undefined {
  return orphans.find((orphan) => {
    const others = corrections.filter((one) => one !== orphan);
    const drafted = draftCreditNote(refund, invoice, others, settings);
    return drafted.kind === 'draft' && figuresOf(drafted.draft) === figuresOf(orphan);
  });
}

function figuresOf({ grossMinor, groups, taxes, settlements }: Draft): string {
  return JSON.stringify([
    grossMinor,
    groups.map((group) => [keyOfGroup(group), group.netMinor]),
    taxes.map((tax) => [keyOfTax(tax), tax.taxMinor]),
    settlements,
  ]);
}
