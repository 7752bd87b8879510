import { z } from 'zod';
import { isSameSecret } from '../runtime/same-secret.js';
import type { AnswerProblem } from './answers.js';

/*
 * WooCommerce's own page that makes a key for a program (developer.woocommerce.com, REST API,
 * authentication endpoint): the owner approves it in the browser, and the shop posts the key to us.
 */

/** Below `/webhooks/`, which a proxy before orderpark passes on already. */
export const CALLBACK_PATH = '/webhooks/woocommerce-key';
export const RETURN_PATH = '/webhooks/woocommerce-key/done';

export type KeyScope = 'read' | 'read_write';

export interface AuthorisationWish {
  /** Without a slash at its end. */
  readonly shopUrl: string;
  /** The public https address of orderpark, without a slash at its end. */
  readonly ownUrl: string;
  readonly scope: KeyScope;
  /** Random; comes back with the key, and proves that it is the answer to this request. */
  readonly nonce: string;
}

/** The page where the owner approves; it needs the shop's permalinks not to be plain. */
export function authorisationUrl({ shopUrl, ownUrl, scope, nonce }: AuthorisationWish): string {
  const query = new URLSearchParams({
    app_name: 'orderpark',
    scope,
    user_id: nonce,
    return_url: `${ownUrl}${RETURN_PATH}`,
    callback_url: `${ownUrl}${CALLBACK_PATH}`,
  });
  return `${shopUrl}/wc-auth/v1/authorize?${query}`;
}

/** A key and what it may do. */
export interface Grant {
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly permissions: 'read' | 'write' | 'read_write';
}

const grantSchema = z.object({
  user_id: z.union([z.string(), z.number()]).transform(String),
  consumer_key: z.string().regex(/^ck_\w+$/),
  consumer_secret: z.string().regex(/^cs_\w+$/),
  key_permissions: z.enum(['read', 'write', 'read_write']),
});

/** The key in what was posted to us; undefined where it is not the answer to our request. */
export function readGrant(body: string, nonce: string): Grant | undefined {
  const read = grantSchema.safeParse(jsonIn(body));
  if (!read.success || !isSameSecret(read.data.user_id, nonce)) return undefined;
  const { consumer_key, consumer_secret, key_permissions } = read.data;
  return {
    consumerKey: consumer_key,
    consumerSecret: consumer_secret,
    permissions: key_permissions,
  };
}

/** Whether the owner came back from the page without approving: `success=0` and our nonce. */
export function isDenial(query: URLSearchParams, nonce: string): boolean {
  return query.get('success') === '0' && isSameSecret(query.get('user_id') ?? '', nonce);
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What is wrong with a key that was pasted; undefined where it looks like one. */
export function keyProblem(text: string, kind: 'key' | 'secret'): AnswerProblem | undefined {
  const [prefix, other] = kind === 'key' ? ['ck_', 'cs_'] : ['cs_', 'ck_'];
  if (text.startsWith(other)) return kind === 'key' ? 'secret-as-key' : 'key-as-secret';
  return new RegExp(`^${prefix}\\w+$`).test(text) ? undefined : kind;
}
