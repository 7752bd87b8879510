import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { createLogger } from '../../runtime/logger.js';
import { mountAuthorisation } from '../../server/authorisation-routes.js';
import { startServer } from '../../server/server.js';
import {
  authorisationUrl,
  CALLBACK_PATH,
  type Grant,
  isDenial,
  type KeyScope,
  RETURN_PATH,
  readGrant,
} from '../../setup/authorisation.js';
import { type CliContext, CommandError } from '../context.js';
import { EXIT } from '../exit-codes.js';

export interface AuthoriseWish {
  readonly shopUrl: string;
  readonly ownUrl: string;
  readonly scope: KeyScope;
  /** Where the server of the config will listen. */
  readonly host: string;
  readonly port: number;
}

/** A key that is waited for. */
export interface Authorisation {
  /** Of the shop, where its owner approves. */
  readonly page: string;
  readonly listensAt: string;
  /** Rejected with NoKeyError where none comes. */
  readonly grant: Promise<Grant>;
  /** Stops listening, whether the key is there or not. */
  end(): Promise<void>;
}

/** The page was left without approving, or nobody approved in time. */
export class NoKeyError extends Error {
  override readonly name = 'NoKeyError';
  constructor(readonly kind: 'denied' | 'late') {
    super(
      kind === 'denied'
        ? 'The page was left without approving, so there is no key.'
        : `No key came within ${WAIT_MINUTES} minutes.`,
    );
  }
}

const WAIT_MINUTES = 15;
/** The shop's answer, and the browser that comes back, are let through. */
const GRACE_MS = 2000;

/** Listens where the server of the config will, for the key of a shop. Throws ListenError. */
export async function beginAuthorisation(
  { terminal, signal }: CliContext,
  wish: AuthoriseWish,
): Promise<Authorisation> {
  const nonce = randomBytes(32).toString('hex');
  const waiting = new AbortController();
  const { promise, resolve, reject } = promiseParts<Grant>();
  // Whoever waits hears of it; that nobody waits yet is no fault.
  promise.catch(() => {});
  const server = await startServer({
    host: wish.host,
    port: wish.port,
    trustProxy: 0,
    logger: createLogger({ level: 'error', format: 'plain', write: (line) => terminal.err(line) }),
    mount: (app) =>
      mountAuthorisation(app, {
        callbackPath: CALLBACK_PATH,
        returnPath: RETURN_PATH,
        take(body) {
          // One answer is waited for; what comes after it is not it.
          const grant = waiting.signal.aborted ? undefined : readGrant(body, nonce);
          if (!grant) return false;
          waiting.abort();
          resolve(grant);
          return true;
        },
        comeBack(query) {
          if (isDenial(query, nonce)) reject(new NoKeyError('denied'));
        },
      }),
  });
  const limit = AbortSignal.any([signal, waiting.signal]);
  delay(WAIT_MINUTES * 60_000, undefined, { signal: limit }).then(
    () => reject(new NoKeyError('late')),
    () => reject(new Error('stopped waiting for the key')),
  );
  return {
    page: authorisationUrl({ ...wish, nonce }),
    listensAt: server.url,
    grant: promise,
    async end() {
      waiting.abort();
      await server.stop(GRACE_MS);
    },
  };
}

/**
 * Gets a key by WooCommerce's own page: tells the person which page to open, and waits for the shop.
 * Throws CommandError where no key comes, and ListenError.
 */
export async function authorise(context: CliContext, wish: AuthoriseWish): Promise<Grant> {
  const { terminal } = context;
  const { page, listensAt, grant, end } = await beginAuthorisation(context, wish);
  try {
    terminal.err(`Open this page in a browser, and approve:\n\n  ${page}\n\n`);
    terminal.err(hintFor(wish, listensAt));
    return await grant;
  } catch (error) {
    throw error instanceof NoKeyError ? toldAs(error) : error;
  } finally {
    await end();
  }
}

function hintFor({ ownUrl }: AuthoriseWish, listensAt: string): string {
  return `Waiting at ${listensAt}. Where the shop says that it could not send the data, ${ownUrl} does not lead here: look at the proxy.\n`;
}

function toldAs({ kind, message }: NoKeyError): CommandError {
  return new CommandError(
    kind === 'denied' ? EXIT.failed : EXIT.incomplete,
    message,
    'Begin again, or give a key that you made yourself with --key-file and --secret-file.',
  );
}

function promiseParts<Value>() {
  let resolve: (value: Value) => void = () => {};
  let reject: (reason: Error) => void = () => {};
  const promise = new Promise<Value>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}
