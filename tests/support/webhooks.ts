import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { createLogger } from '../../src/runtime/logger.js';
import { type RunningServer, startServer } from '../../src/server/server.js';
import type { Store } from '../../src/store/store.js';
import { createReceiver, type Receipt, type Receiver } from '../../src/webhook/receiver.js';
import { mountWebhooks } from '../../src/webhook/routes.js';
import type { WebhookShop } from '../../src/webhook/settings.js';
import { recordingNames } from './recordings.js';

/* Deliveries as WooCommerce sends them, and the real server that takes them. */

type HeaderList = readonly (readonly [name: string, value: string])[];

/** One recorded delivery; see tests/fixtures/README.md. */
export interface RecordedDelivery {
  readonly name: string;
  /** As it was given to WooCommerce. */
  readonly secret: string;
  readonly method: string;
  /** In wire order. */
  readonly headers: HeaderList;
  readonly body: Buffer;
}

interface DeliveryFile {
  readonly secret: string;
  readonly request: {
    readonly method: string;
    readonly headers: HeaderList;
    readonly bodyBase64: string;
  };
}

export const deliveryNames = (): string[] => recordingNames('webhooks');

export function loadDelivery(name: string): RecordedDelivery {
  const url = new URL(`../fixtures/woocommerce/webhooks/${name}.json`, import.meta.url);
  const { secret, request }: DeliveryFile = JSON.parse(readFileSync(url, 'utf8'));
  const { method, headers, bodyBase64 } = request;
  return { name, secret, method, headers, body: Buffer.from(bodyBase64, 'base64') };
}

export function sign(body: string | Uint8Array, secret: string): string {
  return createHmac('sha256', secret).update(body).digest('base64');
}

/** The headers that WooCommerce sends with a body, in small letters. */
export function headersFor(
  body: string | Uint8Array,
  secret: string,
  topic = 'order.updated',
): Record<string, string> {
  return {
    'content-type': 'application/json',
    'x-wc-webhook-topic': topic,
    'x-wc-webhook-resource': 'order',
    'x-wc-webhook-signature': sign(body, secret),
    'x-wc-webhook-delivery-id': '6daaa2af6f0d8ad5aa7a54b644a621de',
  };
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: string;
  readonly body: string;
}

/**
 * Sends these bytes over a connection of its own, and answers what came until the other side closed
 * it. Without an answer the status is 0.
 */
export function sendBytes(
  url: string,
  bytes: string | Uint8Array,
  thenEnd = false,
): Promise<WireAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    // What was answered before the connection broke counts all the same.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const [head = '', ...rest] = text.split('\r\n\r\n');
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0);
      resolve({ status, headers: head, body: rest.join('\r\n\r\n') });
    });
    socket.write(bytes);
    if (thenEnd) socket.end();
  });
}

/** Sends a recorded delivery byte for byte, but for the path; all of them ask to close. */
export function replayDelivery(
  server: RunningServer,
  path: string,
  { method, headers, body }: RecordedDelivery,
): Promise<WireAnswer> {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const head = Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines}\r\n`, 'latin1');
  return sendBytes(server.url, Buffer.concat([head, body]));
}

export interface WebhookServer {
  readonly server: RunningServer;
  readonly receiver: Receiver;
  /** Of every request, in the order in which they were answered. */
  readonly receipts: [shop: string, receipt: Receipt][];
  /** Shops whose nudges were stored. */
  readonly nudged: string[];
  /** What went wrong with the store, and `null` where it works again. */
  readonly troubles: unknown[];
  stop(): Promise<void>;
}

export interface WebhookServerOptions {
  readonly store: Store;
  readonly shops: readonly WebhookShop[];
  readonly refusedAMinute?: number;
  readonly now?: () => number;
  readonly log?: (line: string) => void;
  readonly trustProxy?: number;
}

/** The real server on a free port of the loopback, as `run` starts it. */
export async function startWebhookServer(options: WebhookServerOptions): Promise<WebhookServer> {
  const { store, shops, refusedAMinute, log, trustProxy = 0 } = options;
  const receipts: WebhookServer['receipts'] = [];
  const nudged: string[] = [];
  const troubles: unknown[] = [];
  const logger = createLogger(
    log ? { level: 'debug', format: 'json', write: log } : { level: 'silent', format: 'json' },
  );
  const receiver = createReceiver({
    store,
    clock: { now: options.now ?? (() => Date.parse('2026-11-20T14:51:59.000Z')) },
    logger,
    shops: new Map(shops.map((shop) => [shop.id, shop])),
    delayMs: 1000,
    onNudges: (shop) => nudged.push(shop),
    onTrouble: (error) => troubles.push(error),
  });
  const server = await startServer({
    host: '127.0.0.1',
    port: 0,
    trustProxy,
    logger,
    mount: (app) =>
      mountWebhooks(app, {
        receiver,
        onReceived: (shop, receipt) => receipts.push([shop, receipt]),
        ...(refusedAMinute === undefined ? {} : { refusedAMinute }),
      }),
  });
  return {
    server,
    receiver,
    receipts,
    nudged,
    troubles,
    async stop() {
      await server.stop(1000);
      await receiver.idle();
    },
  };
}
