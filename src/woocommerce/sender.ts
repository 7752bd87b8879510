import type { Clock } from '../orders/time.js';
import type { InTurn } from './requester.js';
import { ShopError } from './shop-error.js';
import type { Answer, Auth, Change, Parameters, Transport } from './transport.js';

/** The part of a pino logger that is used here. */
export interface Logger {
  debug(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface Asking {
  readonly signal?: AbortSignal;
  readonly fresh?: boolean;
}

interface SenderOptions {
  readonly shop: string;
  readonly transport: Transport;
  readonly inTurn: InTurn;
  readonly auth: Auth | undefined;
  readonly canSwitchAuth: boolean;
  readonly clock: Clock;
  readonly logger: Logger | undefined;
}

/** Asks the shop, and learns how it must be asked: past a cache, or with the keys in the query. */
export interface Sender {
  ask<Result>(
    path: string,
    parameters: Parameters,
    asking: Asking,
    read: (answer: Answer) => Result,
  ): Promise<Result>;
  write<Result>(change: Change, asking: Asking, read: (answer: Answer) => Result): Promise<Result>;
}

export function createSender(options: SenderOptions): Sender {
  const { shop, transport, inTurn, clock, logger } = options;
  let auth: Auth = options.auth ?? 'basic';
  let mayTryQuery = options.auth === undefined && options.canSwitchAuth;
  let cached = false;
  let freshCount = 0;

  function send(path: string, parameters: Parameters, by: Auth, asking: Asking): Promise<Answer> {
    const fresh = asking.fresh === true;
    const asks = fresh ? { ...parameters, nocache: `${clock.now()}-${freshCount++}` } : parameters;
    const call = { path, parameters: asks, auth: by, fresh };
    return inTurn((signal) => transport.get({ ...call, signal }), asking.signal);
  }

  /** A cache's copy is asked for again past the cache, and from then on everything is. */
  async function sendPastCaches(
    path: string,
    parameters: Parameters,
    by: Auth,
    asking: Asking,
  ): Promise<Answer> {
    const fresh = asking.fresh === true || cached;
    const answer = await send(path, parameters, by, { ...asking, fresh });
    if (fresh || !isFromCache(answer)) return answer;
    cached = true;
    logger?.warn({ shop }, "the shop's answers come from a cache: asking past it from now on");
    return send(path, parameters, by, { ...asking, fresh: true });
  }

  function readByQuery<Result>(answer: Answer, read: (answer: Answer) => Result): Result {
    try {
      const result = read(answer);
      useQuery();
      return result;
    } catch (error) {
      // Any other complaint about the key means that the shop has seen it this time.
      if (answer.status === 401 && !sawNoKey(error)) useQuery();
      if (sawNoKey(error)) mayTryQuery = false;
      throw error;
    }
  }

  function useQuery(): void {
    if (auth === 'query') return;
    auth = 'query';
    mayTryQuery = false;
    logger?.warn({ shop }, 'the host strips the Authorization header: keys go in the query');
  }

  /** Asks as it is done so far; where the shop saw no key, once more with the keys in the query. */
  async function askBothWays<Result>(
    sendBy: (by: Auth, isSecond: boolean) => Promise<Answer>,
    read: (answer: Answer) => Result,
  ): Promise<Result> {
    const by = auth;
    const answer = await sendBy(by, false);
    try {
      return read(answer);
    } catch (error) {
      // A request beside this one may have found the other way meanwhile.
      const otherWay = by === 'basic' && (mayTryQuery || auth === 'query');
      if (!otherWay || !sawNoKey(error)) throw error;
    }
    return readByQuery(await sendBy('query', true), read);
  }

  return {
    ask: (path, parameters, asking, read) =>
      askBothWays(
        (by, isSecond) =>
          isSecond
            ? send(path, parameters, by, { ...asking, fresh: true })
            : sendPastCaches(path, parameters, by, asking),
        read,
      ),
    // What was refused for want of a key has changed nothing, so it may be sent again.
    write: (change, asking, read) =>
      askBothWays(
        (by) => inTurn((signal) => transport.write({ ...change, auth: by, signal }), asking.signal),
        read,
      ),
  };
}

/** Recorded: auth-none-401; writes have codes of their own. An unknown key reads the same. */
function sawNoKey(error: unknown): boolean {
  return (
    error instanceof ShopError &&
    error.details.status === 401 &&
    /^woocommerce_rest_cannot_(view|create|edit|delete)$/.test(error.details.code ?? '')
  );
}

const CACHE_HEADERS = ['x-cache', 'cf-cache-status', 'x-litespeed-cache', 'x-proxy-cache'];

/** Whether a shared cache gave this answer (RFC 9111, 5.1, and what caches write in practice). */
function isFromCache(answer: Answer): boolean {
  if (answer.status < 200 || answer.status > 299) return false;
  return (
    Number(answer.header('age') ?? 0) > 0 ||
    CACHE_HEADERS.some((name) => /^hit\b/i.test(answer.header(name) ?? ''))
  );
}
