import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../orders/time.js';
import { readAbout } from './about.js';
import { listOrders, listOrdersById, listSummaries, readSingle } from './order-calls.js';
import { redactorFor } from './redact.js';
import { listRefunds, listRefundsOf } from './refund-calls.js';
import { createRequester, type Requester, type Sleep } from './requester.js';
import type { Logger } from './sender.js';
import { setupCalls } from './setup-calls.js';
import type { NewShopClient } from './shop-client.js';
import { type Auth, addressError, createTransport } from './transport.js';
import { webhookCalls } from './webhook-calls.js';

export interface ShopClientOptions {
  /** The shop's config id. */
  readonly shop: string;
  /** Where WordPress lives: `https://shop.example.com`, or with the folder it is installed in. */
  readonly url: string;
  readonly consumerKey: string;
  readonly consumerSecret: string;
  /** Over https. Absent: Basic, and `query` where the host is found to strip the header. */
  readonly auth?: Auth;
  /** Beyond loopback, plain http needs this. It is signed (OAuth 1.0a), but anyone can read it. */
  readonly allowPlainHttp?: boolean;
  /** For a whole answer; 30,000 unless told. */
  readonly timeoutMs?: number;
  /** Of one answer, uncompressed; 32 MiB unless told. */
  readonly maxBytes?: number;
  /** Requests at the same time; 2 unless told. */
  readonly concurrency?: number;
  readonly requestsPerSecond?: number;
  /** Attempts after the first, where waiting may help; 3 unless told. */
  readonly retries?: number;
  readonly clock: Clock;
  /** 0 (included) to 1 (excluded), for the back-off. */
  readonly random: () => number;
  readonly sleep?: Sleep;
  readonly logger?: Logger;
}

const DEFAULTS = {
  timeoutMs: 30_000,
  maxBytes: 32 * 1024 * 1024,
  concurrency: 2,
  retries: 3,
};

/** The client of one shop. Never throws itself: a wrong address fails each call with its ShopError. */
export function createShopClient(options: ShopClientOptions): NewShopClient {
  const { shop } = options;
  const requester = createRequesterFor(options);
  const problem = addressError(shop, options.url, options.allowPlainHttp === true);
  const asked = async <Result>(call: () => Promise<Result>): Promise<Result> => {
    if (problem) throw problem;
    return call();
  };
  return {
    shop,
    orders: (query, read) => asked(() => listOrders(requester, shop, query, read)),
    ordersById: (ids, read) => asked(() => listOrdersById(requester, shop, ids, read)),
    order: (id, read) => asked(() => readSingle(requester, shop, id, read)),
    summaries: (query, read) => asked(() => listSummaries(requester, query, read)),
    refunds: (query, read) => asked(() => listRefunds(requester, shop, query, read)),
    refundsOf: (order, read) => asked(() => listRefundsOf(requester, shop, order, read)),
    about: (read) => asked(() => readAbout(requester, read)),
    webhooks: webhookCalls(requester, shop, asked),
    setup: setupCalls(requester, shop, asked),
  };
}

function createRequesterFor(options: ShopClientOptions): Requester {
  const { shop, url, consumerKey, consumerSecret, clock } = options;
  const { timeoutMs, maxBytes, concurrency, retries } = { ...DEFAULTS, ...defined(options) };
  return createRequester({
    shop,
    transport: createTransport({
      shop,
      url,
      consumerKey,
      consumerSecret,
      timeoutMs,
      maxBytes,
      concurrency,
      clock,
    }),
    redact: redactorFor(consumerKey, consumerSecret),
    auth: options.auth,
    canSwitchAuth: /^https:/i.test(url),
    concurrency,
    requestsPerSecond: options.requestsPerSecond,
    retries,
    clock,
    random: options.random,
    sleep: options.sleep ?? sleepFor,
    logger: options.logger,
  });
}

/** Without keys whose value is undefined, which would hide a default. */
function defined(options: ShopClientOptions): Partial<typeof DEFAULTS> {
  const { timeoutMs, maxBytes, concurrency, retries } = options;
  return Object.fromEntries(
    Object.entries({ timeoutMs, maxBytes, concurrency, retries }).filter(
      ([, value]) => value !== undefined,
    ),
  );
}

const sleepFor: Sleep = (ms, signal) => delay(ms, undefined, signal ? { signal } : {});
