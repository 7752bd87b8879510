import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { type SecretKey, SecretKeyError } from './secret-key.js';

/** Keeps texts that nobody who has only the database can read, or exchange for one another. */
export interface SecretBox {
  /** `about` says what it is the secret of, as an id; it opens for that alone. Throws SecretKeyError. */
  seal(text: string, about: string): Promise<string>;
  /** Throws SecretKeyError where it was sealed with another key, for something else, or changed. */
  open(sealed: string, about: string): Promise<string>;
}

const CIPHER = 'aes-256-gcm';
/** Says how a text was sealed, so that another way can be told from it later. */
const VERSION = 'v1.';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export function createSecretBox(secretKey: SecretKey, purpose: string): SecretBox {
  return {
    async seal(text, about) {
      const key = await secretKey.keyFor(purpose, true);
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(about));
      const parts = [nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()];
      return `${VERSION}${Buffer.concat(parts).toString('base64url')}`;
    },
    async open(sealed, about) {
      const key = await secretKey.keyFor(purpose, false);
      const bytes = Buffer.from(sealed.slice(VERSION.length), 'base64url');
      if (!sealed.startsWith(VERSION) || bytes.length < NONCE_BYTES + TAG_BYTES) throw unopened();
      const options = { authTagLength: TAG_BYTES };
      const opener = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), options)
        .setAAD(Buffer.from(about))
        .setAuthTag(bytes.subarray(-TAG_BYTES));
      try {
        const text = opener.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
        return Buffer.concat([text, opener.final()]).toString('utf8');
      } catch {
        throw unopened();
      }
    },
  };
}

function unopened(): SecretKeyError {
  return new SecretKeyError(
    'A stored secret cannot be opened: it was sealed with another key, or damaged.',
    'Set `secretKey` (or put back the key file) as it was when the secret was made; or rotate the secret.',
  );
}
