import { createHash } from 'node:crypto';
import type { LineTax, Order, OrderLine, TaxLine } from '../orders/order.js';
import { canonicalDecimal } from './decimal.js';

/**
 * SHA-256, as hex, over what the order says, without when it was last modified. Neither the order
 * of keys nor the padding of decimals (`4.95`, `4.950000`) makes a difference.
 */
export function contentHash(order: Order): string {
  const { modifiedAt: _, ...content } = order;
  const same = {
    ...content,
    lines: order.lines.map(canonicalLine),
    taxLines: order.taxLines.map(canonicalTaxLine),
  };
  return createHash('sha256')
    .update(JSON.stringify(inKeyOrder(same)))
    .digest('hex');
}

function canonicalLine(line: OrderLine): OrderLine {
  return {
    ...line,
    quantity: canonicalDecimal(line.quantity),
    net: canonicalDecimal(line.net),
    netBeforeDiscount: canonicalDecimal(line.netBeforeDiscount),
    tax: canonicalDecimal(line.tax),
    taxes: line.taxes.map(canonicalTax),
  };
}

function canonicalTax(tax: LineTax): LineTax {
  return { ...tax, amount: canonicalDecimal(tax.amount) };
}

function canonicalTaxLine(line: TaxLine): TaxLine {
  return { ...line, percent: line.percent === null ? null : canonicalDecimal(line.percent) };
}

/** The same with the keys of every object in order. */
function inKeyOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(inKeyOrder);
  const ordered: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) {
    const inner = inKeyOrder(Reflect.get(value, key));
    // A plugin's datum may be called anything, and this name would be taken for the prototype.
    if (key === '__proto__')
      Object.defineProperty(ordered, key, { value: inner, enumerable: true });
    else ordered[key] = inner;
  }
  return ordered;
}
