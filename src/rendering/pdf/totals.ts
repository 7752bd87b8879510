import type { Document, Settlement } from '../../documents/document.js';
import { payableOf } from '../amounts.js';
import { foreign, visibleText } from '../visible-text.js';
import type { Formats } from './formats.js';
import type { VatRow } from './vat.js';
import type { Words } from './words/words.js';

export interface TotalRow {
  readonly label: string;
  readonly amount: string;
  /** `sum` closes what stands above it; `open` is what the reader looks for. */
  readonly role: 'plain' | 'sum' | 'open';
}

/** What is to be paid now: what is open, without what the shop settles by itself. */
export function dueMinorOf(document: Document): number {
  return payableOf(document).openMinor - depositMinorOf(document);
}

export function totalRows(
  document: Document,
  vat: readonly VatRow[],
  words: Words,
  formats: Formats,
): TotalRow[] {
  const { kind, netMinor, grossMinor, settlements } = document;
  const { roundingMinor } = payableOf(document);
  const row = (label: string, minor: number, role: TotalRow['role'] = 'plain'): TotalRow => ({
    label,
    amount: formats.money(minor),
    role,
  });
  const less = settlements.flatMap((settlement) => {
    const label = settledBy(settlement, kind, words);
    return label === undefined ? [] : [row(label, -settlement.amountMinor)];
  });
  return [
    row(words.net, netMinor - roundingMinor),
    ...vat.map(({ label, taxMinor }) => row(label, taxMinor)),
    ...(roundingMinor === 0 ? [] : [row(words.rounding, roundingMinor)]),
    row(words.total[kind], grossMinor, 'sum'),
    ...less,
    ...(isOpenTold(document) ? [row(words.open[kind], dueMinorOf(document), 'open')] : []),
  ];
}

/** That nothing is left to pay is good news; that nothing is left to pay back goes without saying. */
function isOpenTold(document: Document): boolean {
  if (document.kind === 'invoice') return document.settlements.length > 0;
  return dueMinorOf(document) !== 0;
}

function depositMinorOf({ settlements }: Document): number {
  return settlements
    .filter(({ kind }) => kind === 'deposit')
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

/** What lowers the amount that is open; undefined for that amount itself. */
function settledBy(
  settlement: Settlement,
  kind: Document['kind'],
  words: Words,
): string | undefined {
  const name = meansOf(settlement);
  switch (settlement.kind) {
    case 'payment':
      return words.paid[kind](name);
    case 'gift-card':
      return words.paid[kind](name ?? words.giftCard);
    case 'store-credit':
      return words.paid[kind](name ?? words.storeCredit);
    case 'deposit':
      return words.settledApart;
    case 'receivable':
      return undefined;
  }
}

/** As the shop names it to its customers; a key of its database says nothing to them. */
export function meansOf({ title }: Settlement): string | undefined {
  return visibleText(title) === '' || title.startsWith('_') ? undefined : foreign(title);
}
