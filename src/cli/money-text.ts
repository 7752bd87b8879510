import { formatMinor, minorUnitsOf } from '../orders/money.js';

/** `19.95 EUR`, for people. */
export function moneyText(minor: number, currency: string): string {
  return `${formatMinor(minor, minorUnitsOf(currency))} ${currency}`;
}

/** `19.95 EUR, 10100 JPY`; a dash for nothing at all. */
export function moneyByCurrency(byCurrency: Readonly<Record<string, number>>): string {
  const texts = Object.entries(byCurrency).map(([currency, minor]) => moneyText(minor, currency));
  return texts.length === 0 ? '-' : texts.join(', ');
}
