import type { Micros } from './micros.js';
import type { LineTax, OrderLines, TaxLine } from './order-model.js';
import { rateCode, type TaxRate } from './tax-rates.js';

type Taxed = Pick<OrderLines, 'lines' | 'shippingLines' | 'feeLines'>;

/**
 * One tax line a rate, in the order in which the lines name them. Each line's tax is rounded before
 * it is added (recorded: tax per rate is not rate x base to the cent).
 */
export function taxLinesOf(
  parts: Taxed,
  rates: readonly TaxRate[],
  nextId: () => number,
  round: (tax: Micros) => Micros,
): TaxLine[] {
  const goods = taxByRate([...parts.lines, ...parts.feeLines], round);
  const shipping = taxByRate(parts.shippingLines, round);
  return [...new Set([...goods.keys(), ...shipping.keys()])].map((rateId) => {
    const rate = rates.find((candidate) => candidate.id === rateId);
    return {
      id: nextId(),
      rateCode: rate ? rateCode(rate) : '',
      rateId,
      label: rate?.name ?? 'Tax',
      compound: rate?.compound ?? false,
      taxTotal: goods.get(rateId) ?? 0,
      shippingTaxTotal: shipping.get(rateId) ?? 0,
      ratePercent: rate?.percent ?? 0,
      meta: [],
    };
  });
}

function taxByRate(
  lines: readonly { readonly taxes: readonly LineTax[] }[],
  round: (tax: Micros) => Micros,
): Map<number, Micros> {
  const sums = new Map<number, Micros>();
  for (const line of lines) {
    for (const { rateId, total } of line.taxes) {
      if (total === null) continue;
      const id = Number(rateId);
      sums.set(id, (sums.get(id) ?? 0) + round(total));
    }
  }
  return sums;
}
