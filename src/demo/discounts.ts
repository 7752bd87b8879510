import { type Micros, scaleMicros, sumMicros } from './micros.js';

/** A coupon: a percentage of the prices, or an amount over the whole cart. */
export interface Coupon {
  readonly code: string;
  readonly type: 'percent' | 'fixed_cart';
  /** Percent, or an amount in the currency. */
  readonly amount: number;
}

/** What a coupon can take from: a line's price times its quantity, as entered in the shop. */
export interface Discountable {
  readonly price: Micros;
  readonly quantity: number;
}

const CENT = 10_000;

/**
 * What a coupon takes off each line, in whole cents, as WooCommerce 10.0.2 does it
 * (`order-coupon-percent`, `order-cart-coupon-percent33`, `order-coupon-fixed-cart-mixed`):
 * rounded down a line, and the cents that are then missing are taken one a piece, dearest line first.
 */
export function discountsOf(coupon: Coupon, lines: readonly Discountable[]): Micros[] {
  const taken =
    coupon.type === 'percent' ? percentOf(coupon.amount, lines) : spreadOver(coupon.amount, lines);
  return giveRest(taken.wanted, taken.discounts, lines);
}

interface Taken {
  readonly wanted: Micros;
  readonly discounts: Micros[];
}

function percentOf(percent: number, lines: readonly Discountable[]): Taken {
  const tenThousandths = Math.round(percent * 10_000);
  const all = sumMicros(lines.map((line) => line.price));
  return {
    wanted: halfDownToCent(scaleMicros(all, tenThousandths, 1_000_000)),
    discounts: lines.map((line) => floorToCent(scaleMicros(line.price, tenThousandths, 1_000_000))),
  };
}

function spreadOver(amount: number, lines: readonly Discountable[]): Taken {
  const pieces = lines.reduce((sum, line) => sum + (line.price > 0 ? line.quantity : 0), 0);
  const all = sumMicros(lines.map((line) => line.price));
  const wanted = Math.min(Math.round(amount * 100) * CENT, all);
  const each = pieces === 0 ? 0 : floorToCent(Math.floor(wanted / pieces));
  return {
    wanted,
    discounts: lines.map((line) =>
      line.price > 0 ? Math.min(line.price, each * line.quantity) : 0,
    ),
  };
}

function giveRest(wanted: Micros, discounts: Micros[], lines: readonly Discountable[]): Micros[] {
  const given = [...discounts];
  let rest = wanted - sumMicros(discounts);
  const dearestFirst = lines
    .map((line, index) => ({ line, index }))
    .sort((one, other) => other.line.price - one.line.price);
  for (const { line, index } of dearestFirst) {
    for (let piece = 0; piece < line.quantity && rest >= CENT; piece += 1) {
      const before = given[index] ?? 0;
      if (before + CENT > line.price) break;
      given[index] = before + CENT;
      rest -= CENT;
    }
  }
  return given;
}

function floorToCent(amount: Micros): Micros {
  return Math.floor(amount / CENT) * CENT;
}

function halfDownToCent(amount: Micros): Micros {
  return Math.ceil((amount - CENT / 2) / CENT) * CENT;
}
