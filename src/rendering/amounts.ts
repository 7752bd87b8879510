import type { Document } from '../documents/document.js';

/** How the total of a document comes to what is to be paid. In minor units; they add up. */
export interface Payable {
  /** Net and tax, without a rounding difference. */
  readonly totalMinor: number;
  /** The explained rounding difference, which belongs to no tax. */
  readonly roundingMinor: number;
  /** Paid already: by payment, gift card or store credit; on a credit note: paid back. */
  readonly paidMinor: number;
  /** `total + rounding - paid`. A part that is paid apart (a deposit) counts as open. */
  readonly openMinor: number;
}

export function payableOf(document: Document): Payable {
  const roundingMinor = sumOf(
    document.lines.filter(({ kind }) => kind === 'rounding'),
    netOf,
  );
  const paid = document.settlements.filter(
    ({ kind }) => kind !== 'receivable' && kind !== 'deposit',
  );
  const paidMinor = sumOf(paid, ({ amountMinor }) => amountMinor);
  return {
    totalMinor: document.grossMinor - roundingMinor,
    roundingMinor,
    paidMinor,
    openMinor: document.grossMinor - paidMinor,
  };
}

const netOf = ({ netMinor }: { readonly netMinor: number }) => netMinor;

function sumOf<T>(items: readonly T[], amountOf: (item: T) => number): number {
  return items.reduce((sum, item) => sum + amountOf(item), 0);
}
