import { groupKey } from './assemble.js';
import type { Document, DocumentTax, NetGroup, Settlement } from './document.js';

/** What is left of an invoice after its credit notes; the same order as the invoice's own lists. */
export interface Remaining {
  readonly grossMinor: number;
  readonly groups: readonly NetGroup[];
  readonly taxes: readonly DocumentTax[];
  readonly settlements: readonly Settlement[];
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
  const creditedSettlements = totals(
    credited.flatMap(({ settlements }) =>
      settlements.map((settlement) => ({
        key: keyOfSettlement(settlement),
        amount: settlement.amountMinor,
      })),
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
    settlements: invoice.settlements.map((settlement) => ({
      ...settlement,
      amountMinor:
        settlement.amountMinor - (creditedSettlements.get(keyOfSettlement(settlement)) ?? 0),
    })),
  };
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
