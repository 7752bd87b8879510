import type { OrderEvent } from './demo-shop.js';
import type { Json, JsonObject } from './json.js';
import type { SiteTime } from './site-time.js';
import { gmtText } from './site-time.js';

type WebhookStatus = 'active' | 'paused' | 'disabled';

/** One webhook of the demo shop. */
export interface DemoWebhook {
  readonly id: number;
  name: string;
  status: WebhookStatus;
  topic: string;
  deliveryUrl: string;
  /** As it was given; WooCommerce decodes HTML entities in it before use. */
  secret: string;
  /** Failed deliveries in a row; not in any answer. */
  failures: number;
  /** The ping could not be sent, and is sent again with a later delivery. */
  isPingPending: boolean;
  /** False where the user who made it lost the rights to orders (`owner-without-rights`). */
  ownerHasRights: boolean;
  readonly createdMs: number;
  modifiedMs: number | null;
}

/** What WooCommerce hooks into for each event of an order, as its answers tell. */
const HOOKS: Readonly<Record<OrderEvent, readonly string[]>> = {
  created: ['woocommerce_new_order'],
  updated: ['woocommerce_update_order', 'woocommerce_order_refunded'],
  deleted: ['wp_trash_post', 'woocommerce_trash_order'],
  restored: ['untrashed_post', 'woocommerce_untrash_order'],
};

/** The event of an order's topic; undefined for any other topic. */
export function orderEventOf(topic: string): OrderEvent | undefined {
  const [resource, event] = topic.split('.');
  if (resource !== 'order') return undefined;
  return EVENTS.find((known) => known === event);
}

const EVENTS: readonly OrderEvent[] = ['created', 'updated', 'deleted', 'restored'];
const OTHER_TOPIC = /^(coupon|customer|product)\.(created|updated|deleted)$/;

export function isTopic(topic: string): boolean {
  return orderEventOf(topic) !== undefined || OTHER_TOPIC.test(topic);
}

/** As `/webhooks` shows it (`webhook-get`). */
export function wireWebhook(webhook: DemoWebhook, siteUrl: string, time: SiteTime): JsonObject {
  const [resource = '', event = ''] = webhook.topic.split('.');
  const orderEvent = orderEventOf(webhook.topic);
  const collection = `${siteUrl}/wp-json/wc/v3/webhooks`;
  const local = (ms: number | null): Json => (ms === null ? null : time.localText(ms));
  const gmt = (ms: number | null): Json => (ms === null ? null : gmtText(ms));
  return {
    id: webhook.id,
    name: webhook.name,
    status: webhook.status,
    topic: webhook.topic,
    resource,
    event,
    hooks: orderEvent ? HOOKS[orderEvent] : [],
    delivery_url: webhook.deliveryUrl,
    date_created: local(webhook.createdMs),
    date_created_gmt: gmt(webhook.createdMs),
    date_modified: local(webhook.modifiedMs),
    date_modified_gmt: gmt(webhook.modifiedMs),
    _links: {
      self: [
        {
          href: `${collection}/${webhook.id}`,
          targetHints: { allow: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] },
        },
      ],
      collection: [{ href: collection }],
    },
  };
}
