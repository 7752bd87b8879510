import type { Order } from '../orders/order.js';
import type { Instant } from '../orders/time.js';
import { creditDating } from './dating.js';
import type { Document } from './document.js';
import { type Drafted, drafting } from './draft.js';
import { draftInvoice } from './invoice.js';
import { ofRound } from './round.js';
import type { DocumentSettings } from './settings.js';

/**
 * The document of a sale that is booked again, as the order is now: of the next round, dated on the
 * day it is made, since what stood before is credited on that day too. `isFeeBooked`: an earlier round
 * has what the payment provider kept, which it keeps once, and no credit note gives back. Pure.
 */
export function draftReplacement(
  order: Order,
  { replaced, isFeeBooked }: { readonly replaced: Document; readonly isFeeBooked: boolean },
  at: Instant,
  settings: DocumentSettings,
): Drafted {
  return drafting(() => {
    const drafted = draftInvoice(order, openFrom(settings));
    if (drafted.kind !== 'draft') return drafted;
    const { gatewayFee, ...draft } = drafted.draft;
    const { date, notes } = creditDating(at, replaced, settings);
    const round = (replaced.round ?? 1) + 1;
    return {
      kind: 'draft',
      draft: {
        ...draft,
        ...(gatewayFee === undefined || isFeeBooked ? {} : { gatewayFee }),
        key: ofRound(draft.key, round),
        round,
        replaces: replaced.number,
        date,
        notes: [
          ...notes,
          ...draft.notes,
          `Takes the place of ${replaced.kind} ${replaced.number}.`,
        ],
      },
    };
  });
}

/** Its own date does not count, so that a closed period is no obstacle and leaves no note. */
function openFrom(settings: DocumentSettings): DocumentSettings {
  const { lockedThrough: _, ...open } = settings;
  return open;
}

/** Whether a sale booked again would say just what it says already. */
export function saysTheSame(draft: Omit<Document, 'number'>, sale: Document): boolean {
  return JSON.stringify(substanceOf(draft)) === JSON.stringify(substanceOf(sale));
}

function substanceOf(document: Omit<Document, 'number'>) {
  const { kind, grossMinor, lines, groups, taxes, settlements, discountMinor, couponCodes } =
    document;
  const { buyer, buyerReference, deliveryCountry, deliveredTo, currency, orderNumber } = document;
  return [
    ...[kind, grossMinor, lines, groups, taxes, settlements, discountMinor, couponCodes],
    ...[buyer, buyerReference, deliveryCountry, deliveredTo, currency, orderNumber],
  ];
}
