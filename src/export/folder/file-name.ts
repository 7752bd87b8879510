import { createHash } from 'node:crypto';

const PLAIN_SEGMENT = /^[a-z0-9-]+$/;
/** With the extension and a temporary suffix this stays below the 255 bytes of every file system. */
const MAX_LENGTH = 120;
/** Device names that Windows keeps for itself, whatever the extension. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/;

/**
 * A file name (without extension) for a key such as `main/1042/invoice`: `main_1042_invoice`.
 * Different keys get different names, also where case does not count; a key that is not plain
 * lower-case text, too long or a reserved name carries a hash.
 */
export function safeFileName(key: string): string {
  const segments = key.split('/');
  const name = segments.join('_');
  const isPlain = segments.every((segment) => PLAIN_SEGMENT.test(segment));
  if (isPlain && name.length <= MAX_LENGTH && !RESERVED.test(name)) return name;
  const hash = createHash('sha256').update(key).digest('hex').slice(0, 16);
  const readable = key.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return `${readable.slice(0, MAX_LENGTH - 20)}~${hash}`;
}

/**
 * A file name (without extension) for a document's number, as a person reads it: `2026-0001`,
 * `INV-2026-7` for `INV/2026/7`. Different numbers can get the same one.
 */
export function numberFileName(number: string): string {
  const name = number.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+|[.-]+$/g, '');
  const isSafe = name !== '' && name.length <= MAX_LENGTH && !RESERVED.test(name.toLowerCase());
  return isSafe ? name : safeFileName(number);
}
