import { z } from 'zod';
import { isSigned } from '../woocommerce/signature.js';

/** A request to a webhook address, as it came. Header names in small letters. */
export interface Delivery {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

export const ORDER_TOPICS = [
  'order.created',
  'order.updated',
  'order.deleted',
  'order.restored',
] as const;
type OrderTopic = (typeof ORDER_TOPICS)[number];

/** What a delivery is, and so what it is answered. */
export type Judgement =
  /** Sent unsigned when a webhook is made: noted, and nothing else. */
  | { readonly kind: 'ping'; readonly webhookId: string }
  /** 401, and no row. */
  | { readonly kind: 'unauthentic'; readonly reason: string }
  | { readonly kind: 'nudge'; readonly orderId: number; readonly topic: OrderTopic }
  /** Authentic and of no use: kept raw, answered 2xx. `look`: something changed, it does not say what. */
  | {
      readonly kind: 'unusable';
      readonly reason: string;
      readonly fix: string;
      readonly look: boolean;
    };

/** Pure: the same bytes, headers and secrets give the same answer. */
export function judgeDelivery(delivery: Delivery, secrets: readonly string[]): Judgement {
  const { body } = delivery;
  const signature = header(delivery, 'x-wc-webhook-signature');
  const ping = signature === undefined ? pingOf(delivery) : undefined;
  if (ping !== undefined) return { kind: 'ping', webhookId: ping };
  if (!isSigned(body, signature, secrets)) {
    const reason = signature === undefined ? 'it is not signed' : 'its signature is wrong';
    return { kind: 'unauthentic', reason };
  }
  const topic = header(delivery, 'x-wc-webhook-topic') ?? '';
  if (!isOrderTopic(topic)) {
    return {
      kind: 'unusable',
      reason: `its topic is ${topic === '' ? 'missing' : `"${topic.slice(0, 80)}"`}${NOT_OF_ORDERS}`,
      fix: 'Delete that webhook in the shop; or run `orderpark webhook register`, which sets right those that lead to us.',
      look: false,
    };
  }
  const resource = header(delivery, 'x-wc-webhook-resource') ?? 'order';
  if (resource !== 'order') return ofAnotherResource(resource);
  return judgeBody(body, topic);
}

const NOT_OF_ORDERS = ', which is not of orders';
const OWNER_CODE = 'woocommerce_rest_cannot_view';
const LOOKED_AT =
  'Nothing: the shop is polled at once to see what changed. Look at the shop’s plugins if it repeats.';

function ofAnotherResource(resource: string): Judgement {
  return {
    kind: 'unusable',
    reason: `its topic is of orders, but its resource is "${resource.slice(0, 80)}"`,
    fix: LOOKED_AT,
    look: true,
  };
}

const withId = z.object({ id: z.int().positive() });
const errorObject = z.object({ code: z.string(), message: z.string() });

/** How WooCommerce begins every order. */
const ORDER_START = /^\{"id":([1-9]\d{0,14}),"/;
const ORDER_START_BYTES = 32;
const CLOSING_BRACE = 0x7d;

/**
 * Only the id counts, since the order is read anew; and the bytes are what the shop signed. So an order
 * as WooCommerce writes it is not parsed, which would take longer than all else that is done with it.
 * Parsing would tell the same, but for two things that `json_encode` of PHP never writes: an id that
 * stands there twice, and JSON that is broken further on. Then the order at the beginning is read, and
 * what else may have changed is left to the polls.
 */
function idAtStart(body: Buffer): number | undefined {
  if (body.at(-1) !== CLOSING_BRACE) return undefined;
  const id = ORDER_START.exec(body.toString('latin1', 0, ORDER_START_BYTES))?.[1];
  return id === undefined ? undefined : Number(id);
}

function judgeBody(body: Buffer, topic: OrderTopic): Judgement {
  const orderId = idAtStart(body);
  if (orderId !== undefined) return { kind: 'nudge', orderId, topic };
  const json = parsed(body);
  const order = withId.safeParse(json);
  if (order.success) return { kind: 'nudge', orderId: order.data.id, topic };
  const error = errorObject.safeParse(json);
  if (error.success) return errorJudgement(error.data);
  return {
    kind: 'unusable',
    reason: json === undefined ? 'its body is no JSON' : 'its body has no order id',
    fix: LOOKED_AT,
    look: true,
  };
}

/** Recorded: updated-of-deleted-order (404) and owner-without-rights (403) are signed error objects. */
function errorJudgement({ code, message }: z.infer<typeof errorObject>): Judgement {
  const isOwner = code === OWNER_CODE;
  return {
    kind: 'unusable',
    reason: `${errorReason(code)} ${message}`.slice(0, 300),
    fix: isOwner
      ? 'The user who owns the webhook has no rights to orders any more: with a key of a shop manager, run `orderpark webhook remove` and then `orderpark webhook register`.'
      : 'Nothing: an order was deleted before its delivery; the shop is polled at once.',
    look: true,
  };
}

function errorReason(code: string): string {
  return `the shop sent an error instead of the order: ${code}:`;
}

/** What is behind a delivery of no use, by what shows that it is over. */
export type Trouble =
  /** Something changed, and it did not say what: a complete poll has read it. */
  | 'unclear'
  /** The webhook's owner may not see orders: a later delivery has one, or the webhooks were made anew. */
  | 'owner'
  /** Webhooks of other things lead here: they were seen to. */
  | 'topic';

/** By the reason, which is all that is kept of the judgement. */
export function troubleBehind(reason: string): Trouble {
  if (reason.endsWith(NOT_OF_ORDERS)) return 'topic';
  return reason.startsWith(errorReason(OWNER_CODE)) ? 'owner' : 'unclear';
}

function isOrderTopic(topic: string): topic is OrderTopic {
  return ORDER_TOPICS.some((known) => known === topic);
}

/** `webhook_id=N` as a form, without any WooCommerce header (recorded: ping-*). */
function pingOf(delivery: Delivery): string | undefined {
  const type = header(delivery, 'content-type') ?? '';
  if (!type.startsWith('application/x-www-form-urlencoded') || delivery.body.length > 64) {
    return undefined;
  }
  return /^webhook_id=(\d{1,20})$/.exec(delivery.body.toString('latin1'))?.[1];
}

function header({ headers }: Delivery, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? undefined : value;
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
