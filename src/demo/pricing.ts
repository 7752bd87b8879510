import { type Coupon, discountsOf } from './discounts.js';
import type { Json } from './json.js';
import { formatMicros, type Micros, roundMicros, scaleMicros, sumMicros } from './micros.js';
import type {
  CouponLine,
  FeeLine,
  LineTax,
  MetaDatum,
  OrderLines,
  ProductLine,
  ShippingLine,
  Totals,
} from './order-model.js';
import { taxLinesOf } from './tax-lines.js';
import { netOf, type Place, type RateTax, ratesAt, type TaxRate, taxesOn } from './tax-rates.js';

/** A line of goods as it is put into the cart. */
export interface PricedItem {
  readonly productId: number;
  readonly variationId?: number;
  readonly name: string;
  readonly sku: string | null;
  /** One piece, with or without tax as the shop enters its prices. */
  readonly price: Micros;
  readonly quantity: number;
  /** Empty for the standard class; null for goods that are not taxed. */
  readonly taxClass: string | null;
  readonly meta?: readonly MetaDatum[];
}

interface PricedShipping {
  readonly title: string;
  readonly methodId: string;
  readonly net: Micros;
}

interface PricedFee {
  readonly name: string;
  readonly net: Micros;
  readonly taxClass: string;
  readonly taxable: boolean;
}

/** What an order is worked out from. */
export interface Cart {
  readonly pricesIncludeTax: boolean;
  readonly destination: Place;
  readonly vatExempt: boolean;
  readonly items: readonly PricedItem[];
  readonly coupons: readonly Coupon[];
  readonly shipping: readonly PricedShipping[];
  readonly fees: readonly PricedFee[];
  /** `back-office` also taxes negative fees; the checkout does not (README, Money). */
  readonly calculatedBy: 'checkout' | 'back-office';
  /** Decimals that lines and totals are rounded to: the currency's, while it is calculated. */
  readonly decimals: number;
}

/** The tax table, and where the shop is: the tax inside its prices is that of its own country. */
export interface TaxTable {
  readonly rates: readonly TaxRate[];
  readonly base: Place;
}

interface Context {
  readonly cart: Cart;
  readonly table: TaxTable;
  readonly nextId: () => number;
}

/**
 * An order's lines and totals as WooCommerce 10.0.2 works them out, rounding taxes per line and rate
 * (halves down where prices include tax) and lines to the currency's decimals before adding them up.
 * `nextId` numbers the lines.
 */
export function priceCart(cart: Cart, table: TaxTable, nextId: () => number): OrderLines & Totals {
  const context = { cart, table, nextId };
  const discounts = cart.coupons.map((coupon) =>
    discountsOf(
      coupon,
      cart.items.map((item) => ({ price: item.price * item.quantity, quantity: item.quantity })),
    ),
  );
  const lines = cart.items.map((item, index) =>
    productLine(item, sumMicros(discounts.map((discount) => discount[index] ?? 0)), context),
  );
  const shippingLines = cart.shipping.map((shipping) => shippingLine(shipping, context));
  const feeLines = cart.fees.map((fee) => feeLine(fee, lines, shippingLines, context));
  const couponLines = cart.coupons.map((coupon, index) =>
    couponLine(coupon, discounts[index] ?? [], context),
  );
  const rated = { lines, shippingLines, feeLines };
  const taxLines = taxLinesOf(rated, table.rates, nextId, (tax) => roundTax(tax, cart));
  const parts = { ...rated, couponLines, taxLines };
  return { ...parts, ...totalsOf(parts, cart) };
}

/** Totals of lines that are already there, after an edit (`order-x-edited-3-after`). */
function totalsOf(parts: OrderLines, cart: Pick<Cart, 'decimals'>): Totals {
  const rounded = (amounts: readonly Micros[]): Micros =>
    sumMicros(amounts.map((amount) => roundMicros(amount, cart.decimals)));
  const items = rounded(parts.lines.map((line) => line.total));
  const shippingTotal = rounded(parts.shippingLines.map((line) => line.total));
  const fees = rounded(parts.feeLines.map((line) => line.total));
  const cartTax = sumMicros(parts.taxLines.map((line) => line.taxTotal));
  const shippingTax = sumMicros(parts.taxLines.map((line) => line.shippingTaxTotal));
  const taxOff = sumMicros(
    parts.lines.flatMap((line) => line.taxes.map((tax) => (tax.subtotal ?? 0) - (tax.total ?? 0))),
  );
  return {
    discountTotal: rounded(parts.lines.map((line) => line.subtotal)) - items,
    discountTax: roundMicros(taxOff, cart.decimals),
    shippingTotal,
    shippingTax,
    cartTax,
    total: items + fees + shippingTotal + cartTax + shippingTax,
    totalTax: cartTax + shippingTax,
  };
}

/** A line's tax is rounded per rate, halves towards zero where prices include tax. */
function roundTax(tax: Micros, cart: Pick<Cart, 'decimals' | 'pricesIncludeTax'>): Micros {
  return roundMicros(tax, cart.decimals, cart.pricesIncludeTax ? 'half-down' : 'half-up');
}

function productLine(item: PricedItem, discount: Micros, context: Context): ProductLine {
  const { cart, table } = context;
  const inPrice =
    cart.pricesIncludeTax && item.taxClass !== null
      ? ratesAt(table.rates, table.base, item.taxClass)
      : [];
  const entered = item.price * item.quantity;
  const subtotal = netOf(entered, inPrice);
  const total = netOf(entered - discount, inPrice);
  const rates = ratesFor(item.taxClass, context);
  const subtotalTaxes = taxesOn(subtotal, rates);
  const totalTaxes = taxesOn(total, rates);
  return {
    id: context.nextId(),
    name: item.name,
    productId: item.productId,
    variationId: item.variationId ?? 0,
    quantity: item.quantity,
    taxClass: item.taxClass ?? '',
    subtotal,
    subtotalTax: roundedTax(subtotalTaxes, cart),
    total,
    totalTax: roundedTax(totalTaxes, cart),
    taxes: totalTaxes.map(({ rate, tax }, index) => ({
      rateId: rate.id,
      total: tax,
      subtotal: subtotalTaxes[index]?.tax ?? 0,
    })),
    meta: item.meta ?? [],
    sku: item.sku,
    image: NO_IMAGE,
    parentName: null,
  };
}

function shippingLine(shipping: PricedShipping, context: Context): ShippingLine {
  const rates = ratesFor(shippingClass(context.cart), context).filter((rate) => rate.shipping);
  const taxes = taxesOn(shipping.net, rates);
  return {
    id: context.nextId(),
    methodTitle: shipping.title,
    methodId: shipping.methodId,
    instanceId: '',
    total: shipping.net,
    totalTax: roundedTax(taxes, context.cart),
    taxes: withoutSubtotal(taxes),
    taxStatus: 'taxable',
    meta: [],
  };
}

/** The standard class where any goods have it, else that of the first goods (README, Shapes 16). */
function shippingClass(cart: Cart): string | null {
  const classes = cart.items.flatMap(({ taxClass }) => (taxClass === null ? [] : [taxClass]));
  return classes.includes('') ? '' : (classes[0] ?? null);
}

function feeLine(
  fee: PricedFee,
  lines: readonly ProductLine[],
  shippingLines: readonly ShippingLine[],
  context: Context,
): FeeLine {
  const taxes = feeTaxes(fee, lines, shippingLines, context);
  return {
    id: context.nextId(),
    name: fee.name,
    taxClass: fee.taxClass,
    taxStatus: fee.taxable ? 'taxable' : 'none',
    amount: formatMicros(fee.net, context.cart.decimals),
    total: fee.net,
    totalTax: roundedTax(taxes, context.cart),
    taxes: withoutSubtotal(taxes),
    meta: [],
  };
}

/** The back office spreads a negative fee over the order's rates, whatever its tax status. */
function feeTaxes(
  fee: PricedFee,
  lines: readonly ProductLine[],
  shippingLines: readonly ShippingLine[],
  context: Context,
): RateTax[] {
  if (fee.net >= 0) {
    return fee.taxable ? taxesOn(fee.net, ratesFor(fee.taxClass, context)) : [];
  }
  if (context.cart.calculatedBy === 'checkout') return [];
  const nets = new Map<string, Micros>();
  const add = (taxClass: string, net: Micros) =>
    nets.set(taxClass, (nets.get(taxClass) ?? 0) + net);
  for (const line of lines) if (line.taxes.length > 0) add(line.taxClass, line.total);
  const carried = shippingClass(context.cart);
  if (carried !== null) for (const line of shippingLines) add(carried, line.total);
  const all = sumMicros(nets.values());
  return [...nets].flatMap(([taxClass, net]) =>
    taxesOn(all === 0 ? 0 : scaleMicros(fee.net, net, all), ratesFor(taxClass, context)),
  );
}

function couponLine(coupon: Coupon, discounts: readonly Micros[], context: Context): CouponLine {
  const { cart, table } = context;
  const all = sumMicros(discounts);
  const tax = sumMicros(
    cart.items.map((item, index) => {
      const discount = discounts[index] ?? 0;
      const rates =
        cart.pricesIncludeTax && item.taxClass !== null
          ? ratesAt(table.rates, table.base, item.taxClass)
          : [];
      return discount - netOf(discount, rates);
    }),
  );
  const discountTax = cart.vatExempt ? 0 : roundMicros(tax, cart.decimals);
  const info: Json = `[0,${JSON.stringify(coupon.code)},${coupon.type === 'percent' ? '"percent"' : 'null'},${coupon.amount}]`;
  return {
    id: context.nextId(),
    code: coupon.code,
    discount: formatMicros(roundMicros(all, cart.decimals) - discountTax, cart.decimals),
    discountTax: formatMicros(discountTax, cart.decimals),
    discountType: coupon.type,
    nominalAmount: coupon.amount,
    freeShipping: false,
    meta: [{ id: context.nextId(), key: 'coupon_info', value: info }],
  };
}

function ratesFor(taxClass: string | null, context: Context): TaxRate[] {
  if (taxClass === null || context.cart.vatExempt) return [];
  return ratesAt(context.table.rates, context.cart.destination, taxClass);
}

function roundedTax(taxes: readonly RateTax[], cart: Cart): Micros {
  return sumMicros(taxes.map(({ tax }) => roundTax(tax, cart)));
}

function withoutSubtotal(taxes: readonly RateTax[]): LineTax[] {
  return taxes.map(({ rate, tax }) => ({ rateId: rate.id, total: tax, subtotal: null }));
}

const NO_IMAGE: Json = { id: '', src: '' };
