import type { Subscription } from '../outbound/subscription.js';
import type { StoredAttempt } from '../store/store.js';

/* What `subscriptions … --json` prints; stable as those in shapes.ts. */

export interface SubscriptionJson {
  readonly id: string;
  readonly url: string;
  readonly category: string;
  readonly events: readonly string[];
  readonly description: string;
  readonly enabled: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly previousSecretUntil?: string;
  readonly failures: number;
  readonly failingSince?: string;
  readonly deliveredAt?: string;
  readonly disabled?: { readonly at: string; readonly reason: string };
  readonly waiting: number;
  readonly failed: number;
}

export function subscriptionJson(subscription: Subscription): SubscriptionJson {
  const { previousSecretUntil, failingSince, deliveredAt, disabled } = subscription;
  return {
    id: subscription.id,
    url: subscription.url,
    category: subscription.category,
    events: subscription.events,
    description: subscription.description,
    enabled: subscription.enabled,
    createdAt: subscription.createdAt,
    updatedAt: subscription.updatedAt,
    ...(previousSecretUntil === null ? {} : { previousSecretUntil }),
    failures: subscription.failures,
    ...(failingSince === null ? {} : { failingSince }),
    ...(deliveredAt === null ? {} : { deliveredAt }),
    ...(disabled === null ? {} : { disabled }),
    waiting: subscription.waiting,
    failed: subscription.failed,
  };
}

export interface AttemptJson {
  readonly id: number;
  readonly event: { readonly id: string; readonly type: string; readonly at: string };
  readonly number: number;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly request: {
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  };
  readonly response?: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  };
  readonly error?: string;
}

export function attemptJson(attempt: StoredAttempt): AttemptJson {
  const { event, status, error } = attempt;
  return {
    id: attempt.id,
    event: { id: event.id, type: event.type, at: event.at },
    number: attempt.number,
    startedAt: attempt.startedAt,
    durationMs: attempt.durationMs,
    request: { url: attempt.url, headers: attempt.requestHeaders, body: event.body },
    ...(status === null
      ? {}
      : { response: { status, headers: attempt.responseHeaders, body: attempt.responseBody } }),
    ...(error === null ? {} : { error }),
  };
}
