import Big from 'big.js';
import { type Decimal, isDecimal } from '../orders/money.js';

/** Written out, such a number would fill the memory. */
const HUGE_EXPONENT = /e[+-]?\d{3,}$/i;

/**
 * Reads what a shop or a plugin wrote for a number as plain decimal text, without rounding.
 * Empty is `0`; undefined where it is no number.
 */
export function readDecimal(value: string | number): Decimal | undefined {
  const text = String(value).trim().replace(/^\+/, '');
  if (text === '') return '0';
  if (isDecimal(text)) return text;
  if (text.length > 40 || HUGE_EXPONENT.test(text)) return undefined;
  try {
    return new Big(text).toFixed();
  } catch {
    return undefined;
  }
}

/** The exact sum, rounded nowhere. */
export function addDecimals(left: Decimal, right: Decimal): Decimal {
  return new Big(left).plus(right).toFixed();
}

/** The same amount with the other sign. */
export function negateDecimal(amount: Decimal): Decimal {
  if (isZero(amount)) return amount.replace(/^-/, '');
  return amount.startsWith('-') ? amount.slice(1) : `-${amount}`;
}

export function isZero(amount: Decimal): boolean {
  return !/[1-9]/.test(amount);
}

/** Without a sign or zeros in front. */
const PLAIN = /^(?:0|[1-9]\d*)(?:\.\d+)?$/;

/** One spelling for one amount: `4.950000` and `04.95` are `4.95`; `-0.00` is `0`. */
export function canonicalDecimal(amount: Decimal): Decimal {
  // Nearly every amount is spelled so already, or with zeros at its end.
  if (PLAIN.test(amount)) return amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount;
  return new Big(amount).toFixed().replace(/^-(?=0(?:\.0*)?$)/, '');
}
