import type { Json } from './json.js';
import { type Micros, micros } from './micros.js';
import type { Address, MetaDatum, OrderContent } from './order-model.js';
import { type Cart, priceCart, type TaxTable } from './pricing.js';

/** A new order: who buys, how it is paid, and the cart it is worked out from. */
export interface Placement {
  readonly status: string;
  readonly currency: string;
  readonly cart: Omit<Cart, 'decimals' | 'destination' | 'calculatedBy'>;
  readonly billing: Address;
  /** Where the goods go; decides the tax. */
  readonly shipping: Address;
  readonly paymentMethod: string;
  readonly paymentMethodTitle: string;
  readonly createdVia: string;
  readonly customerId: number;
  readonly transactionId?: string;
  readonly customerNote?: string;
  readonly number?: string;
  readonly meta?: readonly (readonly [key: string, value: Json])[];
  /** What a plugin took off the total alone, a gift card or a deposit (README, Shapes 9). */
  readonly totalLoweredBy?: Micros;
}

interface MetaNumbering {
  meta(key: string, value: Json): MetaDatum;
}

/** Decimals of the currencies the demo shop sells in, other than two (ISO 4217). */
const DECIMALS: Readonly<Record<string, number>> = { JPY: 0, KWD: 3, BHD: 3 };

function decimalsOf(currency: string): number {
  return DECIMALS[currency] ?? 2;
}

/** An order's content as the shop keeps it. `nextLineId` numbers its lines. */
export function orderContent(
  id: number,
  placement: Placement,
  table: TaxTable,
  nowMs: number,
  nextLineId: () => number,
  numbering: MetaNumbering,
): OrderContent {
  const { cart, shipping, createdVia } = placement;
  const priced = priceCart(
    {
      ...cart,
      destination: shipping,
      calculatedBy:
        createdVia === 'checkout' || createdVia === 'admin' ? 'back-office' : 'checkout',
      decimals: decimalsOf(placement.currency),
    },
    table,
    nextLineId,
  );
  const paid = ['processing', 'completed'].includes(placement.status);
  return {
    ...priced,
    total: priced.total - (placement.totalLoweredBy ?? micros(0)),
    parentId: 0,
    currency: placement.currency,
    version: '10.0.2',
    pricesIncludeTax: cart.pricesIncludeTax,
    customerId: placement.customerId,
    orderKey: orderKey(id),
    billing: placement.billing,
    shipping: placement.shipping,
    paymentMethod: placement.paymentMethod,
    paymentMethodTitle: placement.paymentMethodTitle,
    transactionId: placement.transactionId ?? '',
    customerIpAddress: '',
    createdVia,
    customerNote: placement.customerNote ?? '',
    cartHash: '',
    number: placement.number ?? String(id),
    completedMs: placement.status === 'completed' ? nowMs : null,
    paidMs: paid && placement.paymentMethod !== 'cod' ? nowMs : null,
    meta: (placement.meta ?? []).map(([key, value]) => numbering.meta(key, value)),
    refunds: [],
  };
}

/** In the shape of WooCommerce's, and the same for the same id. */
function orderKey(id: number): string {
  return `wc_order_${((id * 2_654_435_761) % 4_294_967_296).toString(36).padStart(13, 'd')}`;
}
