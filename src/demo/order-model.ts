import type { Json } from './json.js';
import type { Micros } from './micros.js';

/*
 * An order as the demo shop keeps it: every amount unrounded, so that any `dp` can be answered.
 * Contents are never changed in place; an edit puts a new content in the place of the old one.
 */

export interface MetaDatum {
  readonly id: number;
  readonly key: string;
  readonly value: Json;
  /** Of a line's datum, where it differs from the key: an attribute's name. */
  readonly displayKey?: string;
  readonly displayValue?: Json;
}

/** One rate's part of a line. Null is WooCommerce's empty text: not told, or not applicable. */
export interface LineTax {
  readonly rateId: Json;
  readonly total: Micros | null;
  readonly subtotal: Micros | null;
}

interface LineBase {
  readonly id: number;
  readonly total: Micros;
  readonly totalTax: Micros;
  readonly taxes: readonly LineTax[];
  readonly meta: readonly MetaDatum[];
}

export interface ProductLine extends LineBase {
  readonly name: string;
  readonly productId: number;
  readonly variationId: number;
  readonly quantity: number;
  readonly taxClass: string;
  readonly subtotal: Micros;
  readonly subtotalTax: Micros;
  /** Null where the product is gone. */
  readonly sku: string | null;
  readonly image: Json;
  readonly parentName: string | null;
}

export interface ShippingLine extends LineBase {
  readonly methodTitle: string;
  readonly methodId: string;
  readonly instanceId: string;
  readonly taxStatus: string;
}

export interface FeeLine extends LineBase {
  readonly name: string;
  readonly taxClass: string;
  readonly taxStatus: string;
  /** As it was entered: not rounded to `dp`. */
  readonly amount: string;
}

export interface TaxLine {
  readonly id: number;
  readonly rateCode: string;
  readonly rateId: Json;
  readonly label: string;
  readonly compound: boolean;
  readonly taxTotal: Micros;
  readonly shippingTaxTotal: Micros;
  readonly ratePercent: Json;
  readonly meta: readonly MetaDatum[];
}

export interface CouponLine {
  readonly id: number;
  readonly code: string;
  /** As kept: not rounded to `dp` (`order-coupon-fixed-cart-mixed-dp6`). */
  readonly discount: string;
  readonly discountTax: string;
  readonly discountType: string;
  readonly nominalAmount: Json;
  readonly freeShipping: boolean;
  readonly meta: readonly MetaDatum[];
}

export interface Totals {
  readonly discountTotal: Micros;
  readonly discountTax: Micros;
  readonly shippingTotal: Micros;
  readonly shippingTax: Micros;
  readonly cartTax: Micros;
  readonly total: Micros;
  readonly totalTax: Micros;
}

export interface OrderLines {
  readonly lines: readonly ProductLine[];
  readonly taxLines: readonly TaxLine[];
  readonly shippingLines: readonly ShippingLine[];
  readonly feeLines: readonly FeeLine[];
  readonly couponLines: readonly CouponLine[];
}

/** Keys as on the wire: `first_name`, …, `phone`. */
export interface Address {
  readonly first_name: string;
  readonly last_name: string;
  readonly company: string;
  readonly address_1: string;
  readonly address_2: string;
  readonly city: string;
  readonly state: string;
  readonly postcode: string;
  readonly country: string;
  readonly email?: string;
  readonly phone: string;
}

export interface OrderContent extends Totals, OrderLines {
  readonly parentId: number;
  readonly currency: string;
  readonly version: string;
  readonly pricesIncludeTax: boolean;
  readonly customerId: number;
  readonly orderKey: string;
  readonly billing: Address;
  readonly shipping: Address;
  readonly paymentMethod: string;
  readonly paymentMethodTitle: string;
  readonly transactionId: string;
  readonly customerIpAddress: string;
  readonly createdVia: string;
  readonly customerNote: string;
  readonly cartHash: string;
  readonly number: string;
  readonly completedMs: number | null;
  readonly paidMs: number | null;
  readonly meta: readonly MetaDatum[];
  /** Newest first, as the answers list them. */
  readonly refunds: readonly DemoRefund[];
}

export interface DemoRefund {
  readonly id: number;
  readonly orderId: number;
  readonly createdMs: number;
  /** Above zero. */
  readonly amount: Micros;
  readonly reason: string;
  readonly refundedPayment: boolean;
  readonly meta: readonly MetaDatum[];
  readonly lines: readonly ProductLine[];
  readonly shippingLines: readonly ShippingLine[];
  readonly taxLines: readonly TaxLine[];
  readonly feeLines: readonly FeeLine[];
}

/** What the lists sort and filter by, apart from the content, which may be made only when read. */
export class DemoOrder {
  #content: OrderContent | undefined;
  /** The status before the bin. */
  statusBeforeTrash: string | undefined;

  constructor(
    readonly id: number,
    public status: string,
    readonly createdMs: number,
    public modifiedMs: number,
    private readonly make: () => OrderContent,
  ) {}

  get content(): OrderContent {
    return this.#content ?? this.make();
  }

  set content(content: OrderContent) {
    this.#content = content;
  }
}
