import type { Decimal } from './money.js';
import type { Instant } from './time.js';

/** A plugin's datum on an order or a line; the value is whatever the plugin stored. */
export interface Meta {
  readonly key: string;
  readonly value: unknown;
}

export interface Address {
  readonly firstName: string;
  readonly lastName: string;
  readonly company: string;
  readonly street: string;
  readonly street2: string;
  readonly city: string;
  readonly state: string;
  readonly postcode: string;
  /** ISO 3166-1 alpha-2, or empty where the shop does not know. */
  readonly country: string;
  readonly email: string;
  readonly phone: string;
}

/** The tax that one rate took on one line; not rounded where the shop gave it unrounded. */
export interface LineTax {
  readonly rateId: string;
  readonly amount: Decimal;
}

/** Goods, shipping or a fee, as ordered. Amounts are net of tax. */
export interface OrderLine {
  readonly id: number;
  readonly kind: 'product' | 'shipping' | 'fee';
  readonly name: string;
  readonly sku: string;
  /** Can be a fraction (a plugin allows it) and can be 0 on a line that carries money. */
  readonly quantity: Decimal;
  /** After discount. */
  readonly net: Decimal;
  /** Before discount; equals `net` on shipping and fees. */
  readonly netBeforeDiscount: Decimal;
  /** The line's tax as the shop rounds it. */
  readonly tax: Decimal;
  /** Empty: no rate applied to this line (which is not the same as a rate of 0 %). */
  readonly taxes: readonly LineTax[];
  readonly taxClass: string;
  readonly meta: readonly Meta[];
}

/** The tax that one rate took on the whole order: the order's own copy of the rate of its day. */
export interface TaxLine {
  /** The only key: two rates can share percentage, label and code. Text, since it can be huge. */
  readonly rateId: string;
  readonly code: string;
  readonly label: string;
  /** `null`: the shop does not know (it says 0 although tax was charged). */
  readonly percent: Decimal | null;
  readonly compound: boolean;
  /** On goods, fees and shipping together. */
  readonly taxMinor: number;
}

interface Coupon {
  readonly code: string;
  readonly discountMinor: number;
  readonly discountTaxMinor: number;
}

/** What an order says of its refunds; the refund itself has its own endpoint. */
interface RefundSummary {
  readonly id: number;
  /** Positive. */
  readonly grossMinor: number;
  readonly reason: string;
}

/** Our picture of a WooCommerce order. Money is in `currency`; see money.ts for minor units. */
export interface Order {
  readonly shop: string;
  readonly id: number;
  /** What the customer calls it; plugins change it. */
  readonly number: string;
  readonly status: string;
  readonly currency: string;
  readonly minorUnits: number;
  readonly pricesIncludeTax: boolean;
  readonly createdAt: Instant;
  readonly modifiedAt: Instant;
  readonly paidAt: Instant | null;
  readonly completedAt: Instant | null;
  /** What was to be paid, tax included; negative where the shop owes the customer. */
  readonly grossMinor: number;
  readonly taxMinor: number;
  readonly billing: Address;
  readonly shipping: Address;
  readonly paymentMethod: string;
  readonly paymentTitle: string;
  readonly transactionId: string;
  readonly createdVia: string;
  readonly customerNote: string;
  readonly lines: readonly OrderLine[];
  readonly taxLines: readonly TaxLine[];
  readonly coupons: readonly Coupon[];
  readonly refunds: readonly RefundSummary[];
  readonly meta: readonly Meta[];
}

/** A refunded part of a line. Amounts are positive where money goes back to the customer. */
export interface RefundLine {
  readonly kind: 'product' | 'shipping' | 'fee';
  readonly name: string;
  readonly sku: string;
  readonly quantity: Decimal;
  readonly net: Decimal;
  readonly tax: Decimal;
  readonly taxes: readonly LineTax[];
}

/** Money given back on an order. */
export interface Refund {
  readonly shop: string;
  readonly id: number;
  readonly orderId: number;
  readonly currency: string;
  readonly minorUnits: number;
  readonly createdAt: Instant;
  /** Positive: what was paid back, whatever the lines add up to. */
  readonly grossMinor: number;
  readonly reason: string;
  /** Empty for a refund by amount only. */
  readonly lines: readonly RefundLine[];
}
