import Big from 'big.js';
import type { Order, TaxLine } from '../orders/order.js';
import { allocate } from './allocate.js';
import type { DocumentLine, DocumentTax, NetGroup, VatTreatment } from './document.js';
import { roundedUnits, sumExact } from './exact.js';
import type { Part } from './parts.js';
import { isTaxOf } from './rates.js';
import { Unbookable } from './unbookable.js';

export interface Figures {
  readonly netMinor: number;
  readonly taxMinor: number;
  readonly lines: readonly DocumentLine[];
  readonly groups: readonly NetGroup[];
  readonly taxes: readonly DocumentTax[];
}

/**
 * Lines, groups and taxes whose nets sum to `netMinor` and whose taxes are the shop's own.
 * `roundingMinor` is the share of the net that is an explained rounding difference.
 */
export function assemble(
  order: Order,
  parts: readonly Part[],
  netMinor: number,
  roundingMinor: number,
): Figures {
  const grouped = groupParts(parts);
  const groupNets = allocate(
    netMinor - roundingMinor,
    grouped.map((members) => sumExact(members.map(({ net }) => net))),
  );
  const groups: NetGroup[] = grouped.map((members, index) => ({
    netMinor: groupNets[index] ?? 0,
    rateIds: rateIdsOf(members[0]),
    vat: members[0]?.vat ?? [],
  }));
  const lines = placeLines(parts, grouped, groupNets, order.minorUnits);
  if (roundingMinor !== 0) {
    lines.push(roundingLine(roundingMinor, groups.length));
    groups.push({ netMinor: roundingMinor, rateIds: [], vat: [] });
  }
  return {
    netMinor,
    taxMinor: order.taxMinor,
    lines,
    groups,
    taxes: order.taxLines.flatMap((taxLine) => taxesOf(taxLine, parts, groups)),
  };
}

/** Parts with the same rates, treated the same, together; in order of appearance. */
function groupParts(parts: readonly Part[]): Part[][] {
  const byKey = new Map<string, Part[]>();
  for (const part of parts) {
    const key = groupKey(rateIdsOf(part), part.vat);
    const members = byKey.get(key);
    if (members) members.push(part);
    else byKey.set(key, [part]);
  }
  return [...byKey.values()];
}

/** What makes two shares of a document the same for VAT. */
export function groupKey(rateIds: readonly string[], vat: readonly VatTreatment[]): string {
  const treatments = vat.map(({ code, category, percent, country }) =>
    [code, category, percent, country].join('|'),
  );
  return [...rateIds, ...treatments].join('/');
}

function rateIdsOf(part: Part | undefined): string[] {
  return (part?.rates ?? []).map(({ taxLine }) => taxLine.rateId).sort();
}

function placeLines(
  parts: readonly Part[],
  grouped: readonly (readonly Part[])[],
  groupNets: readonly number[],
  minorUnits: number,
): DocumentLine[] {
  const placed = new Map<Part, DocumentLine>();
  grouped.forEach((members, group) => {
    const nets = allocate(
      groupNets[group] ?? 0,
      members.map(({ net }) => net),
    );
    members.forEach((part, index) => {
      placed.set(part, documentLine(part, nets[index] ?? 0, group, minorUnits));
    });
  });
  return parts.flatMap((part) => placed.get(part) ?? []);
}

function documentLine(
  part: Part,
  netMinor: number,
  group: number,
  minorUnits: number,
): DocumentLine {
  const { line } = part;
  const beforeMinor = roundedUnits(part.netBeforeDiscount);
  const carriesNothing = netMinor === 0 && beforeMinor === 0;
  const price = unitPrice(netMinor, line.quantity, minorUnits);
  return {
    kind: line.kind === 'product' && carriesNothing ? 'text' : line.kind,
    name: line.name,
    sku: line.sku,
    quantity: line.quantity,
    netMinor,
    ...(part.netBeforeDiscount.eq(part.net) ? {} : { netBeforeDiscountMinor: beforeMinor }),
    ...(price === undefined ? {} : { unitPrice: price }),
    group,
  };
}

/** Net per piece at up to 8 decimals; undefined for a quantity of 0. */
export function unitPrice(
  netMinor: number,
  quantity: string,
  minorUnits: number,
): string | undefined {
  const pieces = new Big(quantity);
  if (pieces.eq(0)) return undefined;
  const net = new Big(netMinor).div(10 ** minorUnits);
  return net.div(pieces).round(8, Big.roundHalfUp).toFixed();
}

function roundingLine(netMinor: number, group: number): DocumentLine {
  return { kind: 'rounding', name: 'Rounding', sku: '', quantity: '1', netMinor, group };
}

/** The shop's own tax of one rate; several entries where its lines are treated differently. */
function taxesOf(
  taxLine: TaxLine,
  parts: readonly Part[],
  groups: readonly NetGroup[],
): DocumentTax[] {
  const uses = parts.flatMap((part) =>
    part.rates
      .filter((rate) => rate.taxLine === taxLine)
      .map((rate) => ({ part, rate, key: groupKey([], [rate.vat]) })),
  );
  if (uses.length === 0) {
    if (taxLine.taxMinor === 0) return [];
    throw new Unbookable(
      `The order lists tax of "${taxLine.label}" (rate ${taxLine.rateId}), but no line carries it.`,
      'Recalculate the order in the shop.',
    );
  }
  const keys = [...new Set(uses.map(({ key }) => key))];
  const exact = keys.map((key) =>
    sumExact(uses.filter((use) => use.key === key).map(({ rate }) => rate.tax)),
  );
  requireAgreement(taxLine, sumExact(exact), uses.length);
  const taxMinors = allocate(taxLine.taxMinor, exact);
  return keys.flatMap((key, index) => {
    const sample = uses.find((use) => use.key === key)?.rate;
    if (!sample) return [];
    requirePercentage(uses.filter((use) => use.key === key));
    return [
      {
        rateId: taxLine.rateId,
        label: taxLine.label,
        compound: taxLine.compound,
        vat: sample.vat,
        baseMinor: baseOf(taxLine.rateId, key, groups),
        taxMinor: taxMinors[index] ?? 0,
        derived: sample.derived,
      },
    ];
  });
}

function baseOf(rateId: string, key: string, groups: readonly NetGroup[]): number {
  return groups
    .filter(
      (group) =>
        group.rateIds.includes(rateId) && group.vat.some((vat) => groupKey([], [vat]) === key),
    )
    .reduce((sum, { netMinor }) => sum + netMinor, 0);
}

/** The lines' taxes must make up the tax line, but for what rounding explains. */
function requireAgreement(taxLine: TaxLine, onLines: Big, lineCount: number): void {
  if (
    onLines
      .minus(taxLine.taxMinor)
      .abs()
      .lte(0.5 * lineCount + 1)
  )
    return;
  throw new Unbookable(
    `The lines' tax of "${taxLine.label}" (rate ${taxLine.rateId}) does not add up to the order's own figure.`,
    'Recalculate the order in the shop.',
  );
}

/** The percentage must be the one that was charged, within what rounding explains. */
function requirePercentage(uses: readonly { part: Part; rate: Part['rates'][number] }[]): void {
  const off = uses.filter(({ part, rate }) => {
    const simpleTax = sumExact(
      part.rates.filter(({ taxLine }) => !taxLine.compound).map(({ tax }) => tax),
    );
    const base = rate.taxLine.compound ? part.net.plus(simpleTax) : part.net;
    return part.rates.length === 1 && !isTaxOf(rate.tax, base, rate.percent) && !isShare(part);
  });
  const [first] = off;
  if (!first) return;
  throw new Unbookable(
    `The order says ${first.rate.percent} % for "${first.rate.taxLine.label}", but the tax on "${first.part.line.name}" is another share of its amount.`,
    'Recalculate the order in the shop, or correct its tax there.',
  );
}

/** Part of a line that was split between rates; its net follows from its tax. */
function isShare(part: Part): boolean {
  return part.line.taxes.length !== part.rates.length;
}

/** How far the lines may miss the total because each was rounded when it was shown. */
export function roundingSlack(order: Order, parts: readonly Part[], decimalsShown: number): number {
  if (decimalsShown > order.minorUnits) return 1;
  const shownUnit = 10 ** (order.minorUnits - decimalsShown);
  return (0.5 * parts.length + 1) * shownUnit;
}

export function exactNet(parts: readonly Part[]): Big {
  return sumExact(parts.map(({ net }) => net));
}
