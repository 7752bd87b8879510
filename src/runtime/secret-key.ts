import { hkdfSync, randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createDurably, hasCode } from './durable-file.js';

/** The secret key is missing, or not the one that was used. Its message and fix hold no secret. */
export class SecretKeyError extends Error {
  override readonly name = 'SecretKeyError';
  constructor(
    message: string,
    /** What a person can do. */
    readonly fix: string,
  ) {
    super(message);
  }
}

/** One text outside of the database, from which each purpose gets a key of its own. */
export interface SecretKey {
  /**
   * 32 bytes for a purpose, as `subscriptions`. With `make` the key file is made where there is none
   * yet; without, what was sealed earlier could not be opened with a new one anyway. Throws
   * SecretKeyError.
   */
  keyFor(purpose: string, make: boolean): Promise<Buffer>;
}

export interface SecretKeyOptions {
  /** `secretKey` of the config; stands above the file. */
  readonly configured?: string | undefined;
  /** The file beside which `orderpark.key` is kept otherwise; absent where the config must have it. */
  readonly besideFile?: string | undefined;
}

const KEY_FILE = 'orderpark.key';

/** Fewer characters can be guessed. */
const SHORTEST_SECRET_KEY = 32;

export function createSecretKey({ configured, besideFile }: SecretKeyOptions): SecretKey {
  const file = besideFile === undefined ? undefined : join(dirname(besideFile), KEY_FILE);
  let known = configured;
  return {
    async keyFor(purpose, make) {
      known ??= await textIn(file, make);
      // RFC 5869; the text is no password, so that nothing slow is needed.
      return Buffer.from(hkdfSync('sha256', known, '', `orderpark/${purpose}`, 32));
    },
  };
}

async function textIn(file: string | undefined, make: boolean): Promise<string> {
  if (file === undefined) throw new SecretKeyError(NOT_CONFIGURED, HOW_TO_CONFIGURE);
  const text = (await readKey(file)) ?? (make ? await makeKey(file) : undefined);
  if (text === undefined) {
    throw new SecretKeyError(
      `The key file ${file} is not there.`,
      'Put it back from a backup. If it is lost, rotate every secret: a new key is made then.',
    );
  }
  if (text.length >= SHORTEST_SECRET_KEY) return text;
  throw new SecretKeyError(
    `The key file ${file} is damaged: it holds fewer than ${SHORTEST_SECRET_KEY} characters.`,
    'Put it back from a backup. If there is none, remove it and rotate every secret.',
  );
}

const NOT_CONFIGURED = 'Secrets are kept encrypted, and the configuration has no secretKey.';
const HOW_TO_CONFIGURE = `Write \`secretKey: \${ORDERPARK_SECRET_KEY}\` in the configuration, and give that variable at least ${SHORTEST_SECRET_KEY} random characters, as \`openssl rand -base64 32\` makes them; the same to every process.`;

async function readKey(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw new SecretKeyError(
      `The key file ${file} cannot be read.`,
      'Give the user that orderpark runs as the right to read it.',
    );
  }
}

/** Of two processes that make it at once, one does; both then use that one. */
async function makeKey(file: string): Promise<string | undefined> {
  const text = randomBytes(32).toString('base64url');
  try {
    await mkdir(dirname(file), { recursive: true });
    const isOurs = await createDurably(file, `${text}\n`, dirname(file), 0o600);
    return isOurs ? text : await readKey(file);
  } catch (error) {
    if (error instanceof SecretKeyError) throw error;
    throw new SecretKeyError(
      `The key file ${file} cannot be made.`,
      'Give the user that orderpark runs as the right to write into its folder; or set `secretKey` in the configuration.',
    );
  }
}
