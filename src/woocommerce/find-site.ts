import { readAnswer } from './answer.js';
import { siteAddressOf } from './refusal.js';
import { siteIndexSchema } from './schemas.js';
import { ShopError } from './shop-error.js';
import { type Answer, addressError, type OpenPage } from './transport.js';

/** A WordPress site with WooCommerce, as it shows itself to strangers. */
export interface Site {
  /** Where its REST API is found, without a slash at its end: the address for the config. */
  readonly url: string;
  readonly name?: string;
  /** IANA name; absent where the site is set to a fixed offset, or tells strangers nothing. */
  readonly timezone?: string;
  /** False: it tells strangers nothing, and only a key will show whether WooCommerce is there. */
  readonly isOpen: boolean;
}

export interface Looking {
  /** What the shop is called in errors. */
  readonly shop: string;
  readonly open: OpenPage;
  readonly allowPlainHttp: boolean;
  readonly nowMs: () => number;
  readonly signal?: AbortSignal;
}

/**
 * Finds the site behind an address that a person gave (no slash at its end): follows it to where it
 * leads, and asks WordPress itself where its REST API is (developer.wordpress.org/rest-api/
 * using-the-rest-api/discovery). Throws a ShopError with what a person must change.
 */
export async function findSite(address: string, looking: Looking): Promise<Site> {
  const first = await lookAt(address, looking);
  const site =
    first.kind === 'site' ? first.site : await findElsewhere(address, first.why, looking);
  const problem = addressError(looking.shop, site.url, looking.allowPlainHttp);
  if (problem) throw problem;
  return site;
}

type Look =
  | { readonly kind: 'site'; readonly site: Site }
  /** There is no REST API here; there may be one elsewhere. */
  | { readonly kind: 'none'; readonly why: ShopError };

async function lookAt(base: string, looking: Looking): Promise<Look> {
  const { url, answer } = await follow(`${base}/wp-json/`, looking);
  const at = siteAddressOf(url) ?? base;
  let body: object;
  try {
    body = readAnswer(answer, 'object', judgeOf(looking));
  } catch (error) {
    if (!(error instanceof ShopError)) throw error;
    if (isClosed(error)) return { kind: 'site', site: { url: at, isOpen: false } };
    // Where permalinks are plain, some servers give the front page for every address.
    if (error.kind === 'garbled' || error.details.status === 404) {
      return { kind: 'none', why: error };
    }
    throw error;
  }
  const index = siteIndexSchema.safeParse(body);
  if (!index.success || index.data.namespaces.length === 0) {
    return { kind: 'none', why: noWordPress(looking) };
  }
  requireWooCommerce(index.data.namespaces, looking);
  const { name, timezone_string: timezone } = index.data;
  const told = { ...(name === '' ? {} : { name }), ...(timezone === '' ? {} : { timezone }) };
  return { kind: 'site', site: { url: at, ...told, isOpen: true } };
}

/** Where the site's front page says that its REST API is. Throws `why` where it does not say. */
async function findElsewhere(base: string, why: ShopError, looking: Looking): Promise<Site> {
  const front = await follow(`${base}/`, looking);
  const root = apiRootIn(front);
  if (root?.searchParams.has('rest_route')) throw plainPermalinks(looking);
  const frontBase = siteAddressOf(front.url) ?? base;
  const there = (root && siteAddressOf(root.href)) ?? frontBase;
  if (there !== base) {
    const look = await lookAt(there, looking);
    if (look.kind === 'site') return look.site;
  }
  if (await answersByQuery(frontBase, looking)) throw plainPermalinks(looking);
  throw why;
}

/** Whether the REST API answers to `?rest_route=` (recorded: route-plain-permalinks). */
async function answersByQuery(base: string, looking: Looking): Promise<boolean> {
  const { answer } = await follow(`${base}/?rest_route=/`, looking);
  try {
    const index = siteIndexSchema.safeParse(readAnswer(answer, 'object', judgeOf(looking)));
    return index.success && index.data.namespaces.length > 0;
  } catch (error) {
    if (error instanceof ShopError) return false;
    throw error;
  }
}

interface Page {
  /** Where it was in the end. */
  readonly url: string;
  readonly answer: Answer;
}

const MOST_REDIRECTS = 5;

/** No key is sent, so redirects can be followed; where they do not end, the last is answered. */
async function follow(address: string, { open, signal }: Looking): Promise<Page> {
  let url = address;
  for (let step = 0; ; step += 1) {
    const answer = await open(url, signal);
    const next = step < MOST_REDIRECTS ? targetOf(answer, url) : undefined;
    if (next === undefined) return { url, answer };
    url = next;
  }
}

function targetOf({ status, header }: Answer, url: string): string | undefined {
  const location = header('location');
  if (status < 300 || status > 399 || location === undefined) return undefined;
  if (!URL.canParse(location, url)) return undefined;
  const target = new URL(location, url);
  return /^https?:$/.test(target.protocol) ? target.href : undefined;
}

const API_REL = 'https://api.w.org/';

/** The root of the REST API, which WordPress names in a header and in the head of each page. */
function apiRootIn({ url, answer }: Page): URL | undefined {
  const inHeader = new RegExp(`<([^>]*)>;\\s*rel="${API_REL}"`).exec(
    answer.header('link') ?? '',
  )?.[1];
  const tags = answer.text.match(/<link\b[^>]*>/gi) ?? [];
  const tag = tags.find((each) => each.includes(API_REL) && /\brel=/i.test(each)) ?? '';
  const inHead = /\bhref=["']([^"']*)["']/i.exec(tag)?.[1]?.replaceAll('&amp;', '&');
  const root = inHeader ?? inHead;
  return root !== undefined && URL.canParse(root, url) ? new URL(root, url) : undefined;
}

/** A plugin that keeps the REST API from strangers answers as the API does: with an error object. */
function isClosed({ details: { status, code } }: ShopError): boolean {
  return (status === 401 || status === 403) && code !== undefined;
}

function requireWooCommerce(namespaces: readonly string[], looking: Looking): void {
  if (namespaces.includes('wc/v3')) return;
  const isOld = namespaces.some((namespace) => /^wc\/v[12]$/.test(namespace));
  throw isOld ? tooOld(looking) : noWooCommerce(looking);
}

function judgeOf({ shop, nowMs }: Looking) {
  return { shop, redact: (text: string) => text, nowMs: nowMs() };
}

function plainPermalinks({ shop }: Looking): ShopError {
  return new ShopError(
    shop,
    'config',
    'the permalinks of the site are plain, and with these no key is accepted',
    'In WordPress, under Settings > Permalinks, choose anything but Plain (Post name, for example) and save.',
  );
}

function noWordPress({ shop }: Looking): ShopError {
  return new ShopError(
    shop,
    'config',
    'something answers at this address, but it is no WordPress',
    'Give the address of the shop as its customers see it, with the folder it is in.',
  );
}

function noWooCommerce({ shop }: Looking): ShopError {
  return new ShopError(
    shop,
    'config',
    'WordPress is at this address, but WooCommerce is not active there',
    'Give the address of the shop itself, or activate the plugin WooCommerce.',
  );
}

function tooOld({ shop }: Looking): ShopError {
  return new ShopError(
    shop,
    'config',
    'the WooCommerce at this address is older than 3.5 and lacks the REST API that is needed',
    'Update WooCommerce.',
  );
}
