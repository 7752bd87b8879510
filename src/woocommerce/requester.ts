import PQueue from 'p-queue';
import type { Clock } from '../orders/time.js';
import { type Judge, readAnswer } from './answer.js';
import { abortedError } from './network-error.js';
import type { Redact } from './redact.js';
import { type RetryPolicy, retryDelayMs } from './retry.js';
import { type Asking, createSender, type Logger } from './sender.js';
import { ShopError } from './shop-error.js';
import type { Answer, Auth, Change, Parameters, Transport } from './transport.js';

export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;

interface RequesterOptions extends RetryPolicy {
  readonly shop: string;
  readonly transport: Transport;
  readonly redact: Redact;
  /** Absent: Basic, and query-string keys where a host turns out to strip the header. */
  readonly auth: Auth | undefined;
  readonly canSwitchAuth: boolean;
  readonly concurrency: number;
  readonly requestsPerSecond: number | undefined;
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly logger: Logger | undefined;
}

/** A judged answer. */
export interface Reply<Body> {
  readonly body: Body;
  /** X-WP-Total. */
  readonly total: number | null;
  /** The shop's clock (Date header, whole seconds), or ours where it sent none. */
  readonly shopNowMs: number;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
}

/** All requests to one shop: queued, retried, judged. Throws ShopErrors only. */
export interface Requester {
  list(path: string, parameters: Parameters, asking: Asking): Promise<Reply<readonly unknown[]>>;
  object(path: string, parameters: Parameters, asking: Asking): Promise<Reply<object>>;
  /**
   * Changes something in the shop. A creation is sent once only, since one whose answer is lost may
   * have happened; the rest may be repeated.
   */
  write(change: Change, asking: Asking): Promise<Reply<object>>;
  siteIndex(parameters: Parameters, asking: Asking): Promise<Reply<object>>;
  /** Our clock. */
  nowMs(): number;
}

export function createRequester(options: RequesterOptions): Requester {
  const { shop, transport, redact, clock } = options;
  const inTurn = turnsOf(options);
  const sender = createSender({ ...options, inTurn });
  const judge = (): Judge => ({ shop, redact, nowMs: clock.now() });
  const list = (answer: Answer) => replyOf(answer, readAnswer(answer, 'list', judge()));
  const object = (answer: Answer) => replyOf(answer, readAnswer(answer, 'object', judge()));
  const written = (answer: Answer) =>
    replyOf(answer, readAnswer(answer, 'object', { ...judge(), writes: true }));
  return {
    nowMs: () => clock.now(),
    list: (path, parameters, asking) =>
      withRetries(options, asking, () => sender.ask(path, parameters, asking, list)),
    object: (path, parameters, asking) =>
      withRetries(options, asking, () => sender.ask(path, parameters, asking, object)),
    write: (change, asking) => {
      const attempt = () => sender.write(change, asking, written);
      return change.method === 'post' ? attempt() : withRetries(options, asking, attempt);
    },
    siteIndex: (parameters, asking) =>
      withRetries(options, asking, async () =>
        object(await inTurn((signal) => transport.getSiteIndex(parameters, signal), asking.signal)),
      ),
  };
}

/** Runs one request in its turn among the shop's others; what goes wrong is a ShopError. */
export type InTurn = (
  send: (signal: AbortSignal | undefined) => Promise<Answer>,
  signal: AbortSignal | undefined,
) => Promise<Answer>;

function turnsOf(options: RequesterOptions): InTurn {
  const queue = new PQueue({ concurrency: options.concurrency, ...rateOf(options) });
  return async (send, signal) => {
    try {
      return await queue.add(() => send(signal), signal ? { signal } : {});
    } catch (error) {
      // The queue rejects with the signal's own reason.
      throw error instanceof ShopError ? error : abortedError(options.shop);
    }
  };
}

/** Evenly spaced, so that a rate below one a second works too. */
function rateOf({ requestsPerSecond }: RequesterOptions) {
  return requestsPerSecond === undefined
    ? {}
    : { intervalCap: 1, interval: Math.ceil(1000 / requestsPerSecond) };
}

async function withRetries<Result>(
  options: RequesterOptions,
  asking: Asking,
  attemptOnce: () => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await attemptOnce();
    } catch (error) {
      if (!(error instanceof ShopError)) throw error;
      const delayMs = retryDelayMs(error, attempt, options);
      if (delayMs === undefined) throw error;
      const { shop } = options;
      options.logger?.debug({ shop, attempt, delayMs, reason: error.message }, 'asking again');
      await pause(options, delayMs, asking.signal);
    }
  }
}

/** Waits without holding a turn. */
async function pause(
  { shop, sleep }: RequesterOptions,
  delayMs: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    await sleep(delayMs, signal);
  } catch {
    throw abortedError(shop);
  }
  if (signal?.aborted) throw abortedError(shop);
}

function replyOf<Body>(answer: Answer, body: Body): Reply<Body> {
  const total = answer.header('x-wp-total');
  const date = Date.parse(answer.header('date') ?? '');
  return {
    body,
    total: total !== undefined && /^\d+$/.test(total) ? Number(total) : null,
    shopNowMs: Number.isNaN(date) ? answer.endedAtMs : date,
    startedAtMs: answer.startedAtMs,
    endedAtMs: answer.endedAtMs,
  };
}
