import { setTimeout as delay } from 'node:timers/promises';
import type { Delivery } from './delivery.js';

/** What a request to our own public address showed. */
export type Probe =
  | { readonly ok: true }
  | { readonly ok: false; readonly message: string; readonly fix: string };

export type ProbeEndpoint = (deliveryUrl: string, signal: AbortSignal) => Promise<Probe>;

const TIMEOUT_MS = 15_000;
/** WooCommerce counts its webhooks from 1. */
const PROBE_ID = '0';
const PING = `webhook_id=${PROBE_ID}`;
/** Signed by nobody: a receiver that takes this would take anything. */
const FORGED = '{"id":0}';
const FORGED_SIGNATURE = Buffer.alloc(32).toString('base64');

/**
 * Whether the endpoint answers at its public address as WooCommerce would need it: an unsigned ping
 * with 200, and a wrongly signed delivery with 401. Changes nothing anywhere. It goes out from this
 * machine, so a firewall that refuses the shop alone is not seen.
 */
export const probeEndpoint: ProbeEndpoint = async (deliveryUrl, signal) => {
  const ping = await post(deliveryUrl, signal, PING, {
    'content-type': 'application/x-www-form-urlencoded',
  });
  const answeredPing = judge(ping, 200, 'a ping');
  if (!answeredPing.ok) return answeredPing;
  const forged = await post(deliveryUrl, signal, FORGED, {
    'content-type': 'application/json',
    'x-wc-webhook-topic': 'order.updated',
    'x-wc-webhook-resource': 'order',
    'x-wc-webhook-event': 'updated',
    'x-wc-webhook-signature': FORGED_SIGNATURE,
  });
  return judge(forged, 401, 'a forged delivery');
};

/** What the probe sends, or a copy of it by anybody: it is told apart for the log, and not believed. */
export function isProbe({ headers, body }: Delivery): boolean {
  return headers['x-wc-webhook-signature'] === FORGED_SIGNATURE && body.equals(Buffer.from(FORGED));
}

export function isProbePing(webhookId: string): boolean {
  return webhookId === PROBE_ID;
}

type Posted =
  | { readonly kind: 'answer'; readonly status: number; readonly location: string | null }
  | { readonly kind: 'no-answer'; readonly code: string };

async function post(
  url: string,
  signal: AbortSignal,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<Posted> {
  const controller = new AbortController();
  const onAbort = () => controller.abort();
  signal.addEventListener('abort', onAbort, { once: true });
  signal.throwIfAborted();
  const ended = new AbortController();
  // Not AbortSignal.timeout(), whose timer would outlive the request.
  delay(TIMEOUT_MS, undefined, { signal: ended.signal }).then(onAbort, () => undefined);
  try {
    const answer = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: { ...headers, 'user-agent': 'orderpark' },
      body,
      signal: controller.signal,
    });
    await answer.body?.cancel();
    return { kind: 'answer', status: answer.status, location: answer.headers.get('location') };
  } catch (error) {
    signal.throwIfAborted();
    return { kind: 'no-answer', code: controller.signal.aborted ? 'ETIMEDOUT' : codeOf(error) };
  } finally {
    ended.abort();
    signal.removeEventListener('abort', onAbort);
  }
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = typeof cause === 'object' && cause !== null ? Reflect.get(cause, 'code') : undefined;
  return typeof code === 'string' ? code : 'unknown';
}

function judge(posted: Posted, expected: number, what: string): Probe {
  if (posted.kind === 'no-answer') {
    const message = `our address does not answer (${posted.code})`;
    return { ok: false, message, fix: UNREACHABLE };
  }
  const { status, location } = posted;
  if (status === expected) return { ok: true };
  const message = `our address answers ${what} with ${status} instead of ${expected}`;
  return { ok: false, message, fix: fixFor(status, location) };
}

const UNREACHABLE =
  'Check that `orderpark run` is up, that the name leads to it, and that its proxy and certificate work.';

function fixFor(status: number, location: string | null): string {
  if (status >= 300 && status < 400) {
    const to =
      location !== null && URL.canParse(location) ? ` (to ${new URL(location).origin})` : '';
    return `It redirects${to}, and WooCommerce does not follow: set the url under webhook to the final address.`;
  }
  switch (status) {
    case 401:
      return 'Something before orderpark asks for a password: let /webhooks/ through.';
    case 403:
    case 406:
      return 'A firewall before orderpark refuses it: let /webhooks/ through.';
    case 404:
    case 405:
      return "The proxy does not pass /webhooks/ on to orderpark, or the shop's id in the config is another.";
    case 429:
      return 'Too many refused requests came from one address: behind a proxy, set server.trustProxy.';
    case 502:
    case 503:
    case 504:
      return 'The proxy does not reach orderpark, or the database cannot be written: see its log.';
    default:
      return 'Something else than orderpark answers there: check the url under webhook, and the proxy.';
  }
}
