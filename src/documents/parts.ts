import type Big from 'big.js';
import type { Order, OrderLine } from '../orders/order.js';
import type { VatTreatment } from './document.js';
import { inUnits, samePercent, sumExact, ZERO } from './exact.js';
import { createRateFinder, isTaxOf, type LineRate } from './rates.js';
import type { DocumentSettings } from './settings.js';
import { Unbookable } from './unbookable.js';
import { findVatRule, proposedRule, treatmentBy, type VatQuestion } from './vat.js';

/** A line, or the share of a line, whose whole net carries the same rates. Amounts in minor units, exact. */
export interface Part {
  readonly line: OrderLine;
  readonly net: Big;
  readonly netBeforeDiscount: Big;
  /** One a rate; none where no rate applied. */
  readonly rates: readonly PartRate[];
  /** One a rate; the 0 % of the mapping where no rate applied; none for a line of nothing. */
  readonly vat: readonly VatTreatment[];
}

interface PartRate extends LineRate {
  readonly vat: VatTreatment;
}

export interface PartsContext {
  readonly vatNumber: string;
  readonly deliveryCountry: string;
}

/** The order's lines with their rates and treatment. Throws Unbookable where something is not known. */
export function partsOf(
  order: Order,
  lines: readonly OrderLine[],
  settings: DocumentSettings,
  context: PartsContext,
): Part[] {
  const ratesOf = createRateFinder(order, settings, context);
  return lines.flatMap((line) =>
    split(line, ratesOf(line), order.minorUnits).map((share) =>
      treat(share, order, settings, context),
    ),
  );
}

interface Share {
  readonly line: OrderLine;
  readonly net: Big;
  readonly netBeforeDiscount: Big;
  readonly rates: readonly LineRate[];
}

/**
 * Several rates on a line either stack on the same net (GST and QST), or share it between them:
 * WooCommerce spreads a negative fee over the order's classes (recorded: x-fee-none-negative-taxed).
 */
function split(line: OrderLine, rates: readonly LineRate[], minorUnits: number): Share[] {
  const net = inUnits(line.net, minorUnits);
  const netBeforeDiscount = inUnits(line.netBeforeDiscount, minorUnits);
  if (rates.length < 2 || stack(net, rates)) return [{ line, net, netBeforeDiscount, rates }];

  const shares = rates.map(({ tax, percent }) =>
    samePercent(percent, '0') ? ZERO : tax.times(100).div(percent),
  );
  const sum = sumExact(shares);
  const slack = rates.reduce((units, { percent }) => units + 60 / Math.max(Number(percent), 1), 1);
  if (sum.minus(net).abs().gt(slack) || sum.eq(0)) {
    throw new Unbookable(
      `The taxes of "${line.name}" (${rates.map(({ percent }) => `${percent} %`).join(', ')}) do not fit its amount of ${line.net}.`,
      'Recalculate the order in the shop.',
    );
  }
  return rates.map((rate, index) => {
    const shareNet = net.times(shares[index] ?? ZERO).div(sum);
    return { line, net: shareNet, netBeforeDiscount: shareNet, rates: [rate] };
  });
}

function stack(net: Big, rates: readonly LineRate[]): boolean {
  const simpleTax = sumExact(
    rates.filter(({ taxLine }) => !taxLine.compound).map(({ tax }) => tax),
  );
  return rates.every(({ tax, percent, taxLine }) =>
    isTaxOf(tax, taxLine.compound ? net.plus(simpleTax) : net, percent),
  );
}

function treat(
  share: Share,
  order: Order,
  settings: DocumentSettings,
  context: PartsContext,
): Part {
  const question = (percent: string, country: string): VatQuestion => ({
    percent,
    country,
    vatNumber: context.vatNumber,
    orderMeta: order.meta,
    line: share.line,
  });
  const ask = (percent: string, country: string): VatTreatment | undefined => {
    const rule = findVatRule(question(percent, country), settings.vat, settings.sellerCountry);
    return rule && treatmentBy(rule, percent, country);
  };

  if (share.rates.length === 0) {
    const country = context.deliveryCountry;
    const treatment = ask('0', country);
    if (treatment) return { ...share, rates: [], vat: [treatment] };
    if (share.net.eq(0)) return { ...share, rates: [], vat: [] };
    throw new Unbookable(
      `No tax was charged on "${share.line.name}" (${share.line.net}), and no line of vat: says why.`,
      `Add under vat: ${proposedRule(question('0', country))}, or correct the order in the shop.`,
    );
  }
  const rates = share.rates.map((rate) => {
    const treatment = ask(rate.percent, rate.country);
    if (!treatment) {
      throw new Unbookable(
        `No line of vat: covers ${rate.percent} % of ${rate.country || 'an unknown country'} ("${rate.taxLine.label}"), on "${share.line.name}".`,
        `Add under vat: ${proposedRule(question(rate.percent, rate.country))}`,
      );
    }
    return { ...rate, vat: treatment };
  });
  return { ...share, rates, vat: rates.map(({ vat }) => vat) };
}
