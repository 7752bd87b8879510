import type { Document } from '../documents/document.js';
import type { Instant } from '../orders/time.js';
import type {
  NewHistoryEntry,
  PostingMove,
  StoredAlert,
  StoredOrder,
  StoredRun,
  StoredStatement,
  StoredSubscription,
} from '../store/store.js';
import type { EventData, EventDraft } from './events.js';
import { hostOf } from './subscription.js';

/** From what is written to the store to what is told of it; all pure. */

/** An order that came into another state. */
export function movedDraft(entry: NewHistoryEntry, order: StoredOrder): EventDraft {
  const { at, to, from, status, reason, rule, source } = entry;
  // The line of history stands above the order, which may be further on in the same transaction.
  const data = { ...orderData(order), state: to, status, reason, rule };
  return { type: `order.${to}`, at, data: { ...data, previousState: from, source } };
}

/** What the shop changed of a booked order, where that is news. */
export function changedDraft(
  order: StoredOrder,
  before: StoredOrder | undefined,
  at: Instant,
): EventDraft[] {
  const isNews =
    order.changes.length > 0 && JSON.stringify(order.changes) !== JSON.stringify(before?.changes);
  if (!isNews) return [];
  const fields = order.changes.map(({ field }) => field);
  return [{ type: 'order.changed', at, data: { ...orderData(order), fields } }];
}

function orderData(order: StoredOrder) {
  return {
    shop: order.shop,
    orderId: order.id,
    number: order.number,
    status: order.status,
    state: order.state,
    reason: order.reason,
    rule: order.rule,
    currency: order.currency,
    minorUnits: order.minorUnits,
    grossMinor: order.grossMinor,
    taxMinor: order.taxMinor,
    createdAt: order.createdAt,
    modifiedAt: order.modifiedAt,
  };
}

export function documentData(document: Document): EventData<'document.issued'> {
  return {
    documentKey: document.key,
    kind: document.kind,
    number: document.number,
    shop: document.shop,
    orderId: document.orderId,
    orderNumber: document.orderNumber,
    invoiceNumber: document.invoiceNumber ?? null,
    date: document.date,
    currency: document.currency,
    minorUnits: document.minorUnits,
    grossMinor: document.grossMinor,
    netMinor: document.netMinor,
    taxMinor: document.taxMinor,
  };
}

/** What a posting's move is told as; undefined for one that is no news, as the next look-up. */
export function postingEvent({ from, to }: PostingMove) {
  if (from.includes(to)) return undefined;
  switch (to) {
    case 'booked':
      return 'document.booked';
    case 'rejected':
      return 'posting.rejected';
    case 'uncertain':
      return 'posting.uncertain';
    case 'queued':
    case 'sending':
    case 'retrying':
      return undefined;
  }
}

export function postingDraft(
  type: NonNullable<ReturnType<typeof postingEvent>>,
  { books, now: at, reference, attempt, reason, fix }: PostingMove,
  document: Document,
): EventDraft {
  const data = { ...documentData(document), books };
  if (type === 'document.booked') {
    return { type, at, data: { ...data, reference: reference ?? null } };
  }
  return { type, at, data: { ...data, attempt, reason, fix: fix ?? null } };
}

export function batchDraft(run: StoredRun | undefined): EventDraft[] {
  if (run?.kind !== 'batch' || run.state !== 'done' || run.endedAt === null) return [];
  const { subject: shop, localDate, startedAt, endedAt, counts } = run;
  const data = { shop, localDate, startedAt, endedAt, counts };
  return [{ type: 'batch.completed', at: endedAt, data }];
}

const MOST_IDS = 100;

export function statementDraft({ shop, from, to, madeAt, body }: StoredStatement): EventDraft[] {
  // As batch/statement.ts makes it; its JSON is stable.
  const statement: { difference?: { count: number; orderIds: readonly number[] } } =
    JSON.parse(body);
  const { count = 0, orderIds = [] } = statement.difference ?? {};
  if (count === 0) return [];
  const data = { shop, from, to, count, orderIds: orderIds.slice(0, MOST_IDS) };
  return [{ type: 'statement.different', at: madeAt, data }];
}

/** Keys of the alerts that tell of disabled webhooks (webhook/health-alerts.ts), by shop. */
const DISABLED_KEY = /^webhook-disabled\/(.+)$/s;

export function isWebhookAlert({ key }: StoredAlert): boolean {
  return DISABLED_KEY.test(key);
}

/** An alert that is raised, and was not before. */
export function webhookDraft(alert: StoredAlert, before: StoredAlert | undefined): EventDraft[] {
  const shop = DISABLED_KEY.exec(alert.key)?.[1];
  const wasRaised = before !== undefined && before.clearedAt === null;
  if (shop === undefined || alert.clearedAt !== null || wasRaised) return [];
  const { message, fix, raisedAt: at } = alert;
  return [{ type: 'webhook.disabled', at, data: { shop, message, fix } }];
}

/** A subscription that orderpark itself disabled just now. */
export function disabledDraft(
  subscription: StoredSubscription,
  before: StoredSubscription | undefined,
): EventDraft[] {
  const { id, url, description, disabledAt, disabledReason } = subscription;
  const isNews = before?.enabled === true && !subscription.enabled && disabledAt !== null;
  if (!isNews || disabledReason === null) return [];
  const data = { subscriptionId: id, description, host: hostOf(url), reason: disabledReason };
  return [{ type: 'subscription.disabled', at: disabledAt, data }];
}
