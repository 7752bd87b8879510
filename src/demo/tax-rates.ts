import { type Micros, scaleMicros, sumMicros } from './micros.js';

/** A line of the shop's tax table, as `taxes-2-before` shows it. */
export interface TaxRate {
  readonly id: number;
  readonly country: string;
  readonly state: string;
  /** Empty, or one pattern such as `BT*`. */
  readonly postcode: string;
  /** Percent, up to four decimals. */
  readonly percent: number;
  readonly name: string;
  readonly priority: number;
  readonly compound: boolean;
  readonly shipping: boolean;
  /** `standard`, `reduced-rate`, `zero-rate`; the standard one is an empty text in orders. */
  readonly taxClass: string;
}

/** Where a tax is due. */
export interface Place {
  readonly country: string;
  readonly state: string;
  readonly postcode: string;
}

/** What one rate takes of one line, unrounded beyond 10^-6. */
export interface RateTax {
  readonly rate: TaxRate;
  readonly tax: Micros;
}

const PLAIN = { state: '', postcode: '', priority: 1, compound: false, shipping: true } as const;

/** The recorded shop's rates (`taxes.json`), and Northern Ireland's (`taxes-2-before`, 14). */
export const RECORDED_RATES: readonly TaxRate[] = [
  { ...PLAIN, id: 1, country: 'NL', percent: 21, name: 'BTW hoog', taxClass: 'standard' },
  { ...PLAIN, id: 2, country: 'DE', percent: 19, name: 'MwSt', taxClass: 'standard' },
  { ...PLAIN, id: 3, country: 'BE', percent: 21, name: 'TVA', taxClass: 'standard' },
  { ...PLAIN, id: 4, country: 'NL', percent: 9, name: 'BTW laag', taxClass: 'reduced-rate' },
  { ...PLAIN, id: 5, country: 'DE', percent: 7, name: 'MwSt ermäßigt', taxClass: 'reduced-rate' },
  { ...PLAIN, id: 6, country: 'BE', percent: 6, name: 'TVA réduit', taxClass: 'reduced-rate' },
  { ...PLAIN, id: 7, country: 'NL', percent: 0, name: 'BTW 0', taxClass: 'zero-rate' },
  { ...PLAIN, id: 8, country: 'CA', state: 'QC', percent: 5, name: 'GST', taxClass: 'standard' },
  {
    ...PLAIN,
    id: 9,
    country: 'CA',
    state: 'QC',
    percent: 9.975,
    name: 'QST',
    priority: 2,
    compound: true,
    taxClass: 'standard',
  },
  {
    ...PLAIN,
    id: 10,
    country: 'FR',
    percent: 20,
    name: 'TVA',
    shipping: false,
    taxClass: 'standard',
  },
  {
    ...PLAIN,
    id: 14,
    country: 'GB',
    postcode: 'BT*',
    percent: 20,
    name: 'VAT NI',
    taxClass: 'standard',
  },
];

/** The rates of one class at one place: one a priority, in that order. */
export function ratesAt(rates: readonly TaxRate[], place: Place, taxClass: string): TaxRate[] {
  const slug = taxClass === '' ? 'standard' : taxClass;
  const found = rates.filter(
    (rate) =>
      rate.taxClass === slug &&
      rate.country === place.country &&
      (rate.state === '' || rate.state === place.state) &&
      (rate.postcode === '' || place.postcode.startsWith(rate.postcode.replace('*', ''))),
  );
  return [...new Map(found.map((rate) => [rate.priority, rate])).values()].sort(
    (one, other) => one.priority - other.priority,
  );
}

/** Taxes on a net amount; a compound rate also takes its part of the other taxes. */
export function taxesOn(net: Micros, rates: readonly TaxRate[]): RateTax[] {
  const plain = rates.filter((rate) => !rate.compound).map((rate) => taxOf(net, rate));
  const base = net + sumMicros(plain.map(({ tax }) => tax));
  const compound = rates.filter((rate) => rate.compound).map((rate) => taxOf(base, rate));
  return [...plain, ...compound];
}

/** What is left of a gross amount once these rates (none of them compound) are taken out of it. */
export function netOf(gross: Micros, rates: readonly TaxRate[]): Micros {
  const million = 1_000_000;
  return scaleMicros(gross, million, million + rates.reduce((sum, rate) => sum + ppm(rate), 0));
}

/** As in `NL-BTW HOOG-1`: PHP's strtoupper leaves letters beyond ASCII as they are. */
export function rateCode(rate: TaxRate): string {
  const name = rate.name.replace(/[a-z]/g, (letter) => letter.toUpperCase());
  return [rate.country, rate.state, name, String(rate.priority)].filter((part) => part).join('-');
}

function taxOf(net: Micros, rate: TaxRate): RateTax {
  return { rate, tax: scaleMicros(net, ppm(rate), 1_000_000) };
}

/** The rate in millionths: 9.975 % is 99750. */
function ppm(rate: TaxRate): number {
  return Math.round(rate.percent * 10_000);
}
