import type { DocumentLine } from './document.js';
import type { Draft } from './draft.js';

/** A sale below zero as the credit note that it is: every amount with the other sign. */
export function negated(draft: Draft): Draft {
  return {
    ...draft,
    key: draft.key.replace(/\/invoice$/, '/credit-note'),
    kind: 'credit-note',
    grossMinor: minus(draft.grossMinor),
    netMinor: minus(draft.netMinor),
    taxMinor: minus(draft.taxMinor),
    lines: draft.lines.map(negatedLine),
    groups: draft.groups.map((group) => ({ ...group, netMinor: minus(group.netMinor) })),
    taxes: draft.taxes.map((tax) => ({
      ...tax,
      baseMinor: minus(tax.baseMinor),
      taxMinor: minus(tax.taxMinor),
    })),
    settlements: draft.settlements.map((settlement) => ({
      ...settlement,
      amountMinor: minus(settlement.amountMinor),
    })),
    discountMinor: minus(draft.discountMinor),
  };
}

function negatedLine(line: DocumentLine): DocumentLine {
  const { netBeforeDiscountMinor, unitPrice } = line;
  return {
    ...line,
    netMinor: minus(line.netMinor),
    ...(netBeforeDiscountMinor === undefined
      ? {}
      : { netBeforeDiscountMinor: minus(netBeforeDiscountMinor) }),
    ...(unitPrice === undefined
      ? {}
      : { unitPrice: unitPrice.startsWith('-') ? unitPrice.slice(1) : minusText(unitPrice) }),
  };
}

/** Never -0, which is no amount. */
function minus(minor: number): number {
  return minor === 0 ? 0 : -minor;
}

function minusText(amount: string): string {
  return Number(amount) === 0 ? amount : `-${amount}`;
}
