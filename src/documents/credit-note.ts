import { formatMinor } from '../orders/money.js';
import type { Refund } from '../orders/order.js';
import type { Instant } from '../orders/time.js';
import { creditDating } from './dating.js';
import type { Document, Settlement } from './document.js';
import { type Draft, type Drafted, drafting } from './draft.js';
import { requireNoHiddenPayment, withoutPrepaid } from './prepaid-refund.js';
import { splitRefund } from './refund-split.js';
import { isNothingLeft, type Remaining, remainingOf } from './remaining.js';
import { allRestLines } from './rest-lines.js';
import { ofRound } from './round.js';
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
      key: creditNoteKey(invoice, String(refund.id)),
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

/** Why what is left of an invoice is credited. */
export type RestCause = 'cancelled' | 'withdrawn' | 'replaced';

const CAUSES: Readonly<Record<RestCause, { readonly key: string; readonly note: string }>> = {
  cancelled: { key: 'cancelled', note: 'The order was cancelled after it was booked.' },
  // An order that comes back is then told from one that was never credited, whatever took it away.
  withdrawn: { key: 'cancelled', note: 'The order was taken out of the shop after it was booked.' },
  replaced: {
    key: 'replaced',
    note: 'The order was changed after it was booked, and is booked again.',
  },
};

/** Credits what is left of the invoice. Pure. */
export function draftRest(
  invoice: Document,
  credited: readonly Document[],
  cause: RestCause,
  at: Instant,
  settings: DocumentSettings,
): Drafted {
  return drafting(() => {
    requireInvoice(invoice);
    const remaining = remainingOf(invoice, credited);
    if (isNothingLeft(remaining)) {
      return { kind: 'none', reason: 'Nothing is left of the invoice to credit.' };
    }
    const { date, notes } = creditDating(at, invoice, settings);
    const draft = creditDraft(invoice, {
      key: creditNoteKey(invoice, CAUSES[cause].key),
      date,
      grossMinor: remaining.grossMinor,
      lines: remaining.isWhole
        ? invoice.lines
        : allRestLines(remaining, `Rest of invoice ${invoice.number}`),
      groups: remaining.groups,
      taxes: remaining.taxes,
      settlements: remaining.settlements.filter(({ amountMinor }) => amountMinor !== 0),
      estimated: false,
      notes: [...notes, CAUSES[cause].note],
    });
    return { kind: 'draft', draft };
  });
}

/** The credit note of all that was left, since the order was cancelled or left the shop. */
export function isCancellation({ key }: Pick<Document, 'key'>): boolean {
  return key.endsWith(`/${CAUSES.cancelled.key}`);
}

function creditNoteKey({ shop, orderId, round }: Document, cause: string): string {
  return `${shop}/${orderId}/${ofRound('credit-note', round)}/${cause}`;
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
    ...(invoice.round === undefined ? {} : { round: invoice.round }),
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
