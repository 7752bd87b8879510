import Big from 'big.js';
import type { Decimal } from '../orders/money.js';

const SCALES = Array.from({ length: 9 }, (_, decimals) => new Big(10).pow(decimals));
export const ZERO = new Big(0);

/** A decimal amount in minor units, not rounded: `24.768595` with 2 decimals is 2476.8595. */
export function inUnits(amount: Decimal, minorUnits: number): Big {
  const scale = SCALES[minorUnits];
  if (!scale) throw new RangeError(`no currency has ${minorUnits} decimals`);
  return new Big(amount).times(scale);
}

export function sumExact(amounts: readonly Big[]): Big {
  return amounts.reduce((sum, amount) => sum.plus(amount), ZERO);
}

/** To the nearest whole unit, half away from zero. */
export function roundedUnits(amount: Big): number {
  return amount.round(0, Big.roundHalfUp).toNumber();
}

/** Without trailing zeros: `21.00` and `21` are the same percentage. */
export function samePercent(a: Decimal, b: Decimal): boolean {
  return a === b || new Big(a).eq(b);
}

/** How many decimals an amount was given with. */
export function decimalsShown(amount: Decimal): number {
  const point = amount.indexOf('.');
  return point < 0 ? 0 : amount.length - point - 1;
}
