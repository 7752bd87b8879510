import { createHmac } from 'node:crypto';

/** Headers by which a receiver knows that a body is ours, and fresh: standardwebhooks.com, `v1`. */
export interface SignedHeaders {
  readonly 'webhook-id': string;
  /** Seconds since the epoch. */
  readonly 'webhook-timestamp': string;
  /** One `v1,…` for each secret, a blank between; absent without secrets. */
  readonly 'webhook-signature'?: string;
}

/**
 * Signs a body, once with each secret: while one is being replaced, either side may be first. A
 * secret is `whsec_` and base64, as the scheme has it; any other text stands for its own bytes.
 */
export function standardHeaders(
  { id, atMs }: { readonly id: string; readonly atMs: number },
  body: string,
  secrets: readonly string[],
): SignedHeaders {
  const timestamp = String(Math.floor(atMs / 1000));
  const named = { 'webhook-id': id, 'webhook-timestamp': timestamp };
  if (secrets.length === 0) return named;
  const content = `${id}.${timestamp}.${body}`;
  const signatures = secrets.map(
    (secret) => `v1,${createHmac('sha256', keyOf(secret)).update(content).digest('base64')}`,
  );
  return { ...named, 'webhook-signature': signatures.join(' ') };
}

export const SECRET_PREFIX = 'whsec_';

function keyOf(secret: string): Buffer {
  return secret.startsWith(SECRET_PREFIX)
    ? Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64')
    : Buffer.from(secret, 'utf8');
}
