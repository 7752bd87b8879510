import type Big from 'big.js';
import type { Refund, RefundLine } from '../orders/order.js';
import { groupKey } from './assemble.js';
import type { Document, DocumentLine } from './document.js';
import { inUnits, samePercent, sumExact, ZERO } from './exact.js';
import { keyOfTax } from './remaining.js';
import { Unbookable } from './unbookable.js';

/** A refund line, or a share of one, placed in the invoice. Amounts exact, in minor units. */
export interface RefundShare {
  readonly line: RefundLine;
  /** Index into the invoice's groups. */
  readonly group: number;
  readonly net: Big;
  /** `entry`: index into the invoice's taxes. */
  readonly taxes: readonly { readonly entry: number; readonly tax: Big }[];
}

/** Finds for each refunded line the group of the invoice that it was sold in. */
export function matchRefundLines(refund: Refund, invoice: Document): RefundShare[] {
  const lines = refund.lines.filter((line) => carriesMoney(line, refund.minorUnits));
  for (const line of lines) requireSold(line, refund, invoice);
  return lines.flatMap((line) => place(line, refund, invoice));
}

/** A refund copies the lines of its order: goods that the invoice lacks were added after it. */
function requireSold({ kind, name, sku }: RefundLine, refund: Refund, invoice: Document): void {
  const isSold = invoice.lines.some(
    (line) => line.name === name || (sku !== '' && line.sku === sku),
  );
  if (kind !== 'product' || isSold) return;
  throw new Unbookable(
    `Refund ${refund.id} returns "${name}", which is not on invoice ${invoice.number}: the order was changed after it was booked.`,
    'Book the change and this refund by hand.',
  );
}

function carriesMoney(line: RefundLine, minorUnits: number): boolean {
  return (
    !inUnits(line.net, minorUnits).eq(0) ||
    line.taxes.some(({ amount }) => !inUnits(amount, minorUnits).eq(0))
  );
}

function place(line: RefundLine, refund: Refund, invoice: Document): RefundShare[] {
  const net = inUnits(line.net, refund.minorUnits);
  const named = line.taxes.map(({ rateId, amount }) => ({
    rateId,
    tax: inUnits(amount, refund.minorUnits),
  }));
  // The back office can name the order's other rates too, with nothing.
  const taxes = named.filter(({ tax }) => !tax.eq(0));
  for (const some of [named, taxes]) {
    const rateIds = some.map(({ rateId }) => rateId);
    const whole = groupFor(line, rateIds, invoice);
    if (whole !== undefined) return [share(line, whole, net, some, invoice)];
  }

  // A negative fee that was spread over several rates: each share's net follows from its tax.
  const byRate = taxes.map((tax) => ({ tax, group: groupFor(line, [tax.rateId], invoice) }));
  const nets = byRate.map(({ tax, group }) => netBehind(tax.tax, group, invoice));
  const sum = sumExact(nets);
  if (byRate.length === 0 || sum.eq(0) || byRate.some(({ group }) => group === undefined)) {
    throw new Unbookable(
      `Refund ${refund.id} returns "${line.name}" at a rate that invoice ${invoice.number} does not have.`,
      'Book this refund by hand, or correct it in the shop.',
    );
  }
  return byRate.flatMap(({ tax, group }, index) =>
    group === undefined
      ? []
      : [share(line, group, net.times(nets[index] ?? ZERO).div(sum), [tax], invoice)],
  );
}

function netBehind(tax: Big, group: number | undefined, invoice: Document): Big {
  const percent = group === undefined ? undefined : invoice.groups[group]?.vat[0]?.percent;
  return percent === undefined || samePercent(percent, '0') ? ZERO : tax.times(100).div(percent);
}

function share(
  line: RefundLine,
  group: number,
  net: Big,
  taxes: readonly { rateId: string; tax: Big }[],
  invoice: Document,
): RefundShare {
  return {
    line,
    group,
    net,
    taxes: taxes.map(({ rateId, tax }) => ({ entry: entryFor(rateId, group, invoice), tax })),
  };
}

/**
 * Among groups of the same rates, the one in which that line was sold, else one of its kind, else
 * the first. A line without tax can be one whose tax was not given back; then it is of the group
 * that it was sold in.
 */
function groupFor(
  line: RefundLine,
  rateIds: readonly string[],
  invoice: Document,
): number | undefined {
  const wanted = [...rateIds].sort().join();
  const all = invoice.groups.flatMap((group, index) => (group.vat.length > 0 ? [index] : []));
  const candidates = all.filter((index) => invoice.groups[index]?.rateIds.join() === wanted);
  const sells = (index: number, isIt: (sold: DocumentLine) => boolean) =>
    invoice.lines.some((sold) => sold.group === index && sold.kind === line.kind && isIt(sold));
  const isNamed = ({ name }: DocumentLine) => name === line.name;
  return (
    candidates.find((index) => sells(index, isNamed)) ??
    (wanted === '' ? all.find((index) => sells(index, isNamed)) : undefined) ??
    candidates.find((index) => sells(index, () => true)) ??
    candidates[0]
  );
}

function entryFor(rateId: string, group: number, invoice: Document): number {
  const keys = (invoice.groups[group]?.vat ?? []).map((vat) => groupKey([rateId], [vat]));
  const entry = invoice.taxes.findIndex((tax) => keys.includes(keyOfTax(tax)));
  if (entry < 0) throw new RangeError(`invoice ${invoice.key} has a group without its tax`);
  return entry;
}
