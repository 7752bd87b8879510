import type { Path } from './problem.js';

export const MASK = '***';

const SECRET_NAME = /key|secret|passw|token|credential/i;

/** Keys that hold a secret. `database` does where its address carries a password. */
export function isSecretPath(path: Path): boolean {
  return SECRET_PATHS.has(path.map((step) => (typeof step === 'number' ? '*' : step)).join('.'));
}

const SECRET_PATHS = new Set([
  'secretKey',
  'shops.*.consumerKey',
  'shops.*.consumerSecret',
  'shops.*.webhook.secret',
  'shops.*.webhook.secret.*',
  'shops.*.webhook.licenseKey',
  'server.token',
  'access.users.*.password',
  'access.tokens.*.token',
  'access.jwt.secret',
  'alerts.mail.smtp',
  'alerts.webhook.secret',
  'books.*.smtp',
]);

/** Whether a name, of a key or an environment variable, sounds like a secret. */
export function soundsSecret(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** The password of an address, as written. */
const ADDRESS_PASSWORD = /(:\/\/[^\s:/@]*:)([^\s]*)(?=@)/;

export function addressPassword(address: string): string | undefined {
  return ADDRESS_PASSWORD.exec(address)?.[2];
}

/**
 * Takes every secret out of text that people will read: those that are known, and, since a broken
 * file may hide one where it is not looked for, whatever is written like one.
 */
export function createMasker(knownSecrets: Iterable<string>): (text: string) => string {
  // The longest first, since one secret can begin with another. Tiny ones would mask half the file.
  const known = [...new Set(knownSecrets)]
    .filter((secret) => secret.length >= 4)
    .sort((a, b) => b.length - a.length);
  return (text) => {
    let masked = text;
    for (const secret of known) masked = masked.replaceAll(secret, MASK);
    return masked
      .replace(/\b(?:ck|cs)_[0-9A-Za-z]{6,}/g, MASK)
      .replace(new RegExp(ADDRESS_PASSWORD, 'g'), (whole, before: string, password: string) =>
        isReference(password) ? whole : `${before}${MASK}`,
      )
      .replace(SECRET_ASSIGNMENT, (whole, before: string, value: string) =>
        isReference(value) || PUBLIC_KEYS.test(before) ? whole : `${before}${MASK}`,
      );
  };
}

/** `anySecret: value` or `[value, …]`, up to what ends it. */
const SECRET_ASSIGNMENT =
  /([\w-]*(?:key|secret|passw\w*|token|credential)[\w-]*["']?\s*[:=]\s+)("[^"]*"?|'[^']*'?|\[[^\]\n]*\]?|(?:\$\{[^}]*\}|[^\s,}{[\]#])(?:\$\{[^}]*\}|[^,}#])*)/gi;

/** Keys whose name sounds like a secret and holds none. */
const PUBLIC_KEYS =
  /^(?:vatNumberKeys|registrationKeys|endpointKeys|referenceKeys|balanceOfKeys|metaKeys|keys?)\b/;

/** An environment reference tells a name, not a secret; but its default would. */
function isReference(text: string): boolean {
  return /^["'[]?\s*(?:\$\{[A-Za-z_]\w*\}[\s,]*)+["'\]]?\s*$/.test(text);
}
