import type Big from 'big.js';
import { deliveryCountryOf } from '../orders/country.js';
import { firstMetaText, metaText } from '../orders/meta.js';
import { formatMinor } from '../orders/money.js';
import type { Order } from '../orders/order.js';
import { assemble, exactNet, type Figures, roundingSlack } from './assemble.js';
import { buyerOf, buyerReferenceOf, deliveredTo, vatNumberOf } from './buyer.js';
import { invoiceDating } from './dating.js';
import type { Settlement } from './document.js';
import { type Draft, type Drafted, drafting } from './draft.js';
import { decimalsShown, inUnits, roundedUnits, sumExact } from './exact.js';
import { gatewayFeeOf } from './gateway-fee.js';
import { negated } from './negated.js';
import { partsOf } from './parts.js';
import { prepaymentsByFee, prepaymentsByMeta } from './prepayment.js';
import type { DocumentSettings } from './settings.js';
import { Unbookable } from './unbookable.js';

/** The invoice of an order; a credit note where the total is negative. Pure. */
export function draftInvoice(order: Order, settings: DocumentSettings): Drafted {
  return drafting(() => {
    if (order.lines.length === 0 && order.grossMinor === 0) {
      return { kind: 'none', reason: 'The order has no lines and no amount.' };
    }
    const draft = balanceDraft(order, settings) ?? saleDraft(order, settings);
    if (
      settings.zeroTotal === 'ignore' &&
      draft.grossMinor === 0 &&
      draft.settlements.length === 0
    ) {
      return { kind: 'none', reason: 'Its total is zero, and documents.zeroTotal says ignore.' };
    }
    return { kind: 'draft', draft: draft.grossMinor < 0 ? negated(draft) : draft };
  });
}

function saleDraft(order: Order, settings: DocumentSettings): Draft {
  const context = contextOf(order, settings);
  requireTaxSum(order);
  const byFee = prepaymentsByFee(order, settings);
  const sold = order.lines.filter((line) => !byFee.feeLines.has(line));
  const parts = partsOf(order, sold, settings, context);

  const paidMinor = order.grossMinor + sumOf(byFee.settlements);
  const missing = exactNet(parts).plus(order.taxMinor).minus(paidMinor);
  const shown = Math.max(0, ...sold.map((line) => decimalsShown(line.net)));
  const slack = roundingSlack(order, parts, shown);
  const gap = missing.abs().lte(slack)
    ? { prepaid: [], roundingMinor: 0 }
    : explain(order, missing, slack, settings);

  const grossMinor = paidMinor + sumOf(gap.prepaid);
  const figures = assemble(order, parts, grossMinor - order.taxMinor, gap.roundingMinor);
  const settlements = [...paymentOf(order), ...byFee.settlements, ...gap.prepaid];
  return compose(order, settings, context, { ...figures, grossMinor, settlements });
}

/** Why the total is not what the lines add up to: a prepayment, a little rounding, or nobody knows. */
function explain(
  order: Order,
  missing: Big,
  slack: number,
  settings: DocumentSettings,
): { prepaid: readonly Settlement[]; roundingMinor: number } {
  const prepaid = prepaymentsByMeta(order, missing, slack, settings);
  if (prepaid) return { prepaid, roundingMinor: 0 };
  const missingMinor = roundedUnits(missing);
  if (Math.abs(missingMinor) <= settings.roundingCapMinor) {
    return { prepaid: [], roundingMinor: -missingMinor };
  }
  const amount = (minor: number) => formatMinor(minor, order.minorUnits);
  throw new Unbookable(
    `The lines with their tax make ${amount(order.grossMinor + missingMinor)}, the order's total is ${amount(order.grossMinor)}; ${amount(Math.abs(missingMinor))} ${order.currency} is not explained.`,
    'If a gift card, store credit or deposit lowered the total, name its meta key under documents.prepayments; otherwise recalculate the order in the shop.',
  );
}

/** The balance of another order: a payment, since the whole sale stands in that order's invoice. */
function balanceDraft(order: Order, settings: DocumentSettings): Draft | undefined {
  const isUntaxed = order.taxMinor === 0 && order.lines.every(({ taxes }) => taxes.length === 0);
  if (!isUntaxed) return undefined;
  const parent = firstMetaText(order.meta, settings.balanceOfKeys);
  if (parent === undefined) return undefined;
  const title = `Balance of order ${parent}`;
  const deposit: Settlement = {
    kind: 'deposit',
    method: '',
    title,
    amountMinor: -order.grossMinor,
  };
  const lines = order.lines.map(({ name, sku, quantity }) => ({
    kind: 'text' as const,
    name,
    sku,
    quantity,
    netMinor: 0,
    group: 0,
  }));
  const draft = compose(order, settings, contextOf(order, settings), {
    netMinor: 0,
    taxMinor: 0,
    grossMinor: 0,
    lines,
    groups: [{ netMinor: 0, rateIds: [], vat: [] }],
    taxes: [],
    settlements: [...paymentOf(order), deposit],
  });
  return { ...draft, notes: [...draft.notes, `${title}: a payment, not a sale of its own.`] };
}

interface Context {
  readonly vatNumber: string;
  readonly deliveryCountry: string;
}

function contextOf(order: Order, settings: DocumentSettings): Context {
  return {
    vatNumber: vatNumberOf(order, settings.vatNumberKeys),
    deliveryCountry: deliveryCountryOf(order),
  };
}

function compose(
  order: Order,
  settings: DocumentSettings,
  context: Context,
  money: Figures & { grossMinor: number; settlements: readonly Settlement[] },
): Draft {
  const dating = invoiceDating(order, settings);
  const fee = gatewayFeeOf(order);
  const reference = buyerReferenceOf(order, settings);
  const delivery = deliveredTo(order);
  const discount = sumExact(
    order.lines.map((line) =>
      inUnits(line.netBeforeDiscount, order.minorUnits).minus(inUnits(line.net, order.minorUnits)),
    ),
  );
  return {
    key: `${order.shop}/${order.id}/invoice`,
    kind: 'invoice',
    shop: order.shop,
    orderId: order.id,
    orderNumber: order.number,
    date: dating.date,
    orderedAt: order.createdAt,
    paidAt: order.paidAt,
    currency: order.currency,
    minorUnits: order.minorUnits,
    ...money,
    ...(fee === undefined ? {} : { gatewayFee: fee }),
    discountMinor: roundedUnits(discount),
    couponCodes: order.coupons.map(({ code }) => code),
    buyer: buyerOf(order, context.vatNumber, settings),
    ...(reference === undefined ? {} : { buyerReference: reference }),
    deliveryCountry: context.deliveryCountry,
    ...(delivery === undefined ? {} : { deliveredTo: delivery }),
    estimated: false,
    notes: [...dating.notes, ...notesOn(order, money)],
  };
}

function notesOn(order: Order, money: Figures): string[] {
  const notes: string[] = [];
  if (money.taxes.some(({ derived }) => derived)) {
    notes.push('The shop did not know a VAT percentage; it was worked out from the lines.');
  }
  if (money.taxMinor !== 0 && metaText(order.meta, 'is_vat_exempt') === 'yes') {
    notes.push(
      'The shop marks the order as VAT exempt, yet it charged tax, which is owed as charged.',
    );
  }
  return notes;
}

function paymentOf(order: Order): Settlement[] {
  if (order.grossMinor === 0) return [];
  return [
    {
      kind: order.paidAt === null ? 'receivable' : 'payment',
      method: order.paymentMethod,
      title: order.paymentTitle,
      amountMinor: order.grossMinor,
    },
  ];
}

function requireTaxSum(order: Order): void {
  const listed = order.taxLines.reduce((sum, { taxMinor }) => sum + taxMinor, 0);
  if (listed === order.taxMinor) return;
  const amount = (minor: number) => formatMinor(minor, order.minorUnits);
  throw new Unbookable(
    `The order's taxes by rate make ${amount(listed)}, its total tax is ${amount(order.taxMinor)}.`,
    'Recalculate the order in the shop.',
  );
}

function sumOf(settlements: readonly Settlement[]): number {
  return settlements.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}
