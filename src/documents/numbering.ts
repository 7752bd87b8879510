import { metaText } from '../orders/meta.js';
import type { Order } from '../orders/order.js';
import type { Document } from './document.js';
import type { Draft } from './draft.js';
import type { DocumentSettings } from './settings.js';

/** Where a document's number comes from; `sequence` is drawn from the store in the same transaction. */
export type NumberPlan =
  | { readonly kind: 'number'; readonly number: string }
  | { readonly kind: 'sequence'; readonly name: string; readonly format: (next: number) => string }
  | { readonly kind: 'blocked'; readonly reason: string; readonly fix: string };

/** The number of an invoice, or of a credit note (`earlier` are those of the same invoice). Pure. */
export function planNumber(
  draft: Draft,
  order: Order,
  earlier: readonly Document[],
  { numbering }: DocumentSettings,
): NumberPlan {
  if (numbering.from === 'sequence') {
    const year = draft.date.slice(0, 4);
    const prefix = draft.kind === 'invoice' ? numbering.invoicePrefix : numbering.creditNotePrefix;
    return {
      kind: 'sequence',
      name: `${draft.kind}/${year}`,
      format: (next) => `${prefix}${year}-${String(next).padStart(numbering.digits, '0')}`,
    };
  }
  if (draft.invoiceNumber !== undefined) {
    return { kind: 'number', number: `${draft.invoiceNumber}-C${earlier.length + 1}` };
  }
  if (numbering.from === 'order') return { kind: 'number', number: ownNumber(order.number, draft) };
  const number = metaText(order.meta, numbering.key);
  if (number !== undefined) return { kind: 'number', number: ownNumber(number, draft) };
  return {
    kind: 'blocked',
    reason: `The order has no invoice number under the meta key ${numbering.key} yet.`,
    fix: 'It is booked once its invoice plugin has numbered it; or choose another documents.numbering.',
  };
}

/** An invoice that takes the place of one with this number, or with this number and a round, adds its own. */
function ownNumber(number: string, { round, replaces }: Draft): string {
  const isTaken = replaces === number || (replaces?.startsWith(`${number}-`) ?? false);
  return isTaken ? `${number}-${round}` : number;
}
