import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../orders/time.js';

/** A key of the shop's REST API. */
export interface ShopCredential {
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly permissions: 'read' | 'write' | 'read_write';
  /** False for the key of a user without shop rights. */
  readonly managesShop?: boolean;
}

export interface SignedRequest {
  readonly method: string;
  readonly secure: boolean;
  readonly host: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
}

/** A refusal, as WordPress words it; `anonymous` has no key that counts. */
export type Identity =
  | { readonly kind: 'user'; readonly managesShop: boolean }
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

const WINDOW_MS = 15 * 60_000;
const OAUTH = [
  'oauth_consumer_key',
  'oauth_timestamp',
  'oauth_nonce',
  'oauth_signature',
  'oauth_signature_method',
];

/**
 * WooCommerce's ways of authentication as recorded (`auth-*`): Basic or keys in the query over https,
 * OAuth 1.0a over http with a window of 15 minutes and each nonce once.
 */
export class Authentication {
  readonly #nonces = new Map<string, number>();
  readonly #credentials: Set<ShopCredential>;

  constructor(
    credentials: readonly ShopCredential[],
    private readonly clock: Clock,
  ) {
    this.#credentials = new Set(credentials);
  }

  add(credential: ShopCredential): void {
    this.#credentials.add(credential);
  }

  remove(credential: ShopCredential): void {
    this.#credentials.delete(credential);
  }

  identify(request: SignedRequest): Identity {
    const given = request.secure ? this.#byBasic(request) : this.#byOAuth(request);
    if (given === undefined) return { kind: 'anonymous' };
    if ('kind' in given) return given;
    const reads = ['GET', 'HEAD'].includes(request.method);
    const needed = reads ? 'read' : 'write';
    if (request.method !== 'OPTIONS' && !given.permissions.split('_').includes(needed)) {
      return refused(`The API key provided does not have ${needed} permissions.`);
    }
    return { kind: 'user', managesShop: given.managesShop !== false };
  }

  #find(key: string | null): ShopCredential | undefined {
    return [...this.#credentials].find(({ consumerKey }) => consumerKey === key);
  }

  #byBasic(request: SignedRequest): ShopCredential | Identity | undefined {
    const [key, secret] = basicPair(request.authorization) ?? [
      request.query.get('consumer_key'),
      request.query.get('consumer_secret'),
    ];
    const credential = this.#find(key);
    if (!credential) return undefined;
    if (credential.consumerSecret === secret) return credential;
    return refused('Consumer secret is invalid.');
  }

  #byOAuth(request: SignedRequest): ShopCredential | Identity | undefined {
    const { query } = request;
    if (!OAUTH.some((name) => query.has(name))) return undefined;
    const missing = OAUTH.filter((name) => !query.get(name));
    if (missing.length > 0) {
      const noun = missing.length === 1 ? 'parameter' : 'parameters';
      const code = 'woocommerce_rest_authentication_missing_parameter';
      return { kind: 'refused', code, message: `Missing OAuth ${noun} ${missing.join(', ')}` };
    }
    const credential = this.#find(query.get('oauth_consumer_key'));
    if (!credential) return refused('Consumer key is invalid.');
    if (!signatureMatches(request, credential.consumerSecret)) {
      return refused('Invalid signature - provided signature does not match.');
    }
    return this.#useOnce(query) ?? credential;
  }

  #useOnce(query: URLSearchParams): Identity | undefined {
    const now = this.clock.now();
    const timestampMs = Number(query.get('oauth_timestamp')) * 1000;
    if (!(Math.abs(now - timestampMs) <= WINDOW_MS)) return refused('Invalid timestamp.');
    const nonce = `${query.get('oauth_consumer_key')} ${query.get('oauth_nonce')}`;
    if (this.#nonces.has(nonce)) return refused('Invalid nonce - nonce has already been used.');
    this.#nonces.set(nonce, timestampMs);
    for (const [old, usedMs] of this.#nonces) {
      if (now - usedMs <= WINDOW_MS) break;
      this.#nonces.delete(old);
    }
    return undefined;
  }
}

function refused(message: string): Identity {
  return { kind: 'refused', code: 'woocommerce_rest_authentication_error', message };
}

function basicPair(authorization: string | undefined): [string, string] | undefined {
  const encoded = /^Basic (.+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const [key = '', ...secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return [key, secret.join(':')];
}

/** RFC 5849, 3.4.1, without a token. */
function signatureMatches(request: SignedRequest, secret: string): boolean {
  const { query, method, host, path } = request;
  const hash = query.get('oauth_signature_method') === 'HMAC-SHA1' ? 'sha1' : 'sha256';
  const parameters = [...query]
    .filter(([name]) => name !== 'oauth_signature')
    .map(([name, value]) => [percentEncode(name), percentEncode(value)] as const)
    .sort(([one, oneValue], [other, otherValue]) =>
      one === other ? compare(oneValue, otherValue) : compare(one, other),
    )
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const base = [method, `http://${host}${path}`, parameters].map(percentEncode).join('&');
  const expected = createHmac(hash, `${secret}&`).update(base).digest();
  const given = Buffer.from(query.get('oauth_signature') ?? '', 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
