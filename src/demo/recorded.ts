import { type Json, type JsonObject, numberOf, objectOf, objectsOf, textOf } from './json.js';
import { formatMicros, type Micros, micros } from './micros.js';
import type {
  Address,
  CouponLine,
  FeeLine,
  LineTax,
  MetaDatum,
  OrderContent,
  ProductLine,
  ShippingLine,
  TaxLine,
} from './order-model.js';
import { DemoOrder, type DemoRefund } from './order-model.js';

/*
 * From a WooCommerce answer back to what a shop keeps. Read with `dp=6` nothing is lost; with fewer
 * decimals a line's total is found again from its `price`, which is never rounded.
 */

/** An order (and its refunds) as answered by `/orders/{id}` and `/orders/{id}/refunds`. */
export function recordedOrder(wire: JsonObject, refunds: readonly JsonObject[] = []): DemoOrder {
  const id = numberOf(wire['id']);
  const content = orderContent(wire, refunds);
  return new DemoOrder(
    id,
    textOf(wire['status']),
    gmt(wire['date_created_gmt']) ?? 0,
    gmt(wire['date_modified_gmt']) ?? 0,
    () => content,
  );
}

function orderContent(wire: JsonObject, refunds: readonly JsonObject[]): OrderContent {
  const id = numberOf(wire['id']);
  return {
    parentId: numberOf(wire['parent_id']),
    currency: textOf(wire['currency']),
    version: textOf(wire['version']),
    pricesIncludeTax: wire['prices_include_tax'] === true,
    ...totals(wire),
    customerId: numberOf(wire['customer_id']),
    orderKey: textOf(wire['order_key']),
    billing: address(wire['billing']),
    shipping: address(wire['shipping']),
    paymentMethod: textOf(wire['payment_method']),
    paymentMethodTitle: textOf(wire['payment_method_title']),
    transactionId: textOf(wire['transaction_id']),
    customerIpAddress: textOf(wire['customer_ip_address']),
    createdVia: textOf(wire['created_via']),
    customerNote: textOf(wire['customer_note']),
    cartHash: textOf(wire['cart_hash']),
    number: textOf(wire['number']),
    completedMs: gmt(wire['date_completed_gmt']),
    paidMs: gmt(wire['date_paid_gmt']),
    meta: meta(wire['meta_data']),
    ...lines(wire),
    couponLines: objectsOf(wire['coupon_lines']).map(couponLine),
    refunds:
      refunds.length > 0
        ? refunds.map((refund) => recordedRefund(refund, id))
        : objectsOf(wire['refunds']).map((refund) => refundStub(refund, id)),
  };
}

export function recordedRefund(wire: JsonObject, orderId: number): DemoRefund {
  return {
    id: numberOf(wire['id']),
    orderId,
    createdMs: gmt(wire['date_created_gmt']) ?? 0,
    amount: amount(wire['amount']),
    reason: textOf(wire['reason']),
    refundedPayment: wire['refunded_payment'] === true,
    meta: meta(wire['meta_data']),
    ...lines(wire),
  };
}

/** What an order alone tells of a refund whose own answer was not recorded. */
function refundStub(wire: JsonObject, orderId: number): DemoRefund {
  return {
    ...recordedRefund({ id: wire['id'] ?? 0, reason: wire['reason'] ?? '' }, orderId),
    amount: -amount(wire['total']),
  };
}

function totals(wire: JsonObject) {
  return {
    discountTotal: amount(wire['discount_total']),
    discountTax: amount(wire['discount_tax']),
    shippingTotal: amount(wire['shipping_total']),
    shippingTax: amount(wire['shipping_tax']),
    cartTax: amount(wire['cart_tax']),
    total: amount(wire['total']),
    totalTax: amount(wire['total_tax']),
  };
}

function lines(wire: JsonObject) {
  return {
    lines: objectsOf(wire['line_items']).map(productLine),
    taxLines: objectsOf(wire['tax_lines']).map(taxLine),
    shippingLines: objectsOf(wire['shipping_lines']).map(shippingLine),
    feeLines: objectsOf(wire['fee_lines']).map(feeLine),
  };
}

function lineBase(wire: JsonObject) {
  return {
    id: numberOf(wire['id']),
    total: amount(wire['total']),
    totalTax: amount(wire['total_tax']),
    taxes: objectsOf(wire['taxes']).map(lineTax),
    meta: meta(wire['meta_data']),
  };
}

function productLine(wire: JsonObject): ProductLine {
  return {
    ...lineBase(wire),
    total: unroundedTotal(wire),
    name: textOf(wire['name']),
    productId: numberOf(wire['product_id']),
    variationId: numberOf(wire['variation_id']),
    quantity: numberOf(wire['quantity']),
    taxClass: textOf(wire['tax_class']),
    subtotal: amount(wire['subtotal']),
    subtotalTax: amount(wire['subtotal_tax']),
    sku: textOrNull(wire['sku']),
    image: wire['image'] ?? null,
    parentName: textOrNull(wire['parent_name']),
  };
}

/** `price` x quantity where that rounds to the shown total; the shown total otherwise. */
function unroundedTotal(wire: JsonObject): Micros {
  const shown = textOf(wire['total']);
  const decimals = shown.split('.')[1]?.length ?? 0;
  const exact = micros(numberOf(wire['price']) * numberOf(wire['quantity']));
  return formatMicros(exact, decimals) === shown ? exact : micros(shown);
}

function shippingLine(wire: JsonObject): ShippingLine {
  return {
    ...lineBase(wire),
    methodTitle: textOf(wire['method_title']),
    methodId: textOf(wire['method_id']),
    instanceId: textOf(wire['instance_id']),
    taxStatus: textOf(wire['tax_status']),
  };
}

function feeLine(wire: JsonObject): FeeLine {
  return {
    ...lineBase(wire),
    name: textOf(wire['name']),
    taxClass: textOf(wire['tax_class']),
    taxStatus: textOf(wire['tax_status']),
    amount: textOf(wire['amount']),
  };
}

function taxLine(wire: JsonObject): TaxLine {
  return {
    id: numberOf(wire['id']),
    rateCode: textOf(wire['rate_code']),
    rateId: wire['rate_id'] ?? 0,
    label: textOf(wire['label']),
    compound: wire['compound'] === true,
    taxTotal: amount(wire['tax_total']),
    shippingTaxTotal: amount(wire['shipping_tax_total']),
    ratePercent: wire['rate_percent'] ?? 0,
    meta: meta(wire['meta_data']),
  };
}

function couponLine(wire: JsonObject): CouponLine {
  return {
    id: numberOf(wire['id']),
    code: textOf(wire['code']),
    discount: textOf(wire['discount']),
    discountTax: textOf(wire['discount_tax']),
    discountType: textOf(wire['discount_type']),
    nominalAmount: wire['nominal_amount'] ?? 0,
    freeShipping: wire['free_shipping'] === true,
    meta: meta(wire['meta_data']),
  };
}

function lineTax(wire: JsonObject): LineTax {
  return {
    rateId: wire['id'] ?? 0,
    total: amountOrNull(wire['total']),
    subtotal: amountOrNull(wire['subtotal']),
  };
}

function meta(wire: Json | undefined): MetaDatum[] {
  return objectsOf(wire).map((datum) => ({
    id: numberOf(datum['id']),
    key: textOf(datum['key']),
    value: datum['value'] ?? null,
    ...(datum['display_key'] === undefined ? {} : { displayKey: textOf(datum['display_key']) }),
    ...(datum['display_value'] === undefined ? {} : { displayValue: datum['display_value'] }),
  }));
}

function address(wire: Json | undefined): Address {
  const from = objectOf(wire);
  return {
    first_name: textOf(from['first_name']),
    last_name: textOf(from['last_name']),
    company: textOf(from['company']),
    address_1: textOf(from['address_1']),
    address_2: textOf(from['address_2']),
    city: textOf(from['city']),
    state: textOf(from['state']),
    postcode: textOf(from['postcode']),
    country: textOf(from['country']),
    ...(from['email'] === undefined ? {} : { email: textOf(from['email']) }),
    phone: textOf(from['phone']),
  };
}

function amount(value: Json | undefined): Micros {
  return micros(textOf(value) || '0');
}

function amountOrNull(value: Json | undefined): Micros | null {
  const text = textOf(value);
  return text === '' ? null : micros(text);
}

function textOrNull(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function gmt(value: Json | undefined): number | null {
  const epochMs = Date.parse(`${textOf(value)}Z`);
  return Number.isNaN(epochMs) ? null : epochMs;
}
