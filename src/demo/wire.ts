import type { Json, JsonObject } from './json.js';
import { formatMicros, type Micros, roundMicros } from './micros.js';
import type {
  CouponLine,
  DemoOrder,
  DemoRefund,
  FeeLine,
  LineTax,
  MetaDatum,
  OrderContent,
  ProductLine,
  ShippingLine,
  TaxLine,
} from './order-model.js';
import { gmtText, type SiteTime } from './site-time.js';

/** How this shop writes its answers. */
export interface WireStyle {
  /** The address in links, without a slash at its end. */
  readonly siteUrl: string;
  readonly time: SiteTime;
  /** Decimals of the amounts: the request's `dp`, by default the store's. */
  readonly dp: number;
}

/** The store's own decimals: an order's total is rounded to them whatever `dp` asks (README, Money). */
export const STORE_DECIMALS = 2;

const SYMBOLS: Readonly<Record<string, string>> = {
  EUR: '€',
  JPY: '¥',
  KWD: 'د.ك',
  USD: '$',
  GBP: '£',
  CAD: '$',
};

/** An order as `/orders/{id}` answers it, its members in the recorded order. */
export function wireOrder(order: DemoOrder, style: WireStyle): JsonObject {
  const { content } = order;
  return {
    id: order.id,
    parent_id: content.parentId,
    status: order.status,
    currency: content.currency,
    version: content.version,
    prices_include_tax: content.pricesIncludeTax,
    date_created: style.time.localText(order.createdMs),
    date_modified: style.time.localText(order.modifiedMs),
    ...wireTotals(content, style.dp),
    ...wireParties(content),
    date_completed: localOrNull(content.completedMs, style),
    date_paid: localOrNull(content.paidMs, style),
    cart_hash: content.cartHash,
    number: content.number,
    meta_data: wireMeta(content.meta),
    ...wireLines(content, style.dp),
    coupon_lines: content.couponLines.map(wireCoupon),
    refunds: content.refunds.map((refund) => ({
      id: refund.id,
      reason: refund.reason,
      total: formatMicros(-refund.amount, style.dp),
    })),
    ...wirePayability(order, content, style),
    date_created_gmt: gmtText(order.createdMs),
    date_modified_gmt: gmtText(order.modifiedMs),
    date_completed_gmt: content.completedMs === null ? null : gmtText(content.completedMs),
    date_paid_gmt: content.paidMs === null ? null : gmtText(content.paidMs),
    currency_symbol: SYMBOLS[content.currency] ?? content.currency,
    _links: orderLinks(order.id, content, style),
  };
}

/** A refund as `/orders/{id}/refunds` answers it; the shop-wide list also names the order. */
export function wireRefund(refund: DemoRefund, style: WireStyle, withParent: boolean): JsonObject {
  const { dp, siteUrl } = style;
  const order = `${siteUrl}/wp-json/wc/v3/orders/${refund.orderId}`;
  const allow = ['GET', 'DELETE'];
  return {
    id: refund.id,
    ...(withParent ? { parent_id: refund.orderId } : {}),
    date_created: style.time.localText(refund.createdMs),
    date_created_gmt: gmtText(refund.createdMs),
    amount: formatMicros(refund.amount, dp),
    reason: refund.reason,
    refunded_by: 1,
    refunded_payment: refund.refundedPayment,
    meta_data: wireMeta(refund.meta),
    line_items: refund.lines.map((line) => wireProduct(line, dp)),
    shipping_lines: refund.shippingLines.map((line) => wireShipping(line, dp)),
    tax_lines: refund.taxLines.map((line) => wireTax(line, dp)),
    fee_lines: refund.feeLines.map((line) => wireFee(line, dp)),
    _links: {
      self: [{ href: `${order}/refunds/${refund.id}`, targetHints: { allow } }],
      collection: [{ href: `${order}/refunds` }],
      up: [{ href: order }],
    },
  };
}

function wireTotals(content: OrderContent, dp: number): JsonObject {
  return {
    discount_total: formatMicros(content.discountTotal, dp),
    discount_tax: formatMicros(content.discountTax, dp),
    shipping_total: formatMicros(content.shippingTotal, dp),
    shipping_tax: formatMicros(content.shippingTax, dp),
    cart_tax: formatMicros(content.cartTax, dp),
    total: formatMicros(roundMicros(content.total, STORE_DECIMALS), dp),
    total_tax: formatMicros(content.totalTax, dp),
  };
}

function wireParties(content: OrderContent): JsonObject {
  return {
    customer_id: content.customerId,
    order_key: content.orderKey,
    billing: { ...content.billing },
    shipping: { ...content.shipping },
    payment_method: content.paymentMethod,
    payment_method_title: content.paymentMethodTitle,
    transaction_id: content.transactionId,
    customer_ip_address: content.customerIpAddress,
    customer_user_agent: '',
    created_via: content.createdVia,
    customer_note: content.customerNote,
  };
}

function wireLines(content: OrderContent, dp: number): JsonObject {
  return {
    line_items: content.lines.map((line) => wireProduct(line, dp)),
    tax_lines: content.taxLines.map((line) => wireTax(line, dp)),
    shipping_lines: content.shippingLines.map((line) => wireShipping(line, dp)),
    fee_lines: content.feeLines.map((line) => wireFee(line, dp)),
  };
}

function wirePayability(order: DemoOrder, content: OrderContent, style: WireStyle): JsonObject {
  const payable = ['pending', 'failed', 'checkout-draft'].includes(order.status);
  return {
    payment_url: `${style.siteUrl}/checkout/order-pay/${order.id}/?pay_for_order=true&key=${content.orderKey}`,
    is_editable: ['pending', 'on-hold'].includes(order.status),
    needs_payment: payable && content.total > 0,
    needs_processing: content.lines.length > 0,
  };
}

function orderLinks(id: number, content: OrderContent, style: WireStyle): JsonObject {
  const collection = `${style.siteUrl}/wp-json/wc/v3/orders`;
  const allow = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
  const customer = `${style.siteUrl}/wp-json/wc/v3/customers/${content.customerId}`;
  return {
    self: [{ href: `${collection}/${id}`, targetHints: { allow } }],
    collection: [{ href: collection }],
    email_templates: [{ embeddable: true, href: `${collection}/${id}/actions/email_templates` }],
    ...(content.customerId > 0 ? { customer: [{ href: customer }] } : {}),
    ...(content.parentId > 0 ? { up: [{ href: `${collection}/${content.parentId}` }] } : {}),
  };
}

function wireProduct(line: ProductLine, dp: number): JsonObject {
  return {
    id: line.id,
    name: line.name,
    product_id: line.productId,
    variation_id: line.variationId,
    quantity: line.quantity,
    tax_class: line.taxClass,
    subtotal: formatMicros(line.subtotal, dp),
    subtotal_tax: formatMicros(line.subtotalTax, dp),
    total: formatMicros(line.total, dp),
    total_tax: formatMicros(line.totalTax, dp),
    taxes: line.taxes.map((tax) => wireLineTax(tax, dp)),
    meta_data: wireItemMeta(line.meta),
    sku: line.sku,
    price: line.quantity === 0 ? 0 : line.total / 1_000_000 / line.quantity,
    image: line.image,
    parent_name: line.parentName,
  };
}

function wireShipping(line: ShippingLine, dp: number): JsonObject {
  return {
    id: line.id,
    method_title: line.methodTitle,
    method_id: line.methodId,
    instance_id: line.instanceId,
    total: formatMicros(line.total, dp),
    total_tax: formatMicros(line.totalTax, dp),
    taxes: line.taxes.map((tax) => wireLineTax(tax, dp)),
    tax_status: line.taxStatus,
    meta_data: wireItemMeta(line.meta),
  };
}

function wireFee(line: FeeLine, dp: number): JsonObject {
  return {
    id: line.id,
    name: line.name,
    tax_class: line.taxClass,
    tax_status: line.taxStatus,
    amount: line.amount,
    total: formatMicros(line.total, dp),
    total_tax: formatMicros(line.totalTax, dp),
    taxes: line.taxes.map((tax) => wireLineTax(tax, dp)),
    meta_data: wireItemMeta(line.meta),
  };
}

function wireTax(line: TaxLine, dp: number): JsonObject {
  return {
    id: line.id,
    rate_code: line.rateCode,
    rate_id: line.rateId,
    label: line.label,
    compound: line.compound,
    tax_total: formatMicros(line.taxTotal, dp),
    shipping_tax_total: formatMicros(line.shippingTaxTotal, dp),
    rate_percent: line.ratePercent,
    meta_data: wireItemMeta(line.meta),
  };
}

function wireCoupon(line: CouponLine): JsonObject {
  return {
    id: line.id,
    code: line.code,
    discount: line.discount,
    discount_tax: line.discountTax,
    meta_data: wireItemMeta(line.meta),
    discount_type: line.discountType,
    nominal_amount: line.nominalAmount,
    free_shipping: line.freeShipping,
  };
}

function wireLineTax(tax: LineTax, dp: number): JsonObject {
  const amount = (value: Micros | null): string => (value === null ? '' : formatMicros(value, dp));
  return { id: tax.rateId, total: amount(tax.total), subtotal: amount(tax.subtotal) };
}

function wireMeta(meta: readonly MetaDatum[]): Json {
  return meta.map(({ id, key, value }) => ({ id, key, value }));
}

function wireItemMeta(meta: readonly MetaDatum[]): Json {
  return meta.map(({ id, key, value, displayKey, displayValue }) => ({
    id,
    key,
    value,
    display_key: displayKey ?? key,
    display_value: displayValue ?? value,
  }));
}

function localOrNull(epochMs: number | null, style: WireStyle): string | null {
  return epochMs === null ? null : style.time.localText(epochMs);
}
