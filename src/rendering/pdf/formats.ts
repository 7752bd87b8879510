import { formatMinor } from '../../orders/money.js';
import { epochMsOf, type LocalDate } from '../../orders/time.js';
import type { Language } from '../language.js';

/** Numbers, dates and names as a reader of the language writes them. */
export interface Formats {
  /** With the currency: `€ 1.234,50`. */
  money(minor: number): string;
  /** Without the currency, for columns: `1.234,50`. */
  amount(minor: number): string;
  /**
   * Decimal texts of one column, rounded to at most four decimals, and to no fewer than the currency
   * has. Their decimal signs stand under each other; empty texts stay empty.
   */
  unitPrices(decimals: readonly string[]): readonly string[];
  quantity(decimal: string): string;
  /** Decimal text of a percentage: `21%`, `9,975%`. */
  percent(decimal: string): string;
  date(date: LocalDate): string;
  /** Name of a country by its code (ISO 3166-1 alpha-2). */
  country(code: string): string;
}

/** Where a language is written in more than one way, the seller's country decides. */
const LOCALES: Readonly<Record<Language, readonly [string, ...string[]]>> = {
  nl: ['nl-NL', 'nl-BE'],
  en: ['en-GB', 'en-IE', 'en-US', 'en-CA', 'en-AU', 'en-NZ'],
  de: ['de-DE', 'de-AT', 'de-CH', 'de-LI'],
};

/** BCP 47, as `de-AT`. */
export function localeOf(language: Language, sellerCountry: string): string {
  const locales = LOCALES[language];
  return locales.find((locale) => locale === `${language}-${sellerCountry}`) ?? locales[0];
}

/** ISO 4217. */
const NO_CURRENCY = 'XXX';
const SHOWN_UNIT_DECIMALS = 4;
/** More than any quantity has. */
const QUANTITY_DECIMALS = 8;
const PERCENT_DECIMALS = 4;

export function createFormats(locale: string, currency: string, minorUnits: number): Formats {
  const number = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options);
  // A shop may count in points, or in a coin of its own.
  const known = /^[A-Z]{3}$/.test(currency) ? currency : NO_CURRENCY;
  const decimals = { minimumFractionDigits: minorUnits, maximumFractionDigits: minorUnits };
  const money = number({ style: 'currency', currency: known, ...decimals });
  const amount = (minor: number) => withoutCurrency(money, formatMinor(minor, minorUnits));
  const unitPrice = number({
    style: 'currency',
    currency: known,
    minimumFractionDigits: minorUnits,
    maximumFractionDigits: Math.max(minorUnits, SHOWN_UNIT_DECIMALS),
  });
  const quantity = number({ maximumFractionDigits: QUANTITY_DECIMALS });
  const percent = number({
    style: 'unit',
    unit: 'percent',
    maximumFractionDigits: PERCENT_DECIMALS,
  });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  const countries = new Intl.DisplayNames(locale, { type: 'region' });
  return {
    money: (minor) =>
      known === currency
        ? written(money, formatMinor(minor, minorUnits))
        : `${amount(minor)}\u00a0${currency}`,
    amount,
    unitPrices: (decimals) => aligned(unitPrice, decimals),
    quantity: (decimal) => written(quantity, decimal),
    percent: (decimal) => written(percent, decimal),
    date: (day) => date.format(epochMsOf(`${day}T00:00:00.000Z`)),
    country: (code) => nameOf(code, countries),
  };
}

/** Decimal text is written as it is, without a detour over binary fractions. */
function written(format: Intl.NumberFormat, decimal: string): string {
  return format.format(decimal as Intl.StringNumericLiteral);
}

/** As the amounts with their currency are: Austria groups plain numbers in another way. */
function withoutCurrency(format: Intl.NumberFormat, decimal: string): string {
  return figureParts(format, decimal)
    .map(({ value }) => value)
    .join('');
}

function figureParts(format: Intl.NumberFormat, decimal: string): Intl.NumberFormatPart[] {
  return format
    .formatToParts(decimal as Intl.StringNumericLiteral)
    .filter(({ type }) => type !== 'currency' && type !== 'literal');
}

/** Spaces as wide as a digit, and as a decimal sign. */
const FIGURE_SPACE = '\u2007';
const PUNCTUATION_SPACE = '\u2008';

function aligned(format: Intl.NumberFormat, decimals: readonly string[]): string[] {
  const fractions = decimals.map((decimal) =>
    decimal === ''
      ? 0
      : (figureParts(format, decimal).find(({ type }) => type === 'fraction')?.value.length ?? 0),
  );
  const longest = Math.max(0, ...fractions);
  return decimals.map((decimal, index) => {
    if (decimal === '') return '';
    const fraction = fractions[index] ?? 0;
    const sign = fraction === 0 && longest > 0 ? PUNCTUATION_SPACE : '';
    return withoutCurrency(format, decimal) + sign + FIGURE_SPACE.repeat(longest - fraction);
  });
}

function nameOf(code: string, countries: Intl.DisplayNames): string {
  return /^[A-Z]{2}$/.test(code) ? (countries.of(code) ?? code) : code;
}

/** In groups of four (ISO 13616). */
export function ibanInGroups(iban: string): string {
  return iban.replace(/(.{4})(?=.)/g, '$1 ');
}
