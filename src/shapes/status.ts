import { z } from 'zod';
import { ORDER_STATES, POSTING_STATES } from '../orders/states.js';
import { instant } from './scalars.js';

const runShape = z.object({
  state: z.enum(['running', 'done', 'failed', 'stopped']),
  startedAt: instant,
  endedAt: instant.nullable(),
  error: z.string().nullable(),
});
export type RunStatus = z.infer<typeof runShape>;

const webhookShape = z.object({
  lastDeliveryAt: instant.nullable(),
  backlog: z.int().describe('Deliveries not acted on yet.'),
  oldestWaitsMs: z.int().nullable().describe('How long the oldest of them has waited.'),
  lag: z
    .object({ count: z.int(), p50Ms: z.int(), p95Ms: z.int() })
    .nullable()
    .describe('From a delivery to its postings committed, of the last 100.'),
});
export type WebhookStatus = z.infer<typeof webhookShape>;

const counts = <Key extends string>(keys: readonly Key[]) => z.record(z.enum(keys), z.int());

export const shopShape = z.object({
  shop: z.string(),
  lastPoll: runShape.nullable(),
  lastBatch: runShape.nullable(),
  orders: counts(ORDER_STATES),
  webhook: webhookShape.nullable().describe('Null for a shop without webhooks.'),
});
export type ShopStatus = z.infer<typeof shopShape>;

export const booksShape = z.object({
  books: z.string(),
  postings: counts(POSTING_STATES),
  paused: z
    .object({ until: instant, since: instant, reason: z.string() })
    .nullable()
    .describe('Null while it takes documents.'),
});
export type BooksStatus = z.infer<typeof booksShape>;

const alertShape = z.object({
  key: z.string(),
  subject: z.string(),
  message: z.string(),
  fix: z.string(),
  raisedAt: instant,
});
export type AlertStatus = z.infer<typeof alertShape>;

/** How things stand, as `status --json` prints it; times are UTC instants. */
export const statusShape = z.object({
  at: instant,
  daemon: z
    .object({ holder: z.string(), since: instant })
    .nullable()
    .describe('The process that runs as the daemon. On PostgreSQL none claims it.'),
  shops: z.array(shopShape),
  books: z.array(booksShape),
  alerts: z.array(alertShape).describe('What needs a person, oldest first.'),
});
export type StatusJson = z.infer<typeof statusShape>;
