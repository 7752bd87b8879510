import { resolve } from 'node:path';
import type { Path } from './problem.js';
import { itemsOf, property } from './references.js';
import { addressPassword } from './secrecy.js';
import type { Finding } from './zod-issues.js';

/** Where secrets stand in a file. */
export function secretPathsOf(root: unknown): Path[] {
  return [
    ...itemsOf(property(root, 'shops')).flatMap((shop, index) => [
      ['shops', index, 'consumerKey'],
      ['shops', index, 'consumerSecret'],
      ...webhookSecretPaths(property(shop, 'webhook'), ['shops', index, 'webhook']),
    ]),
    ['database'],
    ['secretKey'],
    ['server', 'token'],
    ...accessPaths(property(root, 'access')),
    ['alerts', 'mail', MAIL_SERVER],
    ['alerts', 'webhook', 'secret'],
    ...itemsOf(property(root, 'books')).map((_, index): Path => ['books', index, MAIL_SERVER]),
  ];
}

function accessPaths(access: unknown): Path[] {
  const each = (list: string, key: string): Path[] =>
    itemsOf(property(access, list)).map((_, index) => ['access', list, index, key]);
  return [
    ...each('users', 'password'),
    ...each('tokens', 'token'),
    ['access', 'jwt', 'secret'],
    ['access', 'jwt', 'publicKey'],
  ];
}

/** Its address is no secret, but a password in it is. */
const MAIL_SERVER = 'smtp';

/** One secret, or a list of them. */
function webhookSecretPaths(webhook: unknown, path: Path): Path[] {
  const at: Path = [...path, 'secret'];
  const listed = itemsOf(property(webhook, 'secret')).map((_, index): Path => [...at, index]);
  return [...(listed.length > 0 ? listed : [at]), [...path, 'licenseKey']];
}

export interface FileSecrets {
  /** The tree, with each `{ file: … }` replaced by what the file holds. */
  readonly value: unknown;
  readonly findings: readonly Finding[];
}

/** Reads the secrets that are kept in files. A file that cannot be read leaves its place as it is. */
export function readSecretFiles(
  root: unknown,
  folder: string,
  readFile: (path: string) => string,
): FileSecrets {
  const findings: Finding[] = [];
  let value = root;
  for (const path of secretPathsOf(root)) {
    const file = property(valueAt(root, path), 'file');
    if (typeof file !== 'string' || file === '') continue;
    const at: Path = [...path, 'file'];
    try {
      const secret = readFile(resolve(folder, file)).replace(/[\r\n]+$/, '');
      if (secret === '') findings.push(wrong(at, 'is an empty file'));
      else value = withValue(value, path, secret);
    } catch (error) {
      findings.push(wrong(at, `cannot be read: ${reasonOf(error)}`));
    }
  }
  return { value, findings };
}

/** Why a file could not be read, without its content. */
export function reasonOf(error: unknown): string {
  const code = property(error, 'code');
  switch (code) {
    case 'ENOENT':
      return 'there is no such file';
    case 'EACCES':
    case 'EPERM':
      return 'this user may not read it';
    case 'EISDIR':
      return 'it is a folder';
    default:
      return typeof code === 'string' ? code : 'it is not readable';
  }
}

/** The part of a value at a secret's place that is secret; a database's path is none. */
export function secretPart(path: Path, text: string): string | undefined {
  if (path[0] === 'database') return addressPassword(text);
  if (path.at(-1) !== MAIL_SERVER) return text;
  // An address that is written wrongly may show its password where none is looked for.
  return addressPassword(text) ?? (text.includes('@') ? text : undefined);
}

export function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) => (typeof step === 'number' ? itemsOf(value)[step] : property(value, step)),
    root,
  );
}

function withValue(root: unknown, path: Path, replacement: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return replacement;
  if (typeof step === 'number') {
    return itemsOf(root).map((item, index) =>
      index === step ? withValue(item, rest, replacement) : item,
    );
  }
  const entries = Object.entries(root as Record<string, unknown>);
  return Object.fromEntries(
    entries.map(([key, item]) => [key, key === step ? withValue(item, rest, replacement) : item]),
  );
}

function wrong(path: Path, message: string): Finding {
  return { kind: 'wrong', path, message, expected: 'a file with the secret in it' };
}
