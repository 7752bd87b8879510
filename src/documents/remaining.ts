import { groupKey } from './assemble.js';
import type { Document, DocumentTax, NetGroup, Settlement } from './document.js';

/** What is left of an invoice after its credit notes; the same order as the invoice's own lists. */
export interface Remaining {
  readonly grossMinor: number;
  readonly groups: readonly NetGroup[];
  readonly taxes: readonly DocumentTax[];
  /** With a negative entry for money that was given back by other means than it was paid. */
  readonly settlements: readonly Settlement[];
  /** Net of each kind of line, by group. */
  readonly kinds: readonly (readonly KindNet[])[];
  /** There are no credit notes yet. */
  readonly isWhole: boolean;
}

export interface KindNet {
  readonly kind: 'product' | 'shipping' | 'fee';
  readonly netMinor: number;
}

export function remainingOf(invoice: Document, credited: readonly Document[]): Remaining {
  const creditedGroups = totals(
    credited.flatMap(({ groups }) =>
      groups.map((group) => ({ key: keyOfGroup(group), amount: group.netMinor })),
    ),
  );
  const creditedTaxes = totals(
    credited.flatMap(({ taxes }) =>
      taxes.map((tax) => ({ key: keyOfTax(tax), amount: tax.taxMinor })),
    ),
  );
  const creditedBases = totals(
    credited.flatMap(({ taxes }) =>
      taxes.map((tax) => ({ key: keyOfTax(tax), amount: tax.baseMinor })),
    ),
  );
  return {
    grossMinor: credited.reduce((rest, { grossMinor }) => rest - grossMinor, invoice.grossMinor),
    groups: invoice.groups.map((group) => ({
      ...group,
      netMinor: group.netMinor - (creditedGroups.get(keyOfGroup(group)) ?? 0),
    })),
    taxes: invoice.taxes.map((tax) => ({
      ...tax,
      baseMinor: tax.baseMinor - (creditedBases.get(keyOfTax(tax)) ?? 0),
      taxMinor: tax.taxMinor - (creditedTaxes.get(keyOfTax(tax)) ?? 0),
    })),
    settlements: settlementsLeft(invoice, credited),
    kinds: invoice.groups.map((group) => kindsLeft(group, invoice, credited)),
    isWhole: credited.length === 0,
  };
}

function settlementsLeft(invoice: Document, credited: readonly Document[]): Settlement[] {
  const left = new Map<string, Settlement>();
  const move = (settlement: Settlement, sign: 1 | -1) => {
    const key = keyOfSettlement(settlement);
    const amountMinor = (left.get(key)?.amountMinor ?? 0) + sign * settlement.amountMinor;
    left.set(key, { ...settlement, amountMinor });
  };
  for (const settlement of invoice.settlements) move(settlement, 1);
  for (const settlement of credited.flatMap(({ settlements }) => settlements)) {
    move(settlement, -1);
  }
  return [...left.values()];
}

function kindsLeft(
  group: NetGroup,
  invoice: Document,
  credited: readonly Document[],
): readonly KindNet[] {
  const left = new Map<KindNet['kind'], number>();
  const move = (document: Document, sign: 1 | -1) => {
    for (const line of document.lines) {
      const own = document.groups[line.group];
      if (!own || keyOfGroup(own) !== keyOfGroup(group)) continue;
      if (line.kind === 'text' || line.kind === 'rounding') continue;
      left.set(line.kind, (left.get(line.kind) ?? 0) + sign * line.netMinor);
    }
  };
  move(invoice, 1);
  for (const note of credited) move(note, -1);
  return [...left].map(([kind, netMinor]) => ({ kind, netMinor }));
}

/** Nothing of the invoice is left to be credited, by whatever means it was paid. */
export function isNothingLeft({ grossMinor, settlements }: Remaining): boolean {
  return grossMinor === 0 && settlements.every(({ amountMinor }) => amountMinor === 0);
}

export function keyOfGroup(group: NetGroup): string {
  return groupKey(group.rateIds, group.vat);
}

export function keyOfTax(tax: DocumentTax): string {
  return groupKey([tax.rateId], [tax.vat]);
}

function keyOfSettlement({ kind, method, title }: Settlement): string {
  return JSON.stringify([kind, method, title]);
}

function totals(entries: readonly { key: string; amount: number }[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { key, amount } of entries) {
    sums.set(key, (sums.get(key) ?? 0) + amount);
  }
  return sums;
}
