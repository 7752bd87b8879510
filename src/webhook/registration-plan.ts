import type { NewShopWebhook, ShopWebhook, ShopWebhookChange } from '../woocommerce/shop-client.js';
import { ORDER_TOPICS } from './delivery.js';

/** Where a shop's webhooks must lead, and what they are signed with. */
export interface WebhookTarget {
  /** The shop's config id. */
  readonly shop: string;
  /** The public address of our server, with or without a slash at its end. */
  readonly url: string;
  /** The one that the shop is to sign with. */
  readonly secret: string;
}

export function deliveryUrlOf({ url, shop }: Pick<WebhookTarget, 'url' | 'shop'>): string {
  return `${url.replace(/\/+$/, '')}/webhooks/woocommerce/${encodeURIComponent(shop)}`;
}

/** Those of a shop's webhooks that lead to us, and so are ours; the others are nobody's business here. */
export function oursAmong(
  webhooks: readonly ShopWebhook[],
  target: Pick<WebhookTarget, 'url' | 'shop'>,
): ShopWebhook[] {
  const address = comparable(deliveryUrlOf(target));
  return webhooks.filter(({ deliveryUrl }) => comparable(deliveryUrl) === address);
}

/** WordPress may write an address in another way than it was given. */
function comparable(address: string): string {
  if (!URL.canParse(address)) return address;
  const { href } = new URL(address);
  return href.replace(/\/+$/, '');
}

export interface RegistrationPlan {
  readonly create: readonly NewShopWebhook[];
  /** Without the secret, which cannot be compared: the caller adds it where it wants it set. */
  readonly update: readonly { readonly webhook: ShopWebhook; readonly change: ShopWebhookChange }[];
  readonly remove: readonly ShopWebhook[];
  /** As they must be. */
  readonly right: readonly ShopWebhook[];
}

/**
 * What makes a shop's webhooks one for each topic of orders. Pure. One of ours with another topic is
 * used for a topic that is missing; what is then left over of ours is a duplicate. Without `activate`
 * one that is paused or disabled stays so.
 */
export function planRegistration(
  webhooks: readonly ShopWebhook[],
  target: WebhookTarget,
  { activate }: { readonly activate: boolean } = { activate: true },
): RegistrationPlan {
  const left = new Set(oursAmong(webhooks, target).sort(bestFirst));
  const take = (suits: (webhook: ShopWebhook) => boolean): ShopWebhook | undefined => {
    const found = [...left].find(suits);
    if (found) left.delete(found);
    return found;
  };
  const byTopic = ORDER_TOPICS.map((topic) => ({
    topic,
    webhook: take((webhook) => webhook.topic === topic),
  }));
  const chosen = byTopic.map(({ topic, webhook }) => ({
    topic,
    webhook: webhook ?? take(() => true),
  }));
  const known = chosen.flatMap(({ topic, webhook }) =>
    webhook ? [{ webhook, change: repairOf(webhook, topic, target, activate) }] : [],
  );
  return {
    create: chosen.flatMap(({ topic, webhook }) => (webhook ? [] : [newWebhook(topic, target)])),
    update: known.filter(({ change }) => Object.keys(change).length > 0),
    remove: [...left],
    right: known
      .filter(({ change }) => Object.keys(change).length === 0)
      .map(({ webhook }) => webhook),
  };
}

/** Of several for one topic the active one stays, then the oldest. */
function bestFirst(one: ShopWebhook, other: ShopWebhook): number {
  const isActive = ({ status }: ShopWebhook) => Number(status === 'active');
  return isActive(other) - isActive(one) || one.id - other.id;
}

function newWebhook(topic: string, target: WebhookTarget): NewShopWebhook {
  const { secret } = target;
  return { name: nameOf(topic, target), topic, deliveryUrl: deliveryUrlOf(target), secret };
}

function nameOf(topic: string, { shop }: WebhookTarget): string {
  return `orderpark ${shop} ${topic}`;
}

/** The name is the owner's to change. */
function repairOf(
  webhook: ShopWebhook,
  topic: string,
  target: WebhookTarget,
  activate: boolean,
): ShopWebhookChange {
  return {
    ...(webhook.topic === topic ? {} : { topic, name: nameOf(topic, target) }),
    ...(webhook.status === 'active' || !activate ? {} : { status: 'active' as const }),
  };
}
