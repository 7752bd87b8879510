import { formatMinor } from '../orders/money.js';
import type { Refund } from '../orders/order.js';
import { creditDating } from './dating.js';
import type { Document, Settlement } from './document.js';
import { type Draft, type Drafted, drafting } from './draft.js';
import { requireNoHiddenPayment, withoutPrepaid } from './prepaid-refund.js';
import { splitRefund } from './refund-split.js';
import { isNothingLeft, type Remaining, remainingOf } from './remaining.js';
import { allRestLines } from './rest-lines.js';
import type { DocumentSettings } from './settings.js';
import { Unbookable } from './unbookable.js';

/**
 * The credit note of a refund. Percentages come from the invoice: a refund's own tax line shows
 * today's rate and not the order's (recorded: refunds-x-rate-changed-old-3-refunded). Pure.
 */
export function draftCreditNote(
  refund: Refund,
  invoice: Document,
  credited: readonly Document[],
  settings: DocumentSettings,
): Drafted {
  return drafting(() => {
    const { refund: sold, prepaid } = withoutPrepaid(refund, invoice);
    if (sold.grossMinor === 0) {
      requireNoHiddenPayment(refund, invoice);
      return { kind: 'none', reason: 'Nothing was paid back with this refund.' };
    }
    requireInvoice(invoice);
    const remaining = remainingOf(invoice, credited);
    requireRoom(sold, invoice, remaining);
    const split = splitRefund(sold, invoice, remaining, settings);
    const { date, notes } = creditDating(refund.createdAt, invoice, settings);
    const draft = creditDraft(invoice, {
      key: `${invoice.shop}/${invoice.orderId}/credit-note/${refund.id}`,
      refundId: refund.id,
      date,
      ...split,
      grossMinor: sold.grossMinor,
      settlements: [...refundSettlement(refund, invoice), ...prepaid],
      notes: [
        ...notes,
        ...split.notes,
        ...(refund.reason === '' ? [] : [`Reason: ${refund.reason}`]),
      ],
    });
    return { kind: 'draft', draft };
  });
}

/** What is left of the invoice is credited: the order was cancelled after it was booked. Pure. */
export function draftCancellation(
  invoice: Document,
  credited: readonly Document[],
  cancelledAt: string,
  settings: DocumentSettings,
): Drafted {
  return drafting(() => {
    requireInvoice(invoice);
    const remaining = remainingOf(invoice, credited);
    if (isNothingLeft(remaining)) {
      return { kind: 'none', reason: 'Nothing is left of the invoice to credit.' };
    }
    const { date, notes } = creditDating(cancelledAt, invoice, settings);
    const draft = creditDraft(invoice, {
      key: `${invoice.shop}/${invoice.orderId}/credit-note/cancelled`,
      date,
      grossMinor: remaining.grossMinor,
      lines: remaining.isWhole
        ? invoice.lines
        : allRestLines(remaining, `Rest of invoice ${invoice.number}`),
      groups: remaining.groups,
      taxes: remaining.taxes,
      settlements: remaining.settlements.filter(({ amountMinor }) => amountMinor !== 0),
      estimated: false,
      notes: [...notes, 'The order was cancelled after it was booked.'],
    });
    return { kind: 'draft', draft };
  });
}

/** What every credit note has from its invoice; its net and tax follow from its parts. */
function creditDraft(
  invoice: Document,
  credit: Pick<
    Draft,
    | 'key'
    | 'date'
    | 'grossMinor'
    | 'lines'
    | 'groups'
    | 'taxes'
    | 'settlements'
    | 'estimated'
    | 'notes'
  > & { refundId?: number },
): Draft {
  return {
    ...credit,
    kind: 'credit-note',
    shop: invoice.shop,
    orderId: invoice.orderId,
    orderNumber: invoice.orderNumber,
    invoiceNumber: invoice.number,
    orderedAt: invoice.orderedAt,
    paidAt: invoice.paidAt,
    currency: invoice.currency,
    minorUnits: invoice.minorUnits,
    netMinor: credit.groups.reduce((sum, { netMinor }) => sum + netMinor, 0),
    taxMinor: credit.taxes.reduce((sum, { taxMinor }) => sum + taxMinor, 0),
    discountMinor: 0,
    couponCodes: [],
    buyer: invoice.buyer,
    ...(invoice.buyerReference === undefined ? {} : { buyerReference: invoice.buyerReference }),
    deliveryCountry: invoice.deliveryCountry,
    ...(invoice.deliveredTo === undefined ? {} : { deliveredTo: invoice.deliveredTo }),
  };
}

/** Paid back the way it was paid; what was never paid lowers the receivable. */
function refundSettlement(refund: Refund, invoice: Document): Settlement[] {
  if (refund.grossMinor === 0) return [];
  const paid = invoice.settlements.find(({ kind }) => kind === 'payment' || kind === 'receivable');
  return [
    {
      kind: paid?.kind ?? 'receivable',
      method: paid?.method ?? '',
      title: paid?.title ?? '',
      amountMinor: refund.grossMinor,
    },
  ];
}

function requireInvoice(document: Document): void {
  if (document.kind === 'invoice') return;
  throw new Unbookable(
    `What was made for this order is credit note ${document.number}, since its total is negative; another would not correct it.`,
    'Correct it by hand.',
  );
}

function requireRoom(refund: Refund, invoice: Document, remaining: Remaining): void {
  const amount = (minor: number) => `${formatMinor(minor, invoice.minorUnits)} ${invoice.currency}`;
  if (refund.grossMinor <= remaining.grossMinor) return;
  throw new Unbookable(
    `Refund ${refund.id} of ${amount(refund.grossMinor)} is more than the ${amount(remaining.grossMinor)} left of invoice ${invoice.number}.`,
    'Check the refund in the shop; book what goes beyond the invoice by hand.',
  );
}
