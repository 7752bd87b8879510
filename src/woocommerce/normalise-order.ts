import { minorUnitsOf, parseMinor } from '../orders/money.js';
import type { Address, Order, OrderLine, TaxLine } from '../orders/order.js';
import { addDecimals, isZero } from './decimal.js';
import type { WireAddress, WireOrder } from './schemas.js';

/**
 * WooCommerce's order as ours. Money is rounded half up to the currency's minor units where the
 * shop gave more decimals. Throws RangeError on an amount too large to be exact.
 */
export function normaliseOrder(shop: string, wire: WireOrder): Order {
  const currency = wire.currency.toUpperCase();
  const minorUnits = minorUnitsOf(currency);
  const minor = (amount: string) => parseMinor(amount, minorUnits);
  const lines = orderLines(wire);
  return {
    shop,
    id: wire.id,
    number: wire.number || String(wire.id),
    status: wire.status,
    currency,
    minorUnits,
    pricesIncludeTax: wire.prices_include_tax,
    createdAt: wire.date_created_gmt,
    modifiedAt: wire.date_modified_gmt ?? wire.date_created_gmt,
    paidAt: wire.date_paid_gmt,
    completedAt: wire.date_completed_gmt,
    grossMinor: minor(wire.total),
    taxMinor: minor(wire.total_tax),
    billing: toAddress(wire.billing),
    shipping: toAddress(wire.shipping),
    paymentMethod: wire.payment_method,
    paymentTitle: wire.payment_method_title,
    transactionId: wire.transaction_id,
    createdVia: wire.created_via,
    customerNote: wire.customer_note,
    lines,
    taxLines: wire.tax_lines.map((line) => toTaxLine(line, lines, minorUnits)),
    coupons: wire.coupon_lines.map((coupon) => ({
      code: coupon.code,
      discountMinor: minor(coupon.discount),
      discountTaxMinor: minor(coupon.discount_tax),
    })),
    // The shop gives refunds of one second in no fixed order (order-refund-several).
    refunds: wire.refunds
      .map(({ id, total, reason }) => ({ id, grossMinor: Math.abs(minor(total)), reason }))
      .sort((left, right) => left.id - right.id),
    meta: wire.meta_data,
  };
}

function orderLines(wire: WireOrder): OrderLine[] {
  return [
    ...wire.line_items.map((line) => ({
      ...commonOf(line),
      kind: 'product' as const,
      name: line.name,
      sku: line.sku,
      quantity: line.quantity,
      netBeforeDiscount: line.subtotal ?? line.total,
      taxClass: line.tax_class,
    })),
    ...wire.shipping_lines.map((line) => ({
      ...commonOf(line),
      ...ONE_PIECE,
      kind: 'shipping' as const,
      name: line.method_title,
      netBeforeDiscount: line.total,
      taxClass: '',
    })),
    ...wire.fee_lines.map((line) => ({
      ...commonOf(line),
      ...ONE_PIECE,
      kind: 'fee' as const,
      name: line.name,
      netBeforeDiscount: line.total,
      taxClass: line.tax_class,
    })),
  ];
}

const ONE_PIECE = { sku: '', quantity: '1' };

type WireLine = WireOrder['line_items'][number] | WireOrder['fee_lines'][number];
type CommonPart = Pick<WireLine, 'id' | 'total' | 'total_tax' | 'taxes' | 'meta_data'>;

function commonOf(line: CommonPart): Pick<OrderLine, 'id' | 'net' | 'tax' | 'taxes' | 'meta'> {
  return {
    id: line.id,
    net: line.total,
    tax: line.total_tax,
    taxes: line.taxes,
    meta: line.meta_data,
  };
}

type WireTaxLine = WireOrder['tax_lines'][number];

function toTaxLine(wire: WireTaxLine, lines: readonly OrderLine[], minorUnits: number): TaxLine {
  const tax = addDecimals(wire.tax_total, wire.shipping_tax_total);
  const charged = !isZero(tax) || tookTax(lines, wire.rate_id);
  return {
    rateId: wire.rate_id,
    code: wire.rate_code,
    label: wire.label,
    percent: percentOf(wire.rate_percent, charged),
    compound: wire.compound,
    taxMinor: parseMinor(tax, minorUnits),
  };
}

/** A percentage of 0 beside tax means "not known" (recorded: order-x-rate-id-zero). */
function percentOf(percent: string | null, charged: boolean): string | null {
  if (percent === null || isZero(percent)) return charged ? null : '0';
  return percent;
}

function tookTax(lines: readonly OrderLine[], rateId: string): boolean {
  return lines.some((line) =>
    line.taxes.some((tax) => tax.rateId === rateId && !isZero(tax.amount)),
  );
}

function toAddress(wire: WireAddress): Address {
  return {
    firstName: wire.first_name,
    lastName: wire.last_name,
    company: wire.company,
    street: wire.address_1,
    street2: wire.address_2,
    city: wire.city,
    state: wire.state,
    postcode: wire.postcode,
    country: wire.country,
    email: wire.email,
    phone: wire.phone,
  };
}
