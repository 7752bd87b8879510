import Big from 'big.js';
import { metaValue } from '../orders/meta.js';
import { isDecimal } from '../orders/money.js';
import type { Order, OrderLine } from '../orders/order.js';
import type { Settlement } from './document.js';
import { inUnits, roundedUnits, sumExact } from './exact.js';
import type { DocumentSettings, PrepaymentRule } from './settings.js';

/**
 * A gift card, store credit or deposit changes what is paid, not what is sold. Two shapes are
 * recorded: a plugin lowers the total alone (x-gift-card, x-deposit-total-lowered), or adds an
 * untaxed negative fee (x-gift-card-fee).
 */
export interface Prepayments {
  readonly settlements: readonly Settlement[];
  /** Fee lines that are payments, and so no part of the sale. */
  readonly feeLines: ReadonlySet<OrderLine>;
}

export function prepaymentsByFee(order: Order, settings: DocumentSettings): Prepayments {
  const settlements: Settlement[] = [];
  const feeLines = new Set<OrderLine>();
  for (const line of order.lines) {
    const rule = feeRule(line, settings.prepayments);
    if (!rule) continue;
    feeLines.add(line);
    const amountMinor = -roundedUnits(inUnits(line.net, order.minorUnits));
    settlements.push({ kind: rule.kind, method: '', title: line.name, amountMinor });
  }
  return { settlements, feeLines };
}

function feeRule(line: OrderLine, rules: readonly PrepaymentRule[]): PrepaymentRule | undefined {
  const isUntaxedDeduction =
    line.kind === 'fee' && line.net.startsWith('-') && line.taxes.length === 0;
  if (!isUntaxedDeduction) return undefined;
  return rules.find(
    ({ feeName }) => feeName !== undefined && new RegExp(feeName, 'iu').test(line.name),
  );
}

/**
 * Explains why a total is `missing` (in minor units, exact) below the sale, from the meta data that
 * the rules name: one rule's amount, or all of them together. Undefined where they do not explain it
 * but for `slack`, which is what rounding of the lines can make.
 */
export function prepaymentsByMeta(
  order: Order,
  missing: Big,
  slack: number,
  settings: DocumentSettings,
): readonly Settlement[] | undefined {
  const found = settings.prepayments.flatMap(({ kind, metaKeys }): Settlement[] => {
    for (const key of metaKeys ?? []) {
      const amount = amountIn(metaValue(order.meta, key), order.minorUnits);
      if (amount) return [{ kind, method: '', title: key, amountMinor: roundedUnits(amount) }];
    }
    return [];
  });
  const explains = (settlements: readonly Settlement[]) =>
    settlements.length > 0 &&
    settlements
      .reduce((rest, { amountMinor }) => rest.minus(amountMinor), missing)
      .abs()
      .lte(slack);
  const single = found.find((settlement) => explains([settlement]));
  if (single) return [single];
  return explains(found) ? found : undefined;
}

/** An amount, or the sum of the amounts by card (`{"CADO-1": 20}`); undefined where there is none. */
function amountIn(value: unknown, minorUnits: number): Big | undefined {
  if (typeof value === 'number')
    return Number.isFinite(value) ? new Big(value).times(10 ** minorUnits) : undefined;
  if (typeof value === 'string')
    return isDecimal(value.trim()) ? inUnits(value.trim(), minorUnits) : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  const amounts = Object.values(value).flatMap((part) => amountIn(part, minorUnits) ?? []);
  return amounts.length === 0 ? undefined : sumExact(amounts);
}
