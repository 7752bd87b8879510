import { createHash, createHmac } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { DemoWebhook } from './webhook-model.js';

/** Seconds that WordPress waits for an answer: of a ping, and of a delivery. */
const PING_TIMEOUT_MS = 5_000;
const DELIVERY_TIMEOUT_MS = 60_000;

const AGENT = 'WooCommerce/10.0.2 Hookshot (WordPress/6.8.8)';
const BASE = {
  'User-Agent': AGENT,
  Accept: '*/*',
  'Accept-Encoding': 'deflate, gzip, br, zstd',
} as const;

/** The ping at creation: a form without any signature. True where it was answered with a success. */
export async function sendPing({ id, deliveryUrl }: DemoWebhook): Promise<boolean> {
  const headers = { ...BASE, 'Content-Type': 'application/x-www-form-urlencoded' };
  const status = await post(deliveryUrl, headers, `webhook_id=${id}`, PING_TIMEOUT_MS);
  return status === 200;
}

/** A delivery as recorded. Answers the status; undefined where there was no answer. */
export function sendDelivery(
  webhook: DemoWebhook,
  body: string,
  { siteUrl, nowMs }: { siteUrl: string; nowMs: number },
): Promise<number | undefined> {
  const [resource = '', event = ''] = webhook.topic.split('.');
  const headers = {
    ...BASE,
    'Content-Type': 'application/json',
    'X-WC-Webhook-Source': `${siteUrl}/`,
    'X-WC-Webhook-Topic': webhook.topic,
    'X-WC-Webhook-Resource': resource,
    'X-WC-Webhook-Event': event,
    'X-WC-Webhook-Signature': signature(body, webhook.secret),
    'X-WC-Webhook-ID': String(webhook.id),
    'X-WC-Webhook-Delivery-ID': deliveryId(webhook.id, nowMs),
  };
  return post(webhook.deliveryUrl, headers, body, DELIVERY_TIMEOUT_MS);
}

/** What a page of authorisation sends to the program that asked for a key. */
export function sendKey(url: string, json: string): Promise<number | undefined> {
  const headers = { ...BASE, 'Content-Type': 'application/json;charset=UTF-8' };
  return post(url, headers, json, DELIVERY_TIMEOUT_MS);
}

/** 300 to 302 count as success, although nobody follows them (README, Webhooks 9). */
export function isSuccess(status: number | undefined): boolean {
  return status !== undefined && status >= 200 && status <= 302;
}

function signature(body: string, secret: string): string {
  return createHmac('sha256', decoded(secret)).update(body).digest('base64');
}

/** The same for all deliveries of one webhook within a second (README, Webhooks 5). */
function deliveryId(id: number, nowMs: number): string {
  return createHash('md5')
    .update(`${id}${Math.floor(nowMs / 1000)}`)
    .digest('hex');
}

const ENTITIES: readonly (readonly [RegExp, string])[] = [
  [/&(quot|#0*34|#x0*22);/gi, '"'],
  [/&(apos|#0*39|#x0*27);/gi, "'"],
  [/&(lt|#0*60|#x0*3c);/gi, '<'],
  [/&(gt|#0*62|#x0*3e);/gi, '>'],
  [/&(amp|#0*38|#x0*26);/gi, '&'],
];

/** As WordPress decodes a secret before it signs (`secret-with-entity-updated`). */
function decoded(secret: string): string {
  return ENTITIES.reduce((text, [entity, plain]) => text.replace(entity, plain), secret);
}

/** One request on a connection of its own; redirects are not followed. */
function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  timeoutMs: number,
): Promise<number | undefined> {
  return new Promise((resolve) => {
    const request = url.startsWith('https:') ? httpsRequest : httpRequest;
    const sent = request(
      url,
      {
        method: 'POST',
        agent: false,
        signal: AbortSignal.timeout(timeoutMs),
        headers: { ...headers, 'Content-Length': String(Buffer.byteLength(body)) },
      },
      (response) => {
        response.on('error', () => resolve(undefined));
        response.on('end', () => resolve(response.statusCode));
        response.resume();
      },
    );
    sent.on('error', () => resolve(undefined));
    sent.end(body);
  });
}
