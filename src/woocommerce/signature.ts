import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether WooCommerce signed these very bytes with one of the secrets: base64 of HMAC-SHA256, in
 * `X-WC-Webhook-Signature`. All secrets are tried, so that the time taken tells nothing of them.
 * An empty secret, with which anybody could sign, matches nothing.
 */
export function isSigned(
  body: Uint8Array,
  signature: string | undefined,
  secrets: readonly string[],
): boolean {
  if (signature === undefined) return false;
  const given = Buffer.from(signature, 'latin1');
  let matches = false;
  for (const secret of secrets) {
    if (secret === '') continue;
    const digest = createHmac('sha256', secret).update(body).digest('base64');
    const expected = Buffer.from(digest, 'latin1');
    if (given.length === expected.length && timingSafeEqual(given, expected)) matches = true;
  }
  return matches;
}
