import type { Json } from './json.js';
import { formatMicros, type Micros, scaleMicros, sumMicros } from './micros.js';
import type {
  DemoOrder,
  DemoRefund,
  FeeLine,
  LineTax,
  MetaDatum,
  ProductLine,
  ShippingLine,
} from './order-model.js';
import { taxLinesOf } from './tax-lines.js';
import type { TaxRate } from './tax-rates.js';

/** What is given back of one line of the order. */
interface RefundLineRequest {
  readonly lineId: number;
  readonly quantity: number;
  /** Above zero, without tax. By default the line's part for this quantity, rounded to cents. */
  readonly net?: Micros;
  readonly taxes?: readonly { readonly rateId: Json; readonly tax: Micros }[];
}

export interface RefundRequest {
  /** Above zero, with tax. By default what the lines come to. */
  readonly amount?: Micros;
  readonly reason: string;
  readonly lines: readonly RefundLineRequest[];
  readonly refundedPayment?: boolean;
}

interface Numbering {
  line(): number;
  meta(key: string, value: Json): MetaDatum;
}

/**
 * A refund of an order: lines, taxes and totals negative, the amount positive. Its tax lines are made
 * from today's rates (README, Shapes 2). Throws a RangeError for more than is left.
 */
export function createRefund(
  order: DemoOrder,
  request: RefundRequest,
  made: { readonly id: number; readonly nowMs: number },
  rates: readonly TaxRate[],
  numbering: Numbering,
): DemoRefund {
  const { content } = order;
  const find = <Line extends { readonly id: number }>(lines: readonly Line[]) =>
    request.lines.flatMap((wanted) => {
      const line = lines.find(({ id }) => id === wanted.lineId);
      return line ? [{ line, wanted }] : [];
    });
  const lines = find(content.lines).map(({ line, wanted }) =>
    productRefund(line, wanted, numbering),
  );
  const shippingLines = find(content.shippingLines).map(({ line, wanted }) =>
    plainRefund<ShippingLine>(line, wanted, numbering),
  );
  const feeLines = find(content.feeLines).map(({ line, wanted }) => ({
    ...plainRefund<FeeLine>(line, wanted, numbering),
    amount: formatMicros(-(wanted.net ?? line.total), 2),
  }));
  const taxLines = taxLinesOf(
    { lines, shippingLines, feeLines },
    rates,
    numbering.line,
    (tax) => tax,
  );
  const all = [...lines, ...shippingLines, ...feeLines];
  const amount = request.amount ?? -sumMicros(all.map((line) => line.total + line.totalTax));
  const left = content.total - sumMicros(content.refunds.map((refund) => refund.amount));
  if (amount > left || amount < 0) throw new RangeError('Invalid refund amount.');
  return {
    id: made.id,
    orderId: order.id,
    createdMs: made.nowMs,
    amount,
    reason: request.reason,
    refundedPayment: request.refundedPayment ?? false,
    meta: [],
    lines,
    shippingLines,
    feeLines,
    taxLines,
  };
}

function productRefund(
  line: ProductLine,
  wanted: RefundLineRequest,
  numbering: Numbering,
): ProductLine {
  const refunded = refundedAmounts(line, wanted, line.quantity);
  return {
    ...line,
    ...refunded,
    id: numbering.line(),
    quantity: -wanted.quantity,
    subtotal: refunded.total,
    subtotalTax: refunded.totalTax,
    taxes: refunded.taxes.map((tax) => ({ ...tax, subtotal: tax.total })),
    meta: [numbering.meta('_refunded_item_id', String(line.id))],
  };
}

function plainRefund<Line extends ShippingLine | FeeLine>(
  line: Line,
  wanted: RefundLineRequest,
  numbering: Numbering,
): Line {
  return {
    ...line,
    ...refundedAmounts(line, wanted, 1),
    id: numbering.line(),
    meta: [numbering.meta('_refunded_item_id', String(line.id))],
  };
}

interface Refundable {
  readonly total: Micros;
  readonly taxes: readonly LineTax[];
}

function refundedAmounts(line: Refundable, wanted: RefundLineRequest, ordered: number) {
  const part = (amount: Micros): Micros =>
    toCents(scaleMicros(amount, Math.round(wanted.quantity * 1000), Math.round(ordered * 1000)));
  const given = wanted.taxes;
  const taxes = line.taxes.flatMap((tax): LineTax[] => {
    if (tax.total === null) return [];
    const asked = given?.find(({ rateId }) => rateId === tax.rateId)?.tax;
    return [{ ...tax, total: -(given ? (asked ?? 0) : part(tax.total)) }];
  });
  return {
    total: -(wanted.net ?? part(line.total)),
    totalTax: sumMicros(taxes.map((tax) => tax.total ?? 0)),
    taxes,
  };
}

/** As the refund form of the back office proposes: whole cents. */
function toCents(amount: Micros): Micros {
  return scaleMicros(amount, 1, 10_000) * 10_000;
}
