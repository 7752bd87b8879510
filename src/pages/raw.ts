import { createMasker, MASK, soundsSecret } from '../config/secrecy.js';

/** Keys that WooCommerce has for people, in an order and in its addresses. */
const PERSONAL_KEY =
  /name$|company|address|postcode|city|state$|phone|e-?mail|_ip|user_agent|customer_note/i;
const EMAIL = /[^\s@"'<>]+@[^\s@"'<>]+\.[a-z]{2,}/gi;
/** `meta_data` names its entries so; what is in them is told by that name. */
const NAMES = new Set(['key', 'display_key']);

/** Of what shops call a name or a state, these are not of a person. */
const OF_THINGS = new Set(['state', 'product_name', 'parent_name']);
const PEOPLE = new Set(['billing', 'shipping', 'customer']);

export interface RawMasking {
  /** Of the config. */
  readonly secrets: readonly string[];
  /** Names, addresses, e-mail and telephone as well. */
  readonly personal: boolean;
}

/**
 * What a shop sent, to be read by people: laid out where it is JSON, without secrets and, where
 * asked, without what tells of a person. Undefined where that cannot be told apart.
 */
export function readableRaw(raw: string, masking: RawMasking): string | undefined {
  const mask = createMasker(masking.secrets);
  const json = parsed(raw);
  if (json === undefined) return masking.personal ? undefined : mask(raw);
  const plain = (text: string) => (masking.personal ? mask(text).replace(EMAIL, MASK) : mask(text));
  return JSON.stringify(masked(json, '', { plain, personal: masking.personal }), null, 2);
}

interface How {
  readonly plain: (text: string) => string;
  readonly personal: boolean;
}

function masked(value: unknown, within: string, how: How): unknown {
  if (typeof value === 'string') return how.plain(value);
  if (Array.isArray(value)) return value.map((each) => masked(each, within, how));
  if (typeof value !== 'object' || value === null) return value;
  const meta = 'key' in value && typeof value.key === 'string' ? value.key : '';
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => {
      const name = meta !== '' && /value$/.test(key) ? meta : key;
      return [
        key,
        isHidden(name, within, how) && part !== '' ? hidden(part) : masked(part, key, how),
      ];
    }),
  );
}

function isHidden(name: string, within: string, { personal }: How): boolean {
  if (NAMES.has(name)) return false;
  if (soundsSecret(name)) return true;
  if (!personal) return false;
  return PEOPLE.has(within) || (name !== 'name' && !OF_THINGS.has(name) && PERSONAL_KEY.test(name));
}

/** Of a group nothing is shown but that it is there; an empty one hides nothing. */
function hidden(part: unknown): unknown {
  return part === null ? null : MASK;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
