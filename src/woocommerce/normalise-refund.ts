import { minorUnitsOf, parseMinor } from '../orders/money.js';
import type { Refund, RefundLine } from '../orders/order.js';
import { negateDecimal } from './decimal.js';
import type { WireRefund } from './schemas.js';

/** The order that was refunded; a refund names neither its currency nor, mostly, its order. */
export interface RefundedOrder {
  readonly id: number;
  readonly currency: string;
}

/**
 * WooCommerce's refund as ours. Its amount is positive and its lines negative (recorded); ours are
 * positive both. Throws RangeError on an amount too large to be exact.
 */
export function normaliseRefund(shop: string, order: RefundedOrder, wire: WireRefund): Refund {
  const currency = order.currency.toUpperCase();
  const minorUnits = minorUnitsOf(currency);
  return {
    shop,
    id: wire.id,
    orderId: order.id,
    currency,
    minorUnits,
    createdAt: wire.date_created_gmt,
    grossMinor: Math.abs(parseMinor(wire.amount, minorUnits)),
    reason: wire.reason,
    lines: refundLines(wire),
  };
}

function refundLines(wire: WireRefund): RefundLine[] {
  return [
    ...wire.line_items.map((line) => ({
      ...amountsOf(line),
      kind: 'product' as const,
      name: line.name,
      sku: line.sku,
      quantity: negateDecimal(line.quantity),
    })),
    ...wire.shipping_lines.map((line) => ({
      ...amountsOf(line),
      kind: 'shipping' as const,
      name: line.method_title,
      sku: '',
      quantity: '1',
    })),
    ...wire.fee_lines.map((line) => ({
      ...amountsOf(line),
      kind: 'fee' as const,
      name: line.name,
      sku: '',
      quantity: '1',
    })),
  ];
}

type WireAmounts = Pick<WireRefund['fee_lines'][number], 'total' | 'total_tax' | 'taxes'>;

function amountsOf(line: WireAmounts): Pick<RefundLine, 'net' | 'tax' | 'taxes'> {
  return {
    net: negateDecimal(line.total),
    tax: negateDecimal(line.total_tax),
    taxes: line.taxes.map(({ rateId, amount }) => ({ rateId, amount: negateDecimal(amount) })),
  };
}
