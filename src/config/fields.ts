import { z } from 'zod';

/**
 * The kinds of value in the owner's file. Scalars arrive as text, except `true` and `false`; each
 * kind's `error` is the phrase after "expected", as the owner reads it.
 */

/** A key that the linter takes for a promise's where it is written in a literal. */
export const THEN = 'then';

/** A group of keys; unknown ones are refused. */
export function section<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, { error: 'a group of keys' });
}

export function text(expected = 'text') {
  return z.string({ error: expected }).min(1, { error: expected });
}

/** Text that editors take for a number where it has no quotes. */
export function numericText(pattern: RegExp, expected: string) {
  return matching(pattern, expected).meta({ type: ['string', 'number'] });
}

export function matching(pattern: RegExp, expected: string) {
  return z.string({ error: expected }).regex(pattern, { error: expected });
}

export function checked(expected: string, isValid: (value: string) => boolean) {
  return z.string({ error: expected }).refine(isValid, { error: expected });
}

export function oneOf<const Words extends readonly string[]>(words: Words) {
  return z.enum(words, { error: `one of ${words.join(', ')}` });
}

/** A number in `[least, most]`; `whole` for integers. */
export function count(kind: 'whole' | 'decimal', least: number, most: number) {
  const expected = `a ${kind === 'whole' ? 'whole ' : ''}number from ${least} to ${most}`;
  const number = z
    .number({ error: expected })
    .min(least, { error: expected })
    .max(most, { error: expected });
  const bounded = kind === 'whole' ? number.int({ error: expected }) : number;
  return z.preprocess(
    (value) => (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value),
    bounded,
  );
}

/** `true` or `false`, also where an environment variable gave it as text. */
export function flag() {
  return z.preprocess(
    (value) => (value === 'true' ? true : value === 'false' ? false : value),
    z.boolean({ error: 'true or false' }),
  );
}

export function list<Item extends z.ZodType>(item: Item, expected: string) {
  return z.array(item, { error: expected });
}

/** One, or a list of them. */
export function oneOrMore<Item extends z.ZodType>(item: Item, expected: string) {
  return z.union(
    [
      item.transform((value) => [value]),
      z.array(item, { error: expected }).min(1, { error: expected }),
    ],
    { error: expected },
  );
}

/** One, or a list of at most two. */
export function oneOrTwo<Item extends z.ZodType>(item: Item, expected: string) {
  return z.union(
    [
      item.transform((value) => [value]),
      z.array(item, { error: expected }).min(1, { error: expected }).max(2, { error: expected }),
    ],
    { error: expected },
  );
}

/** A decimal amount, as exact as it is written. */
export function decimal(expected: string) {
  return numericText(/^\d+(\.\d+)?$/, expected);
}

/** A day of the calendar, as 2026-01-31. */
export function day() {
  return checked(DAY, isDay);
}

const DAY = 'a day, as 2026-01-31';

/** Whether a text is a day of the calendar, as 2026-01-31. */
export function isDay(value: string): boolean {
  const date = new Date(`${value}T00:00:00Z`);
  const isWritten = /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(date.getTime());
  return isWritten && date.toISOString().startsWith(value);
}

/** A name by which documents, logs and commands refer to a shop or books. */
export function slug() {
  return numericText(
    /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/,
    'a short name of small letters, digits and hyphens, as main',
  );
}

export function booksId() {
  return slug().describe(
    'Short name of the books, in reports and commands; never change it later.',
  );
}

/** Codes that Intl names although ISO 3166-1 does not assign them to a country. */
const NOT_COUNTRIES = new Set(['EU', 'EZ', 'UN', 'UK', 'QO', 'ZZ', 'XA', 'XB', 'AN', 'EL']);

export function isCountry(code: string): boolean {
  if (!/^[A-Z]{2}$/.test(code) || NOT_COUNTRIES.has(code)) return false;
  return countryNames.of(code) !== undefined;
}

const countryNames = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

export function country() {
  return checked(
    'a country by its two letters, as NL (GB for the United Kingdom, GR for Greece)',
    isCountry,
  );
}

/** A secret itself, or the file that holds it. */
export function secret(
  expected = 'a reference to an environment variable, or { file: path }',
  isValid: (value: string) => boolean = () => true,
) {
  return z.union(
    [
      text(expected).refine(isValid, { error: expected }),
      section({ file: text('a path').describe(FILE_SECRET) }),
    ],
    { error: expected },
  );
}

const FILE_SECRET =
  'File that holds the secret, relative to this file; a line break at its end is left out.';

/** What must be on an order: `true` asks that the key is there, `false` that it is not, text for that value. */
export function metaConditions() {
  return z.record(
    z.string(),
    z.union([z.boolean(), text().meta({ type: ['string', 'number'] })], {
      error: 'true, false or text',
    }),
    { error: 'meta keys, each with true, false or text' },
  );
}
