/**
 * Amounts as WooCommerce keeps them: up to six decimals (the shop's two plus four), here as integers
 * of 10^-6, so that they can be rounded without binary fractions.
 */
export type Micros = number;

const ONE = 1_000_000;

export type Rounding = 'half-up' | 'half-down';

/** Reads a decimal text or number; digits beyond the sixth are rounded half up. */
export function micros(value: string | number): Micros {
  return Math.round(Number(value) * ONE);
}

/** Rounds to `decimals` (0 to 6), halves away from zero or, `half-down`, towards it. */
export function roundMicros(
  amount: Micros,
  decimals: number,
  rounding: Rounding = 'half-up',
): Micros {
  if (decimals >= 6) return amount;
  const unit = 10 ** (6 - decimals);
  const magnitude = Math.abs(amount);
  const rest = magnitude % unit;
  const up = rounding === 'half-up' ? rest * 2 >= unit : rest * 2 > unit;
  const rounded = magnitude - rest + (up ? unit : 0);
  return amount < 0 && rounded !== 0 ? -rounded : rounded;
}

/** Writes an amount with `decimals` decimals, rounded half up; beyond six they are zeros. */
export function formatMicros(amount: Micros, decimals: number): string {
  const rounded = Math.abs(roundMicros(amount, decimals));
  const sign = amount < 0 && rounded !== 0 ? '-' : '';
  const whole = Math.floor(rounded / ONE);
  if (decimals === 0) return `${sign}${whole}`;
  const fraction = String(rounded % ONE)
    .padStart(6, '0')
    .padEnd(decimals, '0')
    .slice(0, decimals);
  return `${sign}${whole}.${fraction}`;
}

/** `amount` x `numerator` / `denominator`, rounded half up to a whole 10^-6. Exact in between. */
export function scaleMicros(amount: Micros, numerator: number, denominator: number): Micros {
  const product = BigInt(Math.abs(amount)) * BigInt(Math.abs(numerator));
  const divisor = BigInt(Math.abs(denominator));
  const scaled = Number((product * 2n + divisor) / (divisor * 2n));
  const negative = (amount < 0 !== numerator < 0) !== denominator < 0;
  return negative && scaled !== 0 ? -scaled : scaled;
}

export function sumMicros(amounts: Iterable<Micros>): Micros {
  let sum = 0;
  for (const amount of amounts) sum += amount;
  return sum;
}
