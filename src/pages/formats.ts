import { formatMinor } from '../orders/money.js';
import { epochMsOf, type Instant } from '../orders/time.js';

/** How a reader writes numbers and moments. Each way is made once a page: making one costs more than using it. */
export interface Formats {
  /** With the decimals of its currency, exactly. */
  money(minor: number, minorUnits: number, currency: string): string;
  count(value: number): string;
  /** On the clock of the config's zone. */
  time(at: Instant): string;
  /** In the largest unit of which it is one at least. */
  duration(durationMs: number): string;
}

const STEPS = [
  ['second', 1000],
  ['minute', 60_000],
  ['hour', 3_600_000],
  ['day', 86_400_000],
] as const;

export function formatsFor(locale: string, zone: string): Formats {
  const decimal = madeOnce((digits: number) => {
    const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    return new Intl.NumberFormat(locale, options);
  });
  const moment = madeOnce((timeZone: string) => {
    const options = { dateStyle: 'medium', timeStyle: 'short', timeZone } as const;
    return new Intl.DateTimeFormat(locale, options);
  });
  const span = madeOnce((unit: (typeof STEPS)[number][0]) => {
    const style = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 } as const;
    return new Intl.NumberFormat(locale, style);
  });
  return {
    money(minor, minorUnits, currency) {
      const amount = formatMinor(minor, minorUnits);
      // A decimal text is formatted exactly, where a number would pass through a binary fraction.
      return `${decimal(minorUnits).format(amount as Intl.StringNumericLiteral)} ${currency}`;
    },
    count: (value) => decimal(0).format(value),
    time: (at) => moment(zone).format(epochMsOf(at)),
    duration(durationMs) {
      const [unit, ms] = STEPS.findLast(([, each]) => durationMs >= each) ?? STEPS[0];
      return span(unit).format(durationMs / ms);
    },
  };
}

function madeOnce<Key, Made>(make: (key: Key) => Made): (key: Key) => Made {
  const made = new Map<Key, Made>();
  return (key) => {
    const one = made.get(key) ?? make(key);
    made.set(key, one);
    return one;
  };
}
