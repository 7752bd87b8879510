import { z } from 'zod';
import { EVENT_TYPES } from '../outbound/events.js';
import { SUBSCRIPTION_CATEGORIES, type Subscription } from '../outbound/subscription.js';
import type { StoredAttempt } from '../store/store.js';
import { instant } from './scalars.js';

/** One outbound webhook, without its secret. */
export const subscriptionShape = z.object({
  id: z.string().describe('As `sub_0123456789ab`.'),
  url: z.string(),
  category: z.enum(SUBSCRIPTION_CATEGORIES),
  events: z.array(z.enum(EVENT_TYPES)).readonly().describe('Empty: all of the category.'),
  description: z.string(),
  enabled: z.boolean(),
  createdAt: instant,
  updatedAt: instant,
  previousSecretUntil: instant
    .optional()
    .describe('After a rotation: until when the secret before signs as well.'),
  failures: z.int().describe('Attempts in a row that failed.'),
  failingSince: instant.optional(),
  deliveredAt: instant.optional(),
  disabled: z
    .object({ at: instant, reason: z.string() })
    .optional()
    .describe('Where orderpark itself disabled it.'),
  waiting: z.int().describe('Events that wait to be delivered.'),
  failed: z.int().describe('Events that were given up.'),
});
export type SubscriptionJson = z.infer<typeof subscriptionShape>;

/** The one answer that a new secret is in. */
export const subscriptionSecretShape = z.object({
  ...subscriptionShape.shape,
  secret: z.string().describe('Not to be had again.'),
});

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

/** What came of a removal. */
export const removedShape = z.object({ id: z.string(), state: z.literal('removed') });
/** Events that are due now. */
export const queuedShape = z.object({ id: z.string(), queued: z.int() });

const headers = z.record(z.string(), z.string()).readonly();

/** One try to deliver an event. */
export const attemptShape = z.object({
  id: z.int(),
  event: z.object({ id: z.string(), type: z.string(), at: instant }),
  number: z.int().describe('From 1; from 1 again once a person had it retried.'),
  startedAt: instant,
  durationMs: z.int(),
  request: z.object({
    url: z.string(),
    headers: headers.describe('Without the signature.'),
    body: z.string(),
  }),
  response: z
    .object({
      status: z.int(),
      headers: headers.describe('Some of them.'),
      body: z.string().describe('Its first four kilobytes.'),
    })
    .optional()
    .describe('Absent where no answer came.'),
  error: z.string().optional().describe('Absent where it was taken.'),
});
export type AttemptJson = z.infer<typeof attemptShape>;

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
