import { instantOf } from '../orders/time.js';
import { standardHeaders } from '../runtime/standard-webhooks.js';
import type { StoredAlert } from '../store/store.js';
import { type Channel, ChannelError, type Message } from './channel.js';
import { headline } from './text.js';

export interface WebhookOptions {
  /** May hold a key, as chat systems' addresses do: it is told nowhere. */
  readonly url: string;
  /** Signs by the Standard Webhooks scheme. */
  readonly secret?: string;
  /** For the whole answer; 15,000 unless told. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 15_000;
const FIX = 'Look whether alerts.webhook.url is right and what its receiver logs.';

/** Posts JSON to any address. Answers other than 2xx count as not told; redirects are not followed. */
export function createWebhookChannel(options: WebhookOptions): Channel {
  return {
    name: 'webhook',
    async send(message, signal) {
      const status = await post(options, message, signal);
      if (status >= 200 && status < 300) return;
      const isRedirect = status >= 300 && status < 400;
      const more = isRedirect ? ', and redirects are not followed' : '';
      throw new ChannelError(`it answered ${status}${more}`, FIX);
    },
  };
}

async function post(
  { url, secret, timeoutMs = TIMEOUT_MS }: WebhookOptions,
  message: Message,
  signal: AbortSignal,
): Promise<number> {
  const body = bodyOf(message);
  const timeout = AbortSignal.timeout(timeoutMs);
  // The time of the attempt, not of the news: receivers refuse what is minutes old.
  const secrets = secret === undefined ? [] : [secret];
  const headers = {
    ...standardHeaders(message, body, secrets),
    'content-type': 'application/json',
  };
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'user-agent': 'orderpark' },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, timeout]),
    });
    await answer.body?.cancel();
    return answer.status;
  } catch (error) {
    const reason = timeout.aborted ? `no answer within ${timeoutMs / 1000} s` : reasonOf(error);
    throw new ChannelError(reason, FIX);
  }
}

/** Only the cause's code: the error's own words may hold the address. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return code === '' ? 'the request failed' : `the request failed: ${code}`;
}

function bodyOf(message: Message): string {
  const { raised, reminded, cleared } = message;
  return JSON.stringify({
    type: 'orderpark.alerts',
    timestamp: instantOf(message.atMs),
    data: {
      text: headline(message),
      raised: raised.map(alertOf),
      reminded: reminded.map(alertOf),
      cleared: cleared.map((alert) => ({ ...alertOf(alert), clearedAt: alert.clearedAt })),
    },
  });
}

function alertOf({ key, subject, message, fix, raisedAt }: StoredAlert) {
  return { key, subject, message, fix, raisedAt };
}
