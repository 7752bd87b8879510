/** Orders and their gross, per currency, in minor units of that currency. */
export interface Tally {
  readonly count: number;
  readonly byCurrency: Readonly<Record<string, number>>;
}

export const EMPTY: Tally = { count: 0, byCurrency: {} };

export interface Amount {
  readonly currency: string;
  readonly grossMinor: number;
}

/** One order more, or, with `by` -1, one less. */
export function tallied({ count, byCurrency }: Tally, amount: Amount, by: 1 | -1 = 1): Tally {
  const { currency, grossMinor } = amount;
  // An order that was gone before it was ever read has no currency, and no money.
  if (currency === '') return { count: count + by, byCurrency };
  const gross = (byCurrency[currency] ?? 0) + by * grossMinor;
  if (!Number.isSafeInteger(gross)) throw new RangeError('sum of amounts is too large to be exact');
  return { count: count + by, byCurrency: { ...byCurrency, [currency]: gross } };
}

export function tallyOf(amounts: Iterable<Amount>): Tally {
  let tally = EMPTY;
  for (const amount of amounts) tally = tallied(tally, amount);
  return tally;
}

/** `left` less `right`; a currency in which they agree is left out. */
export function moneyBetween(left: Tally, right: Tally): Readonly<Record<string, number>> {
  const currencies = new Set([...Object.keys(left.byCurrency), ...Object.keys(right.byCurrency)]);
  const entries = [...currencies]
    .sort()
    .map((key) => [key, (left.byCurrency[key] ?? 0) - (right.byCurrency[key] ?? 0)] as const);
  return Object.fromEntries(entries.filter(([, gross]) => gross !== 0));
}
