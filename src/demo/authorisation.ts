import { randomBytes } from 'node:crypto';
import { type DemoAnswer, htmlAnswer } from './answers.js';
import type { Authentication, ShopCredential } from './authentication.js';
import { phpJson } from './json.js';
import type { DemoRequest } from './routes.js';

/** Posts JSON from the shop's server; answers the status, or undefined where there was no answer. */
export type PostJson = (url: string, json: string) => Promise<number | undefined>;

const PATH = '/wc-auth/v1/';
const PARAMETERS = ['app_name', 'user_id', 'return_url', 'callback_url', 'scope'] as const;
type Wish = Readonly<Record<(typeof PARAMETERS)[number], string>>;

/**
 * WooCommerce's page that makes a key for a program, as its source (class-wc-auth.php of 10.0) has it.
 * Whoever opens it counts as a shop manager who is logged in. Not recorded.
 */
export class AuthorisationPages {
  /** Proves that a grant was clicked on the page. */
  readonly #nonce = randomBytes(5).toString('hex');
  #keyId = 100;

  constructor(
    private readonly authentication: Authentication,
    private readonly post: PostJson,
  ) {}

  /** The answer to a request below `/wc-auth/v1/`; undefined for any other. */
  async answer({ path, query }: DemoRequest): Promise<DemoAnswer | undefined> {
    if (!path.startsWith(PATH)) return undefined;
    const wish = readWish(query);
    if (typeof wish === 'string') return denied(wish);
    switch (path.slice(PATH.length).toLowerCase()) {
      case 'login':
        return redirect(`${PATH}authorize?${query}`);
      case 'authorize':
        return this.#page(wish);
      case 'access_granted':
        return this.#grant(wish, query.get('wc_auth_nonce'));
      default:
        return denied('You do not have permission to access this page');
    }
  }

  #page(wish: Wish): DemoAnswer {
    const granted = new URLSearchParams({ ...wish, wc_auth_nonce: this.#nonce });
    const links = [
      `<a class="wc-auth-deny" href="${escaped(backTo(wish, '0'))}">Deny</a>`,
      `<a class="wc-auth-approve" href="${escaped(`${PATH}access_granted?${granted}`)}">Approve</a>`,
    ];
    const body = `<h1>${escaped(wish.app_name)} would like to connect to your store</h1>${links.join('')}`;
    return htmlAnswer(200, `<!DOCTYPE html>\n<html><body>${body}</body></html>`);
  }

  async #grant(wish: Wish, nonce: string | null): Promise<DemoAnswer> {
    if (nonce !== this.#nonce) return denied('Invalid nonce verification');
    const credential = madeUpKey(wish.scope);
    this.#keyId += 1;
    this.authentication.add(credential);
    const status = await this.post(
      wish.callback_url,
      phpJson({
        key_id: this.#keyId,
        user_id: wish.user_id,
        consumer_key: credential.consumerKey,
        consumer_secret: credential.consumerSecret,
        key_permissions: credential.permissions,
      }),
    );
    if (status === 200) return redirect(backTo(wish, '1'));
    this.authentication.remove(credential);
    return denied(
      'An error occurred in the request and at the time were unable to send the consumer data',
    );
  }
}

/** What is asked for, or why WooCommerce would refuse it. */
function readWish(query: URLSearchParams): Wish | string {
  const [app_name, user_id, return_url, callback_url, scope] = PARAMETERS.map(
    (name) => query.get(name) ?? '',
  );
  const missing = PARAMETERS.find((name) => !query.get(name));
  if (missing !== undefined || !app_name || !user_id || !return_url || !callback_url || !scope) {
    return `Missing parameter ${missing}`;
  }
  if (!['read', 'write', 'read_write'].includes(scope)) return `Invalid scope ${scope}`;
  const urls = { return_url: formatted(return_url), callback_url: formatted(callback_url) };
  const wrong = Object.values(urls).find((url) => !URL.canParse(url));
  if (wrong !== undefined) return `The ${wrong} is not a valid URL`;
  if (!/^https:\/\//i.test(urls.callback_url)) return 'The callback_url needs to be over SSL';
  return { app_name, user_id, scope, ...urls };
}

/** WooCommerce decodes an address once more, and takes one without a scheme for https. */
function formatted(url: string): string {
  const decoded = decodedOnce(url);
  return decoded.includes('://') ? decoded : `https://${decoded}`;
}

function decodedOnce(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function backTo({ return_url, user_id }: Wish, success: '0' | '1'): string {
  const url = new URL(return_url);
  url.searchParams.set('success', success);
  url.searchParams.set('user_id', user_id);
  return url.href;
}

function madeUpKey(scope: string): ShopCredential {
  const hash = () => randomBytes(20).toString('hex');
  const permissions = scope === 'read' || scope === 'write' ? scope : 'read_write';
  return { consumerKey: `ck_${hash()}`, consumerSecret: `cs_${hash()}`, permissions };
}

function denied(reason: string): DemoAnswer {
  return htmlAnswer(
    401,
    `<!DOCTYPE html>\n<html><body><p>Error: ${escaped(reason)}.</p></body></html>`,
  );
}

function redirect(to: string): DemoAnswer {
  return htmlAnswer(302, '', [['Location', to]]);
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
