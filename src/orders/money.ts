/**
 * Money as integer minor units of its currency (EUR 2, JPY 0, KWD 3 decimals; ISO 4217).
 * Amounts arrive as decimal strings; they are read here and nowhere else, so that no amount
 * ever passes through a binary fraction.
 */

/** A decimal amount as text, for example `24.768595` or `-5.00`; as exact as its sender gave it. */
export type Decimal = string;

const DECIMAL = /^([+-]?)(\d+)(?:\.(\d*))?$/;

/** ISO 4217 currencies whose number of decimals is not two. */
const UNUSUAL_DECIMALS: Readonly<Record<string, number>> = {
  BHD: 3,
  BIF: 0,
  CLF: 4,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PYG: 0,
  RWF: 0,
  TND: 3,
  UGX: 0,
  UYI: 0,
  UYW: 4,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
};

/** How many decimals an ISO 4217 currency has. */
export function minorUnitsOf(currency: string): number {
  return UNUSUAL_DECIMALS[currency] ?? 2;
}

/** True where `text` is a plain decimal number, as WooCommerce writes amounts. */
export function isDecimal(text: string): boolean {
  return DECIMAL.test(text);
}

/**
 * Reads a decimal string as an integer of 10^-decimals, rounded half away from zero.
 * Throws RangeError on text that is no decimal number and on amounts too large to be exact.
 */
export function parseMinor(text: Decimal, decimals: number): number {
  const match = DECIMAL.exec(text);
  if (!match) throw new RangeError(`not a decimal amount: ${JSON.stringify(text)}`);
  const [, sign, whole = '0', fraction = ''] = match;
  const kept = fraction.slice(0, decimals).padEnd(decimals, '0');
  const roundUp = fraction.charCodeAt(decimals) >= 53; // the digit '5'
  const units = Number(whole + kept) + (roundUp ? 1 : 0);
  if (!Number.isSafeInteger(units)) throw new RangeError(`amount too large to be exact: ${text}`);
  return sign === '-' && units !== 0 ? -units : units;
}

/** Writes an integer of 10^-decimals as a decimal string: `(1095, 2)` is `10.95`. */
export function formatMinor(minor: number, decimals: number): Decimal {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`not an integer amount: ${minor}`);
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
  const point = digits.length - decimals;
  const sign = minor < 0 ? '-' : '';
  return decimals === 0
    ? `${sign}${digits}`
    : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** Sum of integer amounts; throws where the result would no longer be exact. */
export function sumMinor(amounts: Iterable<number>): number {
  let sum = 0;
  for (const amount of amounts) sum += amount;
  if (!Number.isSafeInteger(sum)) throw new RangeError('sum of amounts is too large to be exact');
  return sum;
}
