import Big from 'big.js';
import type { Refund } from '../orders/order.js';
import { allocate, prorate } from './allocate.js';
import { groupKey, unitPrice } from './assemble.js';
import type { Document, DocumentLine, DocumentTax, NetGroup } from './document.js';
import { roundedUnits, sumExact, ZERO } from './exact.js';
import { hiddenPaymentNote } from './prepaid-refund.js';
import { matchRefundLines, type RefundShare } from './refund-shares.js';
import { type KindNet, keyOfTax, type Remaining } from './remaining.js';
import { restLines } from './rest-lines.js';
import type { DocumentSettings } from './settings.js';
import { Unbookable } from './unbookable.js';

/** A refund spread over the groups and taxes of its invoice. */
export interface Split {
  readonly lines: readonly DocumentLine[];
  readonly groups: readonly NetGroup[];
  readonly taxes: readonly DocumentTax[];
  readonly estimated: boolean;
  readonly notes: readonly string[];
}

/** Net per group and tax per entry of the invoice, in its order. */
interface Amounts {
  readonly nets: readonly number[];
  readonly taxes: readonly number[];
  /** Why it is an estimate; empty where it is none. */
  readonly estimates: readonly string[];
}

interface Itemised {
  readonly nets: readonly Big[];
  readonly taxes: readonly number[];
  readonly lineCount: number;
}

export function splitRefund(
  refund: Refund,
  invoice: Document,
  remaining: Remaining,
  settings: DocumentSettings,
): Split {
  const isClosing = refund.grossMinor === remaining.grossMinor;
  const shares = isClosing ? sharesIfOn(invoice, refund) : matchRefundLines(refund, invoice);
  const amounts = isClosing
    ? restOf(remaining)
    : choose(refund, invoice, remaining, itemise(shares, invoice), settings);
  const groups = invoice.groups.map((group, index) => ({
    ...group,
    netMinor: amounts.nets[index] ?? 0,
  }));
  const taxes = invoice.taxes
    .map((tax, index) => ({
      ...tax,
      taxMinor: amounts.taxes[index] ?? 0,
      baseMinor: baseIn(groups, tax),
    }))
    .filter(({ taxMinor, baseMinor }) => taxMinor !== 0 || baseMinor !== 0);
  return {
    lines:
      isClosing && remaining.isWhole && shares.length === 0
        ? invoice.lines
        : linesOf(shares, groups, refund, remaining),
    groups,
    taxes,
    estimated: amounts.estimates.length > 0,
    notes: amounts.estimates,
  };
}

/** What closes the invoice is right whatever its lines say; they only tell what it was. */
function sharesIfOn(invoice: Document, refund: Refund): RefundShare[] {
  try {
    return matchRefundLines(refund, invoice);
  } catch (error) {
    if (error instanceof Unbookable) return [];
    throw error;
  }
}

function itemise(shares: readonly RefundShare[], invoice: Document): Itemised {
  return {
    nets: invoice.groups.map((_, index) =>
      sumExact(shares.filter(({ group }) => group === index).map(({ net }) => net)),
    ),
    taxes: invoice.taxes.map((_, index) =>
      roundedUnits(
        sumExact(
          shares.flatMap(({ taxes }) =>
            taxes.filter(({ entry }) => entry === index).map(({ tax }) => tax),
          ),
        ),
      ),
    ),
    lineCount: shares.length,
  };
}

/**
 * The refund's own lines, where they make up what was paid back. Else an estimate, marked as one,
 * where the config allows it. None takes more of a rate than is left of it.
 */
function choose(
  refund: Refund,
  invoice: Document,
  remaining: Remaining,
  itemised: Itemised,
  settings: DocumentSettings,
): Amounts {
  const linesGross = sumExact(itemised.nets).plus(sum(itemised.taxes));
  const open = new Big(refund.grossMinor).minus(linesGross);
  if (itemised.lineCount > 0 && open.abs().lte(0.5 * itemised.lineCount + 0.5)) {
    return withinLeft(asItemised(itemised, refund, remaining), refund, remaining, settings);
  }
  if (open.lt(0)) {
    requireAllowed(
      settings.refundBelowLines,
      `Less was paid back with refund ${refund.id} than its lines cost.`,
      'documents.refundBelowLines',
    );
    const scale = new Big(refund.grossMinor).div(linesGross);
    const scaled = scaledDown(itemised, scale, refund, hiddenPaymentNote(invoice));
    return withinLeft(scaled, refund, remaining, settings);
  }
  requireAllowed(
    settings.refundWithoutLines,
    `Refund ${refund.id} has no lines for all of its amount.`,
    'documents.refundWithoutLines',
  );
  const asInvoice = withProportion(itemised, roundedUnits(open), refund, invoice);
  if (isWithin(asInvoice, remaining, 0)) return asInvoice;
  return withinLeft(withRest(itemised, refund, remaining), refund, remaining, settings);
}

/** What closes the invoice returns what is left of each rate: just what was charged, in the end. */
function restOf(remaining: Remaining): Amounts {
  return {
    nets: remaining.groups.map(({ netMinor }) => netMinor),
    taxes: remaining.taxes.map(({ taxMinor }) => taxMinor),
    estimates: [],
  };
}

/** The lines as they are, but for units of tax that rounding of earlier ones has taken. */
function asItemised(itemised: Itemised, refund: Refund, remaining: Remaining): Amounts {
  const excess = itemised.taxes.map((tax, index) =>
    Math.max(0, Math.abs(tax) - Math.abs(remaining.taxes[index]?.taxMinor ?? 0)),
  );
  const taxes =
    sum(excess) > itemised.lineCount
      ? itemised.taxes
      : itemised.taxes.map((tax, index) => tax - Math.sign(tax) * (excess[index] ?? 0));
  const nets = allocate(refund.grossMinor - sum(taxes), itemised.nets);
  return { nets, taxes, estimates: [] };
}

/** More of a rate than is left cannot be right; then it is split over what is left of each. */
function withinLeft(
  amounts: Amounts,
  refund: Refund,
  remaining: Remaining,
  settings: DocumentSettings,
): Amounts {
  if (isWithin(amounts, remaining, Math.max(1, refund.lines.length))) return amounts;
  requireAllowed(
    settings.refundWithoutLines,
    `Refund ${refund.id} returns more of a rate than is left on the invoice.`,
    'documents.refundWithoutLines',
  );
  const nothing = { nets: remaining.groups.map(() => ZERO), taxes: remaining.taxes.map(() => 0) };
  const { nets, taxes } = withRest({ ...nothing, lineCount: 0 }, refund, remaining);
  return {
    nets,
    taxes,
    estimates: [
      ...amounts.estimates,
      'More of a rate was returned than was left of it; it is split over what was left.',
    ],
  };
}

/** `slack` is what rounding may have moved, in minor units. */
function isWithin({ nets, taxes }: Amounts, remaining: Remaining, slack: number): boolean {
  const fits = (amount: number, left: number) =>
    amount === 0 ||
    (left < 0
      ? amount >= left - slack && amount <= slack
      : amount <= left + slack && amount >= -slack);
  return (
    nets.every((net, index) => fits(net, remaining.groups[index]?.netMinor ?? 0)) &&
    taxes.every((tax, index) => fits(tax, remaining.taxes[index]?.taxMinor ?? 0))
  );
}

function scaledDown(
  itemised: Itemised,
  scale: Big,
  refund: Refund,
  notes: readonly string[],
): Amounts {
  const taxes = itemised.taxes.map((tax) => roundedUnits(scale.times(tax)));
  return {
    nets: allocate(
      refund.grossMinor - sum(taxes),
      itemised.nets.map((net) => net.times(scale)),
    ),
    taxes,
    estimates: [
      'Less was paid back than the refunded lines cost; their tax is scaled down with them.',
      ...notes,
    ],
  };
}

const OPEN_PART =
  'The refund has no lines for all of its amount; that part is split as on the invoice.';
const OPEN_PART_OF_REST =
  'The refund has no lines for all of its amount; that part is split over what is left of the invoice.';

/** The lines, and the open rest in the proportion of the invoice: its tax rounded per rate. */
function withProportion(
  itemised: Itemised,
  openMinor: number,
  refund: Refund,
  invoice: Document,
): Amounts {
  const share = new Big(openMinor).div(invoice.grossMinor);
  const taxes = itemised.taxes.map(
    (tax, index) => tax + roundedUnits(share.times(invoice.taxes[index]?.taxMinor ?? 0)),
  );
  const nets = itemised.nets.map((net, index) =>
    net.plus(share.times(invoice.groups[index]?.netMinor ?? 0)),
  );
  const netMinor = refund.grossMinor - sum(taxes);
  return { nets: allocate(netMinor, nets), taxes, estimates: [OPEN_PART] };
}

/** The lines, and the open rest in the proportion of what the lines leave of the invoice. */
function withRest(itemised: Itemised, refund: Refund, remaining: Remaining): Amounts {
  const nets = itemised.nets.map(roundedUnits);
  const openMinor = refund.grossMinor - sum(nets) - sum(itemised.taxes);
  const shares = prorate(openMinor, [
    ...remaining.groups.map(({ netMinor }, index) => netMinor - (nets[index] ?? 0)),
    ...remaining.taxes.map(({ taxMinor }, index) => taxMinor - (itemised.taxes[index] ?? 0)),
  ]);
  return {
    nets: nets.map((net, index) => net + (shares[index] ?? 0)),
    taxes: itemised.taxes.map((tax, index) => tax + (shares[nets.length + index] ?? 0)),
    estimates: [OPEN_PART_OF_REST],
  };
}

function requireAllowed(setting: 'estimate' | 'block', reason: string, key: string): void {
  if (setting === 'estimate') return;
  throw new Unbookable(
    reason,
    `Set ${key}: estimate to have its tax estimated, or book it by hand.`,
  );
}

function baseIn(groups: readonly NetGroup[], tax: DocumentTax): number {
  const key = keyOfTax(tax);
  return sum(
    groups
      .filter(
        ({ rateIds, vat }) =>
          rateIds.includes(tax.rateId) && vat.some((one) => groupKey([tax.rateId], [one]) === key),
      )
      .map(({ netMinor }) => netMinor),
  );
}

/** The refunded lines, and lines for what they do not stand for. */
function linesOf(
  shares: readonly RefundShare[],
  groups: readonly NetGroup[],
  refund: Refund,
  remaining: Remaining,
): DocumentLine[] {
  return groups.flatMap((group, index) => {
    const members = shares.filter((share) => share.group === index);
    const exact = members.map(({ net }) => net);
    const own = roundedUnits(sumExact(exact));
    const isRounding = members.length > 0 && Math.abs(group.netMinor - own) <= members.length;
    const nets = allocate(isRounding ? group.netMinor : own, exact);
    const lines = members.map(({ line }, position) =>
      refundLine(line, nets[position] ?? 0, index, refund.minorUnits),
    );
    const taken = members.map(
      ({ line }, position): KindNet => ({ kind: line.kind, netMinor: nets[position] ?? 0 }),
    );
    const restMinor = group.netMinor - sum(nets);
    return [...lines, ...restLines(restMinor, index, remaining, 'Refund', taken)];
  });
}

function refundLine(
  line: RefundShare['line'],
  netMinor: number,
  group: number,
  minorUnits: number,
): DocumentLine {
  const price = unitPrice(netMinor, line.quantity, minorUnits);
  return {
    kind: line.kind,
    name: line.name,
    sku: line.sku,
    quantity: line.quantity,
    netMinor,
    ...(price === undefined ? {} : { unitPrice: price }),
    group,
  };
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
