import { soundsSecret } from '../config/secrecy.js';
import { redactText } from '../runtime/redact.js';

const MASK = '•••';
const EMAIL = /[^\s@"'<>]+@[^\s@"'<>]+\.[a-z]{2,}/gi;

/** Fields of an order that name a person, or lead to one. Country and state stay. */
const PERSONAL =
  /^_?(billing|shipping)?_?(first_name|last_name|company|address_1|address_2|city|postcode|email|phone|address_index|vat_number|vat)$|^customer_(note|ip_address|user_agent)$/i;

/**
 * What the shop said of an order, indented, without secrets; with `maskPersonal` also without what
 * tells who the customer is, wherever else in it the same text stands.
 */
export function rawText(
  raw: string,
  {
    secrets,
    maskPersonal,
  }: { readonly secrets: readonly string[]; readonly maskPersonal: boolean },
): string {
  const value = parsed(raw);
  // What cannot be read cannot be masked either.
  if (value === undefined) return maskPersonal ? MASK : redactText(raw, secrets);
  const found = new Set<string>();
  if (maskPersonal) collect(value, '', found);
  const shown = maskPersonal ? masked(value, '', [...found]) : value;
  return redactText(JSON.stringify(shown, withoutSecrets, 2), secrets);
}

/** What a plugin keeps under a name that sounds like a secret is taken for one. */
function withoutSecrets(key: string, value: unknown): unknown {
  const isSecret = !NAMES.has(key) && soundsSecret(key);
  return typeof value === 'string' && value !== '' && isSecret ? MASK : value;
}

/** By which `meta_data` calls its entries. */
const NAMES = new Set(['key', 'display_key']);

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}

/** Texts of personal fields; shorter ones would take pieces out of ordinary words. */
const SHORTEST = 4;

function collect(value: unknown, key: string, found: Set<string>): void {
  if (typeof value === 'string') {
    if (isPersonal(key) && value.length >= SHORTEST) found.add(value);
  } else if (Array.isArray(value)) {
    for (const item of value) collect(item, key, found);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, item] of fieldsOf(value)) collect(item, name, found);
  }
}

function masked(value: unknown, key: string, found: readonly string[]): unknown {
  if (typeof value === 'string') {
    if (isPersonal(key)) return value === '' ? '' : MASK;
    const unnamed = found.reduce((text, personal) => text.replaceAll(personal, MASK), value);
    return unnamed.replace(EMAIL, MASK);
  }
  if (typeof value === 'number') return isPersonal(key) ? MASK : value;
  if (Array.isArray(value)) return value.map((item) => masked(item, key, found));
  if (typeof value !== 'object' || value === null) return value;
  const names = Object.keys(value);
  const fields = fieldsOf(value).map(([name, item], index): [string, unknown] => [
    names[index] ?? name,
    masked(item, name, found),
  ]);
  return Object.fromEntries(fields);
}

/** A plugin's datum is called by its `key`, and not by `value`. */
function fieldsOf(value: object): [string, unknown][] {
  const meta = 'key' in value && 'value' in value && typeof value.key === 'string';
  return Object.entries(value).map(([name, item]): [string, unknown] =>
    meta && (name === 'value' || name.startsWith('display_'))
      ? [String(value.key), item]
      : [name, item],
  );
}

const NORMALISED =
  /^(firstName|lastName|company|street|street2|city|postcode|email|phone|customerNote)$/;

function isPersonal(key: string): boolean {
  return PERSONAL.test(key) || NORMALISED.test(key);
}
