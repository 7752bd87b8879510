import type { KeysetPage } from '../store/store.js';

/** Rows of a page of a list. */
export const PAGE_ROWS = 50;

/** The place in a list that an address names (`?at=…&after=…`); the beginning where it names none. */
export function pageOf(query: URLSearchParams, limit = PAGE_ROWS): KeysetPage {
  const at = query.get('at') ?? '';
  const id = query.get('after') ?? '';
  const isPlace = /^[\d:.TZ-]{10,30}$/.test(at) && /\/\d{1,15}$|\/[^/]+$/.test(id);
  return { limit, ...(isPlace ? { after: { at, id } } : {}) };
}

/** This address with other parameters; `undefined` takes one away. */
export function withQuery(
  path: string,
  query: URLSearchParams,
  changed: Readonly<Record<string, string | undefined>>,
): string {
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changed)) {
    if (value === undefined || value === '') next.delete(name);
    else next.set(name, value);
  }
  const text = next.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** What is said once, and is no part of where somebody is. */
export const ONCE = { done: undefined, count: undefined, left: undefined, undo: undefined };
