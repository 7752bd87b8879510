import { randomBytes, scrypt as scryptWithCallback, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const scrypt = promisify<string, Buffer, number, object, Buffer>(scryptWithCallback);

/** RFC 7914's parameters; 32 MB and some 100 ms a guess (OWASP's recommendation of 2023). */
const COST = { N: 2 ** 15, r: 8, p: 3 } as const;
const HASH_BYTES = 32;
const MAX_MEMORY_BYTES = 128 * 1024 * 1024;

/** `scrypt:N:r:p:salt:hash`, the last two in base64url. */
const FORM = /^scrypt:(\d{1,8}):(\d{1,2}):(\d{1,2}):([\w-]{16,}):([\w-]{43})$/;

/** What stands in the config instead of a password. */
export async function hashPassword(password: string, salt = randomBytes(16)): Promise<string> {
  const hash = await derive(password, salt, COST);
  const { N, r, p } = COST;
  return ['scrypt', N, r, p, salt.toString('base64url'), hash.toString('base64url')].join(':');
}

export function isPasswordHash(text: string): boolean {
  return FORM.test(text);
}

/** In time that does not tell how wrong it is. False for a hash of another form. */
export async function isPassword(password: string, hash: string): Promise<boolean> {
  const match = FORM.exec(hash);
  if (!match) return false;
  const [, N, r, p, salt = '', expected = ''] = match;
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const actual = await derive(password, Buffer.from(salt, 'base64url'), cost);
  return timingSafeEqual(actual, Buffer.from(expected, 'base64url'));
}

function derive(
  password: string,
  salt: Buffer,
  { N, r, p }: { readonly N: number; readonly r: number; readonly p: number },
): Promise<Buffer> {
  const options = { N, r, p, maxmem: MAX_MEMORY_BYTES };
  return scrypt(password.normalize('NFKC'), salt, HASH_BYTES, options);
}
