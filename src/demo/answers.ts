import { type Json, phpJson, pickFields } from './json.js';

/** An answer before it is sent. */
export interface DemoAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** What a list tells of its pages. */
export interface Paging {
  readonly total: number;
  readonly perPage: number;
  readonly page: number;
  /** The list's address with its query, but for another page. */
  readonly hrefOf: (page: number) => string;
}

const JSON_TYPE = 'application/json; charset=UTF-8';
const ALWAYS = [
  ['X-Robots-Tag', 'noindex'],
  ['X-Content-Type-Options', 'nosniff'],
  ['Access-Control-Expose-Headers', 'X-WP-Total, X-WP-TotalPages, Link'],
  [
    'Access-Control-Allow-Headers',
    'Authorization, X-WP-Nonce, Content-Disposition, Content-MD5, Content-Type',
  ],
] as const;
const NEVER_CACHED = [
  ['Expires', 'Wed, 11 Jan 1984 05:00:00 GMT'],
  ['Cache-Control', 'no-cache, must-revalidate, max-age=0, no-store, private'],
] as const;

export interface JsonAnswer {
  readonly status?: number;
  readonly body: Json;
  readonly siteUrl: string;
  /** The methods of the route; absent where the request was refused before a route was found. */
  readonly allow?: string;
  readonly paging?: Paging;
  readonly fields?: readonly string[];
  readonly location?: string;
}

/** An answer of the REST API, with the headers of any recording. */
export function jsonAnswer(answer: JsonAnswer): DemoAnswer {
  const { body, fields, siteUrl, allow, paging, location } = answer;
  const shown = fields && fields.length > 0 ? pickFields(body, fields) : body;
  const index = `<${siteUrl}/wp-json/>; rel="https://api.w.org/"`;
  return {
    status: answer.status ?? 200,
    headers: [
      ['Content-Type', JSON_TYPE],
      ...ALWAYS,
      ...(paging ? pagingHeaders(paging, index) : [['Link', index] as const]),
      ...(location === undefined ? [] : [['Location', location] as const]),
      ...(allow === undefined
        ? [['Vary', 'Origin'] as const]
        : [['Allow', allow] as const, ...NEVER_CACHED]),
    ],
    body: phpJson(shown),
  };
}

/** WordPress's error object. */
export function errorBody(code: string, message: string, status: number): Json {
  return { code, message, data: { status } };
}

export function htmlAnswer(
  status: number,
  body: string,
  headers: readonly (readonly [string, string])[] = [],
): DemoAnswer {
  return { status, headers: [['Content-Type', 'text/html'], ...headers], body };
}

function pagingHeaders(paging: Paging, index: string): [string, string][] {
  const pages = Math.ceil(paging.total / paging.perPage);
  const links: string[] = [];
  if (paging.page > 1) {
    links.push(`<${paging.hrefOf(Math.min(paging.page - 1, pages))}>; rel="prev"`);
  }
  if (paging.page < pages) links.push(`<${paging.hrefOf(paging.page + 1)}>; rel="next"`);
  return [
    ['X-WP-Total', String(paging.total)],
    ['X-WP-TotalPages', String(pages)],
    ['Link', links.length > 0 ? links.join(', ') : index],
  ];
}

/**
 * A list's address as WordPress repeats it: lists with their indexes, `status`, `dp` and `context` at
 * the end even where they were not asked for (but not on a page past the end), a plus sign as it is.
 */
export function pageHref(
  route: string,
  query: URLSearchParams,
  page: number,
  statuses: readonly string[],
  pastEnd: boolean,
): string {
  const parts: [string, string][] = [];
  for (const [key, value] of query) {
    if (key.startsWith('status')) continue;
    if (key === 'page') parts.push([key, String(page)]);
    else if (['include', 'exclude'].includes(key)) {
      parts.push(...value.split(',').map((id, at): [string, string] => [`${key}[${at}]`, id]));
    } else parts.push([key, key === 'dates_are_gmt' && value === 'true' ? '1' : value]);
  }
  parts.push(...statuses.map((status, at): [string, string] => [`status[${at}]`, status]));
  if (!pastEnd) {
    if (!query.has('dp')) parts.push(['dp', '2']);
    parts.push(['context', 'view']);
  }
  if (!query.has('page')) parts.push(['page', String(page)]);
  const written = parts.map(([key, value]) => `${encode(key)}=${encode(value)}`);
  return `${route}?${written.join('&')}`;
}

/** A `=` at the end of a value is lost, as in `orders-list-oauth1-http`. */
function encode(text: string): string {
  return encodeURIComponent(text.replace(/=+$/, '')).replace(/%20|%2B/g, '+');
}
