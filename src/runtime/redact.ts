const HIDDEN = '[redacted]';

/** What gives a secret away wherever it stands. */
const PATTERNS: readonly [RegExp, string][] = [
  // WooCommerce's keys and secrets.
  [/\bc[ks]_[0-9a-f]{20,}/gi, HIDDEN],
  // Secrets of the Standard Webhooks scheme.
  [/\bwhsec_[A-Za-z0-9+/=]{8,}/g, HIDDEN],
  [/\b(Basic|Bearer)\s+[A-Za-z0-9+/=._~-]{8,}/gi, `$1 ${HIDDEN}`],
  // User and password in an address; the password may hold anything but white space, quotes and @.
  [/(:\/\/)[^\s/@"']+:[^\s@"']+@/g, `$1${HIDDEN}@`],
  [
    /\b((?:consumer_key|consumer_secret|oauth_signature|oauth_nonce|access_token|token|password|api_key)=)[^&\s"'<>\\]*/gi,
    `$1${HIDDEN}`,
  ],
];

/** Takes what looks like a secret, and the given ones, out of a text that others will see. */
export function redactText(text: string, secrets: readonly string[] = []): string {
  const known = secrets
    .filter((secret) => secret.length >= SHORTEST)
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
    .reduce((clean, secret) => clean.replaceAll(secret, HIDDEN), text);
  return PATTERNS.reduce((clean, [pattern, to]) => clean.replace(pattern, to), known);
}

/** A shorter one would take ordinary words out of every line, and be none. */
const SHORTEST = 6;
