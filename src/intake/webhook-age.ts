import type { Order } from '../orders/order.js';
import type { Source, Verdict } from '../orders/states.js';
import { epochMsOf } from '../orders/time.js';
import type { Desk } from './desk.js';

const DAY_MS = 86_400_000;

/** Whether it came by a webhook and was created longer ago than webhooks are believed. */
export function isTooOldForWebhook(
  { shop, now }: Desk,
  { source, order }: { source: Source; order: Order },
): boolean {
  if (source !== 'webhook' || shop.webhook === undefined) return false;
  return epochMsOf(order.createdAt) < epochMsOf(now) - shop.webhook.maxAgeDays * DAY_MS;
}

/** Recorded, since each id that a shop has shown is in a state (rule 1); the rules judge it later. */
export function tooOldVerdict({ shop }: Desk, { createdAt }: Order): Verdict {
  const days = shop.webhook?.maxAgeDays ?? 0;
  return {
    action: 'ignore',
    rule: `shops.${shop.id}.webhook.maxAgeDays`,
    reason: `A webhook told of it, but it was created on ${createdAt.slice(0, 10)}, longer ago than the ${days} days that webhooks are taken for; the next poll that lists it takes it by the rules.`,
  };
}
