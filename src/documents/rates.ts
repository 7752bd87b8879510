import Big from 'big.js';
import type { Order, OrderLine, TaxLine } from '../orders/order.js';
import { inUnits, sumExact } from './exact.js';
import type { DocumentSettings } from './settings.js';
import { Unbookable } from './unbookable.js';
import { appliesTo } from './vat.js';

/** A rate as it applies to one line. */
export interface LineRate {
  readonly taxLine: TaxLine;
  readonly percent: string;
  readonly derived: boolean;
  readonly country: string;
  /** Exact tax of this rate on the line, in minor units. */
  readonly tax: Big;
}

const regionNames = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

/** Of two letters, so they are few. Kept, since Intl is slow and each line of each order asks. */
const regions = new Map<string, boolean>();

function isRegion(code: string): boolean {
  const known = regions.get(code) ?? regionNames.of(code) !== undefined;
  regions.set(code, known);
  return known;
}

/** The country that WooCommerce writes before a rate's name (`NL-BTW HOOG-1`); else that of delivery. */
export function rateCountry(taxLine: TaxLine, deliveryCountry: string): string {
  const country = /^([A-Z]{2})-/.exec(taxLine.code)?.[1];
  return country !== undefined && isRegion(country) ? country : deliveryCountry;
}

/** Finds each line's rates, with the percentage from the order's own tax lines. */
export function createRateFinder(
  order: Order,
  settings: DocumentSettings,
  context: { vatNumber: string; deliveryCountry: string },
): (line: OrderLine) => LineRate[] {
  const byId = new Map(order.taxLines.map((taxLine) => [taxLine.rateId, taxLine]));
  const derivedPercents = new Map<string, string>();

  function percentFor(line: OrderLine, taxLine: TaxLine): { percent: string; derived: boolean } {
    if (taxLine.percent !== null) return { percent: taxLine.percent, derived: false };
    const key = likeness(line, taxLine.rateId) ?? '';
    const known = derivedPercents.get(key);
    if (known !== undefined) return { percent: known, derived: true };
    const percent = derivePercent(line, taxLine);
    derivedPercents.set(key, percent);
    return { percent, derived: true };
  }

  function derivePercent(line: OrderLine, taxLine: TaxLine): string {
    if (settings.unknownRate === 'block') {
      throw new Unbookable(
        `The shop does not know the percentage of "${taxLine.label}" (rate ${taxLine.rateId}), although it charged tax.`,
        'Set documents.unknownRate: derive to work it out from the lines, or correct the order in the shop.',
      );
    }
    const country = rateCountry(taxLine, context.deliveryCountry);
    const alike = order.lines.filter(
      (other) => likeness(other, taxLine.rateId) === likeness(line, taxLine.rateId),
    );
    const question = { ...context, percent: '', country, orderMeta: order.meta, line };
    const fitting = new Set(
      settings.vat
        .filter((rule) => appliesTo(rule, question, settings.sellerCountry))
        .map((rule) => rule.percent)
        .filter((percent) => alike.every((other) => fits(other, taxLine.rateId, percent))),
    );
    const [percent, another] = fitting;
    if (percent === undefined || another !== undefined) {
      throw new Unbookable(
        `The shop does not know the percentage of "${taxLine.label}" (rate ${taxLine.rateId}), and the tax on "${line.name}" fits ${percent === undefined ? 'none' : `more than one (${[...fitting].join(', ')} %)`} of the mapped rates.`,
        'Add the rate under vat: or correct the order in the shop (recalculate it).',
      );
    }
    return percent;
  }

  function fits(line: OrderLine, rateId: string, percent: string): boolean {
    const tax = sumExact(
      line.taxes
        .filter((candidate) => candidate.rateId === rateId)
        .map(({ amount }) => inUnits(amount, order.minorUnits)),
    );
    return isTaxOf(tax, inUnits(line.net, order.minorUnits), percent);
  }

  return (line) =>
    line.taxes.map(({ rateId, amount }) => {
      const taxLine = byId.get(rateId);
      if (!taxLine) {
        throw new Unbookable(
          `"${line.name}" carries tax of rate ${rateId}, which the order does not list among its taxes.`,
          'Recalculate the order in the shop.',
        );
      }
      return {
        taxLine,
        ...percentFor(line, taxLine),
        country: rateCountry(taxLine, context.deliveryCountry),
        tax: inUnits(amount, order.minorUnits),
      };
    });
}

/** Lines of one kind and class were taxed by the same rate. */
function likeness(line: OrderLine, rateId: string): string | undefined {
  if (!line.taxes.some((tax) => tax.rateId === rateId)) return undefined;
  return `${rateId}/${line.kind}/${line.taxClass}`;
}

/**
 * True where `tax` can be `percent` of `net` (both in minor units), given that the shop may have
 * rounded each of the two by half a unit.
 */
export function isTaxOf(tax: Big, net: Big, percent: string): boolean {
  const share = new Big(percent).div(100);
  return tax.minus(net.times(share)).abs().lte(share.times(0.5).plus(0.51));
}
