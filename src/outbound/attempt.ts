import { type Clock, instantOf } from '../orders/time.js';
import type { AddressGuard } from '../runtime/address-guard.js';
import { parseRetryAfterMs } from '../runtime/retry-after.js';
import type { SecretBox } from '../runtime/secret-box.js';
import { SecretKeyError } from '../runtime/secret-key.js';
import { standardHeaders } from '../runtime/standard-webhooks.js';
import type { NewAttempt, StoredEvent, StoredSubscription } from '../store/store.js';
import type { Outcome } from './after-attempt.js';
import { type Answer, post } from './post.js';

export interface AttemptDeps {
  readonly clock: Clock;
  readonly guard: AddressGuard;
  readonly box: SecretBox;
  readonly timeoutMs: number;
}

/** An attempt that was made, and how it ended. */
export interface Tried {
  readonly outcome: Outcome;
  readonly attempt: NewAttempt;
  readonly startedMs: number;
  readonly endedMs: number;
}

const HEADERS = { 'content-type': 'application/json', 'user-agent': 'orderpark' };

/** Posts one event to one subscription. Undefined where `signal` aborted before there was an end. */
export async function tryToDeliver(
  deps: AttemptDeps,
  subscription: StoredSubscription,
  { event, attempts }: { readonly event: StoredEvent; readonly attempts: number },
  signal: AbortSignal,
): Promise<Tried | undefined> {
  const startedMs = deps.clock.now();
  const message = { id: event.id, atMs: startedMs };
  const answer = await send(deps, subscription, message, event.body, signal);
  if (answer.kind === 'stopped') return undefined;
  const endedMs = deps.clock.now();
  const outcome = outcomeOf(answer, endedMs);
  return {
    outcome,
    startedMs,
    endedMs,
    attempt: {
      subscriptionId: subscription.id,
      eventId: event.id,
      number: attempts + 1,
      startedAt: instantOf(startedMs),
      durationMs: Math.max(endedMs - startedMs, 0),
      url: subscription.url,
      // The signature is left out.
      requestHeaders: { ...HEADERS, ...standardHeaders(message, event.body, []) },
      status: answer.kind === 'answered' ? answer.status : null,
      responseHeaders: answer.kind === 'answered' ? answer.headers : {},
      responseBody: answer.kind === 'answered' ? answer.body : '',
      error: outcome.kind === 'delivered' ? null : outcome.reason,
    },
  };
}

async function send(
  { guard, box, timeoutMs }: AttemptDeps,
  subscription: StoredSubscription,
  message: { readonly id: string; readonly atMs: number },
  body: string,
  signal: AbortSignal,
): Promise<Answer> {
  // Each time, since the config may have changed; where its name leads is judged by the lookup.
  const verdict = guard.judge(subscription.url);
  if (verdict.kind === 'refused') {
    return { kind: 'no-answer', reason: `its address is not allowed: ${verdict.reason}` };
  }
  try {
    const secrets = await secretsOf(subscription, box, message.atMs);
    const headers = { ...HEADERS, ...standardHeaders(message, body, secrets) };
    const { lookup } = guard;
    return await post({ url: verdict.url, headers, body, lookup, timeoutMs }, signal);
  } catch (error) {
    if (!(error instanceof SecretKeyError)) throw error;
    return { kind: 'no-answer', reason: `it could not be signed: ${error.message} ${error.fix}` };
  }
}

/** The newest first; after a rotation the one before as well. */
async function secretsOf(
  { id, secret, previousSecret, previousUntil }: StoredSubscription,
  box: SecretBox,
  nowMs: number,
): Promise<readonly string[]> {
  const current = await box.open(secret, id);
  const isPreviousValid = previousUntil !== null && previousUntil > instantOf(nowMs);
  if (previousSecret === null || !isPreviousValid) return [current];
  // One that cannot be opened any more may be why it was rotated.
  const previous = await box.open(previousSecret, id).catch(() => undefined);
  return previous === undefined ? [current] : [current, previous];
}

function outcomeOf(answer: Exclude<Answer, { kind: 'stopped' }>, nowMs: number): Outcome {
  if (answer.kind === 'no-answer') return { kind: 'failed', reason: answer.reason };
  const { status, headers } = answer;
  if (status >= 200 && status < 300) return { kind: 'delivered' };
  if (status === 410) return { kind: 'gone', reason: 'it answered 410 (gone)' };
  const isRedirect = status >= 300 && status < 400;
  const reason = `it answered ${status}${isRedirect ? ', and redirects are not followed' : ''}`;
  const afterMs = parseRetryAfterMs(headers['retry-after'], nowMs);
  return { kind: 'failed', reason, ...(afterMs === undefined ? {} : { afterMs }) };
}
