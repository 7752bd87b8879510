import Big from 'big.js';
import type { Refund } from '../orders/order.js';
import { allocate, prorate } from './allocate.js';
import { groupKey, unitPrice } from './assemble.js';
import type { Document, DocumentLine, DocumentTax, NetGroup } from './document.js';
import { roundedUnits, sumExact } from './exact.js';
import { matchRefundLines, type RefundShare } from './refund-shares.js';
import { keyOfTax, type Remaining } from './remaining.js';
import { restLine } from './rest-lines.js';
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
  /** Why it is an estimate; absent where it is none. */
  readonly estimate?: string;
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
  const shares = matchRefundLines(refund, invoice);
  const amounts = choose(refund, invoice, remaining, itemise(shares, invoice), settings);
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
    lines: linesOf(shares, groups, refund),
    groups,
    taxes,
    estimated: amounts.estimate !== undefined,
    notes: amounts.estimate === undefined ? [] : [amounts.estimate],
  };
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
 * What closes the invoice returns what is left of each rate, so that a full refund gives back
 * exactly what was charged. Else the refund's own lines, where they make up what was paid back.
 * Else an estimate, marked as one, where the config allows it.
 */
function choose(
  refund: Refund,
  invoice: Document,
  remaining: Remaining,
  itemised: Itemised,
  settings: DocumentSettings,
): Amounts {
  if (refund.grossMinor === remaining.grossMinor) return restOf(remaining);

  const linesGross = sumExact(itemised.nets).plus(sum(itemised.taxes));
  const open = new Big(refund.grossMinor).minus(linesGross);
  if (itemised.lineCount > 0 && open.abs().lte(0.5 * itemised.lineCount + 0.5)) {
    return fitInto(itemised, refund, remaining, settings);
  }
  if (open.lt(0)) {
    requireAllowed(
      settings.refundBelowLines,
      `Less was paid back with refund ${refund.id} than its lines cost.`,
      'documents.refundBelowLines',
    );
    return scaledDown(itemised, new Big(refund.grossMinor).div(linesGross), refund);
  }
  requireAllowed(
    settings.refundWithoutLines,
    `Refund ${refund.id} has no lines for all of its amount.`,
    'documents.refundWithoutLines',
  );
  return withProportion(itemised, roundedUnits(open), refund, invoice);
}

function restOf(remaining: Remaining): Amounts {
  return {
    nets: remaining.groups.map(({ netMinor }) => netMinor),
    taxes: remaining.taxes.map(({ taxMinor }) => taxMinor),
  };
}

/** The lines as they are, unless an earlier estimate has already taken some of their tax. */
function fitInto(
  itemised: Itemised,
  refund: Refund,
  remaining: Remaining,
  settings: DocumentSettings,
): Amounts {
  const excess = itemised.taxes.map((tax, index) =>
    Math.max(0, Math.abs(tax) - Math.abs(remaining.taxes[index]?.taxMinor ?? 0)),
  );
  if (sum(excess) <= itemised.lineCount) {
    const taxes = itemised.taxes.map((tax, index) => tax - Math.sign(tax) * (excess[index] ?? 0));
    return { nets: allocate(refund.grossMinor - sum(taxes), itemised.nets), taxes };
  }
  requireAllowed(
    settings.refundWithoutLines,
    `Refund ${refund.id} returns more tax of a rate than is left on the invoice.`,
    'documents.refundWithoutLines',
  );
  const shares = prorate(refund.grossMinor, [
    ...remaining.groups.map(({ netMinor }) => netMinor),
    ...remaining.taxes.map(({ taxMinor }) => taxMinor),
  ]);
  return {
    nets: shares.slice(0, remaining.groups.length),
    taxes: shares.slice(remaining.groups.length),
    estimate:
      'More tax of a rate was returned than was left of it; it is split over what was left.',
  };
}

function scaledDown(itemised: Itemised, scale: Big, refund: Refund): Amounts {
  const taxes = itemised.taxes.map((tax) => roundedUnits(scale.times(tax)));
  return {
    nets: allocate(
      refund.grossMinor - sum(taxes),
      itemised.nets.map((net) => net.times(scale)),
    ),
    taxes,
    estimate:
      'Less was paid back than the refunded lines cost; their tax is scaled down with them.',
  };
}

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
  return {
    nets: allocate(refund.grossMinor - sum(taxes), nets),
    taxes,
    estimate:
      'The refund has no lines for all of its amount; that part is split as on the invoice.',
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

/** The refunded lines, and one line a group for what they do not stand for. */
function linesOf(
  shares: readonly RefundShare[],
  groups: readonly NetGroup[],
  refund: Refund,
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
    const restMinor = group.netMinor - sum(nets);
    const rest = restLine({ ...group, netMinor: restMinor }, index, 'Refund');
    return restMinor === 0 ? lines : [...lines, rest];
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
