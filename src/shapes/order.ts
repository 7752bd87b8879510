import { z } from 'zod';
import { ORDER_STATES } from '../orders/states.js';
import type { HistoryEntry, Nudge, StoredOrder, StoredRefund } from '../store/store.js';
import { instant, minor } from './scalars.js';

export const orderShape = z.object({
  shop: z.string(),
  id: z.int(),
  number: z.string().describe('As customers know it.'),
  status: z.string().describe('In the shop.'),
  state: z.enum(ORDER_STATES),
  reason: z.string(),
  rule: z.string(),
  ruleLine: z.int().optional().describe('In the config file.'),
  createdAt: instant,
  modifiedAt: instant,
  stateSince: instant,
  expiresAt: instant.optional().describe('When it stops being rechecked; only while parked.'),
  decision: z.enum(['forward', 'ignore']).optional().describe('A person’s, above the rules.'),
  customer: z.string(),
  currency: z.string(),
  minorUnits: z.int(),
  grossMinor: minor,
  taxMinor: minor,
  changes: z
    .array(z.object({ field: z.string(), booked: z.string(), now: z.string() }))
    .readonly()
    .describe('What the shop changed after booking.'),
});
export type OrderJson = z.infer<typeof orderShape>;

export function orderJson(order: StoredOrder): OrderJson {
  const { ruleLine, expiresAt, decision } = order;
  return {
    shop: order.shop,
    id: order.id,
    number: order.number,
    status: order.status,
    state: order.state,
    reason: order.reason,
    rule: order.rule,
    ...(ruleLine === null ? {} : { ruleLine }),
    createdAt: order.createdAt,
    modifiedAt: order.modifiedAt,
    stateSince: order.stateSince,
    ...(expiresAt === null ? {} : { expiresAt }),
    ...(decision === null ? {} : { decision }),
    customer: order.customer,
    currency: order.currency,
    minorUnits: order.minorUnits,
    grossMinor: order.grossMinor,
    taxMinor: order.taxMinor,
    changes: order.changes,
  };
}

export const historyShape = z.object({
  at: instant,
  from: z.enum(ORDER_STATES).nullable(),
  to: z.enum(ORDER_STATES),
  status: z.string(),
  reason: z.string(),
  rule: z.string(),
  source: z.string().describe('How the shop’s word reached us: `poll`, `webhook`, …'),
});
type HistoryJson = z.infer<typeof historyShape>;

export function historyJson(entry: HistoryEntry): HistoryJson {
  const { at, from, to, status, reason, rule, source } = entry;
  return { at, from, to, status, reason, rule, source };
}

export const refundShape = z.object({
  id: z.int(),
  grossMinor: minor,
  createdAt: instant,
  state: z.enum(['waiting', 'credited', 'blocked', 'deleted']),
  reason: z.string(),
  documentKey: z.string().optional(),
});

export function refundJson(stored: StoredRefund): z.infer<typeof refundShape> {
  const { refund, state, reason, documentKey } = stored;
  return {
    id: refund.id,
    grossMinor: refund.grossMinor,
    createdAt: refund.createdAt,
    state,
    reason,
    ...(documentKey === null ? {} : { documentKey }),
  };
}

/** What one webhook told of an order. */
export const nudgeShape = z.object({
  topic: z.string(),
  receivedAt: instant,
  doneAt: instant.nullable(),
  outcome: z.enum(['taken', 'too-old', 'polled']).nullable(),
  attempts: z.int(),
  detail: z.string(),
});

export function nudgeJson(nudge: Nudge): z.infer<typeof nudgeShape> {
  const { topic, receivedAt, doneAt, outcome, attempts, detail } = nudge;
  return { topic, receivedAt, doneAt, outcome, attempts, detail };
}
