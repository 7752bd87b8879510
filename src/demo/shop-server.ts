import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Clock } from '../orders/time.js';
import { AnswerCache } from './answer-cache.js';
import type { DemoAnswer } from './answers.js';
import { Authentication, type ShopCredential } from './authentication.js';
import { AuthorisationPages } from './authorisation.js';
import { DemoShopState, type OrderStorage, PhpFatal } from './demo-shop.js';
import {
  deliver,
  drawFault,
  type FaultPlan,
  fatalAnswer,
  faultAnswer,
  NO_FAULTS,
  reachesTheShop,
  tooLongAnswer,
} from './faults.js';
import { populate } from './population.js';
import { type Random, seededRandom } from './random.js';
import { createRouter, type DemoRequest } from './routes.js';
import { type Delivered, ShopWebhooks } from './shop-webhooks.js';
import { sendKey } from './webhook-sender.js';

export interface DemoShopStart {
  /** The shop's clock: dates of orders and the `Date` header. */
  readonly clock: Clock;
  /** The clock that OAuth timestamps are held against, where clients do not live in the shop's time. */
  readonly signatureClock?: Clock;
  /** By default any free one. */
  readonly port?: number;
  /** Decides the made-up orders and the faults. */
  readonly seed: number;
  /** How many made-up orders there are at the start; none by default. */
  readonly orders?: number;
  /** The site's zone, an IANA name. */
  readonly timezone: string;
  readonly credentials: readonly ShopCredential[];
  readonly faults?: FaultPlan;
  readonly storage?: OrderStorage;
  /**
   * The address in links, without a slash at its end; by default the real one. With `https:` requests
   * count as having come over https, as behind a proxy that ends TLS.
   */
  readonly siteUrl?: string;
  /** How often the queue of webhook deliveries runs; by default only when `deliverWebhooks` is called. */
  readonly deliverEveryMs?: number;
  /** Where an address that the shop posts a key to leads, as its name server and a proxy see to it. */
  readonly keyLeadsTo?: (url: string) => string;
  /** Answers what is below `/__demo/`, past keys, faults and counters; nothing does by default. */
  readonly control?: (request: DemoRequest, shop: DemoShop) => DemoAnswer;
}

/** A running demo shop. */
export interface DemoShop {
  readonly url: string;
  /** Its orders, to be looked at and changed directly. */
  readonly state: DemoShopState;
  /** Its webhooks, to be looked at and changed directly. */
  readonly webhooks: ShopWebhooks;
  /** Lets the queue of webhook deliveries run until it is empty. */
  deliverWebhooks(): Promise<readonly Delivered[]>;
  /** Requests so far: all, and by method and path without ids. */
  readonly requests: { readonly total: number; readonly byRoute: ReadonlyMap<string, number> };
  /** From the next request on. */
  setFaults(plan: FaultPlan): void;
  /** Called before each request is answered; what it changes is then seen. Undefined for none. */
  onRequest(listener: ((request: DemoRequest) => void) | undefined): void;
  close(): Promise<void>;
}

/** nginx's default header buffer: a longer request line is answered with 414. */
const LONGEST_URL = 8 * 1024;
/** Below this compressing is not worth its while. */
const SMALLEST_GZIP = 1024;

const compress = promisify(gzip);

/** Starts a shop on loopback, over plain http. */
export async function startDemoShop(start: DemoShopStart): Promise<DemoShop> {
  const state = new DemoShopState(start);
  populate(state, start.seed, start.orders ?? 0);
  const server = createServer({ maxHeaderSize: 64 * 1024 });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(start.port ?? 0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${portOf(server.address())}`;
  const siteUrl = start.siteUrl ?? url;
  const webhooks = new ShopWebhooks(state, siteUrl);
  const desk = new FrontDesk(start, state, webhooks, siteUrl);
  const stopDelivering = deliverEvery(start.deliverEveryMs, webhooks);
  const shop: DemoShop = {
    url,
    state,
    webhooks,
    deliverWebhooks: () => webhooks.deliver(),
    requests: desk.requests,
    setFaults: (plan) => desk.setFaults(plan),
    onRequest: (listener) => desk.onRequest(listener),
    close: () =>
      new Promise((resolve) => {
        stopDelivering();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const { control } = start;
  if (control) desk.controlBy((request) => control(request, shop));
  server.on('request', (incoming, outgoing) => {
    desk.serve(incoming, outgoing).catch(() => outgoing.destroy());
  });
  return shop;
}

function deliverEvery(everyMs: number | undefined, webhooks: ShopWebhooks): () => void {
  if (everyMs === undefined) return () => {};
  const timer = setInterval(() => {
    if (webhooks.queued > 0) void webhooks.deliver();
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** Takes a request through the faults to the routes, and its answer back. */
class FrontDesk {
  readonly requests = { total: 0, byRoute: new Map<string, number>() };
  readonly #route: (request: DemoRequest) => DemoAnswer;
  readonly #authorisation: AuthorisationPages;
  readonly #state: DemoShopState;
  readonly #webhooks: ShopWebhooks;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #cache = new AnswerCache();
  #faults: FaultPlan;
  #listener: ((request: DemoRequest) => void) | undefined;
  #control: ((request: DemoRequest) => DemoAnswer) | undefined;

  constructor(start: DemoShopStart, state: DemoShopState, webhooks: ShopWebhooks, siteUrl: string) {
    const authentication = new Authentication(
      start.credentials,
      start.signatureClock ?? start.clock,
    );
    this.#route = createRouter({ shop: state, webhooks, siteUrl }, authentication);
    const leadsTo = start.keyLeadsTo ?? ((url) => url);
    this.#authorisation = new AuthorisationPages(authentication, (url, json) =>
      sendKey(leadsTo(url), json),
    );
    this.#webhooks = webhooks;
    this.#clock = start.clock;
    this.#random = seededRandom(start.seed + 1);
    this.#state = state;
    this.#faults = NO_FAULTS;
    this.setFaults(start.faults ?? NO_FAULTS);
  }

  setFaults(plan: FaultPlan): void {
    this.#faults = plan;
    this.#state.failing = new Set(plan.badOrders);
  }

  onRequest(listener: ((request: DemoRequest) => void) | undefined): void {
    this.#listener = listener;
  }

  controlBy(control: (request: DemoRequest) => DemoAnswer): void {
    this.#control = control;
  }

  async serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const request = await readRequest(incoming);
    if (this.#control && request.path.startsWith('/__demo/')) {
      return send(outgoing, this.#control(request), this.#plainly(request));
    }
    this.#count(request);
    this.#listener?.(request);
    const plan = this.#faults;
    const fault = drawFault(plan, this.#random);
    if (fault === 'dropped-before-answer') return void outgoing.destroy();
    const instead = fault === undefined ? undefined : faultAnswer(fault);
    const stale = fault === 'stale' ? this.#cache.get(request) : undefined;
    const answer =
      instead ??
      stale ??
      (await this.#authorisation.answer(request)) ??
      this.#answer(request, incoming);
    // A webhook that was just made is pinged before the shop answers.
    await this.#webhooks.pinged();
    const delivery = deliver(reachesTheShop(fault) ? fault : undefined, answer, plan);
    if (delivery.kind === 'drop') return void outgoing.destroy();
    if (delivery.kind === 'answer' && delivery.delayMs > 0) await wait(delivery.delayMs);
    await send(outgoing, delivery.answer, {
      ...this.#plainly(request),
      gzip: /\bgzip\b/.test(incoming.headers['accept-encoding'] ?? ''),
      cutShort: delivery.kind === 'drop-mid-body',
    });
  }

  #plainly({ method }: DemoRequest): Sending {
    const date = new Date(this.#clock.now()).toUTCString();
    return { date, gzip: false, head: method === 'HEAD', cutShort: false };
  }

  #answer(request: DemoRequest, incoming: IncomingMessage): DemoAnswer {
    if ((incoming.url ?? '').length > LONGEST_URL) return tooLongAnswer();
    const answer = this.#routed(request);
    if (answer.status === 200 && request.method === 'GET') {
      this.#cache.keep(request, answer, new Date(this.#clock.now()).toUTCString());
    }
    return answer;
  }

  #routed(request: DemoRequest): DemoAnswer {
    try {
      return this.#route(request);
    } catch (error) {
      if (error instanceof PhpFatal) return fatalAnswer();
      throw error;
    }
  }

  #count(request: DemoRequest): void {
    const route = `${request.method} ${request.path.replace(/\d+/g, '{id}').replace('v{id}', 'v3')}`;
    this.requests.total += 1;
    this.requests.byRoute.set(route, (this.requests.byRoute.get(route) ?? 0) + 1);
  }
}

async function readRequest(incoming: IncomingMessage): Promise<DemoRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  const host = incoming.headers.host ?? '127.0.0.1';
  const [path = '/', query = ''] = splitOnce(incoming.url ?? '/');
  return {
    method: incoming.method ?? 'GET',
    path,
    query: asPhpReads(new URLSearchParams(query)),
    host,
    authorization: incoming.headers.authorization,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

/** Of a name that is given twice PHP keeps the last value; only `name[]` adds up. */
function asPhpReads(query: URLSearchParams): URLSearchParams {
  const read = new URLSearchParams();
  for (const [name, value] of query) {
    if (name.endsWith('[]')) read.append(name, value);
    else read.set(name, value);
  }
  return read;
}

function splitOnce(url: string): [string, string] {
  const at = url.indexOf('?');
  return at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)];
}

interface Sending {
  readonly date: string;
  readonly gzip: boolean;
  readonly head: boolean;
  readonly cutShort: boolean;
}

async function send(outgoing: ServerResponse, answer: DemoAnswer, how: Sending): Promise<void> {
  const plain = Buffer.from(answer.body, 'utf8');
  const zipped = how.gzip && plain.length >= SMALLEST_GZIP;
  const body = zipped ? await compress(plain, { level: 1 }) : plain;
  outgoing.sendDate = false;
  outgoing.statusCode = answer.status;
  outgoing.setHeader('Server', 'nginx/1.22.1');
  outgoing.setHeader('Date', how.date);
  for (const [name, value] of answer.headers) outgoing.setHeader(name, value);
  if (zipped) outgoing.setHeader('Content-Encoding', 'gzip');
  if (how.cutShort) {
    outgoing.setHeader('Content-Length', body.length);
    outgoing.write(body.subarray(0, Math.floor(body.length / 2)), () => outgoing.destroy());
    return;
  }
  outgoing.end(how.head ? undefined : body);
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  return address.port;
}

function wait(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}
