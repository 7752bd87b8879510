import { isLoopback } from '../config/addresses.js';
import type { AnswerProblem } from './answers.js';

/** What was made of an address that a person typed. */
export type ReadAddress =
  | { readonly ok: true; readonly url: string; readonly changes: readonly string[] }
  | { readonly ok: false; readonly problem: AnswerProblem };

/**
 * A shop's address from what people paste: without a scheme, with the page they were on, with
 * `/wp-admin`. The answer has no slash at its end; `changes` tells what was done to it beyond that.
 */
export function readShopAddress(text: string, allowPlainHttp: boolean): ReadAddress {
  const trimmed = text.trim();
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(trimmed)?.[1]?.toLowerCase();
  const full = scheme === undefined ? `https://${trimmed}` : trimmed;
  if (!URL.canParse(full) || (scheme !== undefined && !/^https?$/.test(scheme))) {
    return { ok: false, problem: 'address' };
  }
  const url = new URL(full);
  const changes: string[] = [];
  if (url.username !== '' || url.password !== '') {
    url.username = '';
    url.password = '';
    changes.push('the user in the address is left out');
  }
  const here = isLoopback(url.hostname);
  if (here && scheme === undefined) url.protocol = 'http:';
  if (url.protocol === 'http:' && !here && !allowPlainHttp) {
    url.protocol = 'https:';
    changes.push('https instead of http');
  }
  const path = sitePath(url.pathname);
  if (path !== url.pathname.replace(/\/+$/, '')) {
    changes.push(`without ${url.pathname.slice(path.length)}`);
  }
  return { ok: true, url: `${url.origin}${path}`, changes };
}

/** Parts of WordPress below the address of the site. */
const BELOW_SITE = /\/(wp-admin|wp-json|wp-login\.php|wp-content|index\.php)(\/.*)?$/i;

function sitePath(pathname: string): string {
  return pathname.replace(BELOW_SITE, '').replace(/\/+$/, '');
}

/** The same for an address of orderpark itself, which the shop must be able to reach. */
export function readOwnAddress(text: string): ReadAddress {
  const read = readShopAddress(text, false);
  if (!read.ok) return { ok: false, problem: 'own-address' };
  if (read.url.startsWith('https:')) return read;
  return { ok: false, problem: 'own-https' };
}
