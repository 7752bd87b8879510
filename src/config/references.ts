import { isLoopback } from './addresses.js';
import { nearest } from './nearest.js';
import type { Path } from './problem.js';
import type { Finding } from './zod-issues.js';

/**
 * What must agree between distant parts of the file. Works on the tree as read, whose types nobody
 * has checked yet, so that these problems are told together with all others.
 */
export function crossFindings(root: unknown): Finding[] {
  const shops = itemsOf(property(root, 'shops'));
  const books = itemsOf(property(root, 'books'));
  const bookIds = books.flatMap((entry) => textOf(property(entry, 'id')));
  const shopIds = shops.flatMap((shop) => textOf(property(shop, 'id')));
  return [
    ...repeated(shops, ['shops'], 'id'),
    ...repeated(books, ['books'], 'id'),
    ...(['users', 'tokens'] as const).flatMap((list) =>
      repeated(itemsOf(property(property(root, 'access'), list)), ['access', list], 'name'),
    ),
    ...repeatedLicenseKeys(shops),
    ...books.flatMap((entry, index) =>
      unknownShops(property(entry, 'byShop'), ['books', index, 'byShop'], shopIds),
    ),
    ...shops.flatMap((shop, index) => [
      ...unknownBooks(shop, ['shops', index, 'books'], bookIds),
      ...plainHttp(shop, ['shops', index, 'url']),
      ...registerWithoutAddress(property(shop, 'webhook'), ['shops', index, 'webhook']),
      ...contradictoryStatuses(property(shop, 'statuses'), ['shops', index, 'statuses']),
    ]),
  ];
}

/** Each entry of a list is called something else. */
function repeated(entries: readonly unknown[], list: Path, field: 'id' | 'name'): Finding[] {
  const seen = new Map<string, number>();
  return entries.flatMap((entry, index): Finding[] => {
    const called = property(entry, field);
    if (typeof called !== 'string' || called === '') return [];
    const first = seen.get(called);
    if (first !== undefined) {
      const what = `is the ${field} of ${list.join('.')}[${first}] already`;
      const own = field === 'id' ? 'an id of its own' : 'a name of its own';
      return [wrong([...list, index, field], what, own)];
    }
    seen.set(called, index);
    return [];
  });
}

/** The key alone tells the shop, where the address of a delivery does not. */
function repeatedLicenseKeys(shops: readonly unknown[]): Finding[] {
  const seen = new Map<string, number>();
  return shops.flatMap((shop, index): Finding[] => {
    const key = property(property(shop, 'webhook'), 'licenseKey');
    if (typeof key !== 'string' || key === '') return [];
    const first = seen.get(key);
    seen.set(key, first ?? index);
    if (first === undefined) return [];
    const path: Path = ['shops', index, 'webhook', 'licenseKey'];
    return [wrong(path, `is the license key of shops[${first}] already`, 'a key of its own')];
  });
}

function registerWithoutAddress(webhook: unknown, path: Path): Finding[] {
  const isWanted = String(property(webhook, 'register')) === 'true';
  if (!isWanted || property(webhook, 'url') !== undefined) return [];
  return [
    wrong(
      [...path, 'register'],
      'cannot be done without the address under which the shop reaches the server',
      'url: https://… beside it',
    ),
  ];
}

function unknownBooks(shop: unknown, path: Path, bookIds: readonly string[]): Finding[] {
  return itemsOf(property(shop, 'books')).flatMap((id, index): Finding[] => {
    if (typeof id !== 'string' || bookIds.includes(id)) return [];
    return [unknownId(id, [...path, index], 'books', bookIds)];
  });
}

function unknownShops(byShop: unknown, path: Path, shopIds: readonly string[]): Finding[] {
  if (typeof byShop !== 'object' || byShop === null) return [];
  return Object.keys(byShop).flatMap((id): Finding[] => {
    if (shopIds.includes(id)) return [];
    return [unknownId(id, [...path, id], 'shops', shopIds)];
  });
}

function unknownId(
  id: string,
  path: Path,
  list: 'books' | 'shops',
  known: readonly string[],
): Finding {
  const what = list === 'books' ? 'books' : 'shop';
  const expected = known.length === 0 ? `an id under ${list}` : `one of ${known.join(', ')}`;
  const finding = wrong(path, `names no ${what} of this file`, expected);
  const suggestion = nearest(id, known);
  return suggestion === undefined ? finding : { ...finding, suggestion };
}

function plainHttp(shop: unknown, path: Path): Finding[] {
  const address = property(shop, 'url');
  if (typeof address !== 'string' || !URL.canParse(address)) return [];
  const { protocol, hostname } = new URL(address);
  const isAllowed = String(property(shop, 'allowPlainHttp')) === 'true';
  if (protocol !== 'http:' || isLoopback(hostname) || isAllowed) return [];
  return [
    wrong(
      path,
      'is not encrypted: everyone on the way can read your customers’ data',
      'https://…, or allowPlainHttp: true on a network that you trust',
    ),
  ];
}

function contradictoryStatuses(statuses: unknown, path: Path): Finding[] {
  const seen = new Map<string, string>();
  return ['forward', 'ignore', 'park'].flatMap((action) =>
    itemsOf(property(statuses, action)).flatMap((status, index): Finding[] => {
      if (typeof status !== 'string') return [];
      const first = seen.get(status);
      seen.set(status, first ?? action);
      if (first === undefined) return [];
      return [wrong([...path, action, index], `is under ${first} already`, 'each status once')];
    }),
  );
}

/** Statuses of WooCommerce itself (recorded: fact 8 of the polling table). */
const USUAL_STATUSES = [
  'pending',
  'processing',
  'on-hold',
  'completed',
  'cancelled',
  'refunded',
  'failed',
  'checkout-draft',
];

/** Statuses that look like a slip; a plugin's own status can look like one too, so only a warning. */
export function doubtfulStatuses(root: unknown): Finding[] {
  return itemsOf(property(root, 'shops')).flatMap((shop, index) => {
    const path: Path = ['shops', index, 'statuses'];
    return statusesNamed(property(shop, 'statuses'), path).flatMap(({ status, at }): Finding[] => {
      const suggestion = USUAL_STATUSES.includes(status)
        ? undefined
        : nearest(status, USUAL_STATUSES);
      if (suggestion === undefined) return [];
      return [
        { kind: 'wrong', path: at, message: 'is no status of WooCommerce itself', suggestion },
      ];
    });
  });
}

function statusesNamed(statuses: unknown, path: Path): { status: string; at: Path }[] {
  const named = Array.isArray(statuses)
    ? statuses.map((rule, index) => ({
        value: property(property(rule, 'when'), 'status'),
        at: [...path, index, 'when', 'status'],
      }))
    : ['forward', 'ignore', 'park'].map((action) => ({
        value: property(statuses, action),
        at: [...path, action],
      }));
  return named.flatMap(({ value, at }) => {
    if (typeof value === 'string') return [{ status: value, at }];
    return itemsOf(value).flatMap((status, index) =>
      typeof status === 'string' ? [{ status, at: [...at, index] }] : [],
    );
  });
}

function wrong(path: Path, message: string, expected: string): Finding {
  return { kind: 'wrong', path, message, expected };
}

function textOf(value: unknown): string[] {
  return typeof value === 'string' ? [value] : [];
}

export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
