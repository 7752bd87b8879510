import { createHmac } from 'node:crypto';

/** Headers by which a receiver knows that a body is ours, and fresh: standardwebhooks.com, `v1`. */
export interface SignedHeaders {
  readonly 'webhook-id': string;
  /** Seconds since the epoch. */
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature'?: string;
}

/** `secret` is `whsec_` and base64, as the scheme has it; any other text stands for its own bytes. */
export function standardHeaders(
  { id, atMs }: { readonly id: string; readonly atMs: number },
  body: string,
  secret: string | undefined,
): SignedHeaders {
  const timestamp = String(Math.floor(atMs / 1000));
  const named = { 'webhook-id': id, 'webhook-timestamp': timestamp };
  if (secret === undefined) return named;
  const signed = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`);
  return { ...named, 'webhook-signature': `v1,${signed.digest('base64')}` };
}

const PREFIX = 'whsec_';

function keyOf(secret: string): Buffer {
  return secret.startsWith(PREFIX)
    ? Buffer.from(secret.slice(PREFIX.length), 'base64')
    : Buffer.from(secret, 'utf8');
}
