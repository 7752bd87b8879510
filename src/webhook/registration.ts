import { instantOf } from '../orders/time.js';
import { underClaim } from '../poller/claim.js';
import type { LegDeps } from '../poller/leg.js';
import type { NewShopWebhook, ShopWebhook } from '../woocommerce/shop-client.js';
import { ShopError } from '../woocommerce/shop-error.js';
import type { Trouble } from './delivery.js';
import { closeKept } from './kept.js';
import {
  deliveryUrlOf,
  oursAmong,
  planRegistration,
  type WebhookTarget,
} from './registration-plan.js';

/** What registering works with: the shop's client, and the claim that keeps two from it at once. */
export type RegistrationDeps = Pick<
  LegDeps,
  'client' | 'store' | 'clock' | 'logger' | 'holder' | 'isDead'
>;

export interface RegistrationReport {
  readonly created: readonly ShopWebhook[];
  readonly repaired: readonly ShopWebhook[];
  /** Duplicates of ours. */
  readonly removed: readonly ShopWebhook[];
  /** Were as they must be. */
  readonly right: readonly ShopWebhook[];
}

export interface RegistrationOptions {
  /**
   * The secret of a webhook cannot be read back, so it is set again on all of ours; `false` where
   * only what is seen to be wrong is to be repaired, as at each poll.
   */
  readonly setSecret: boolean;
  /** Whether those that are paused or disabled are made active. */
  readonly activate: boolean;
}

/** As a person asks for it: everything is set right. */
export const WHOLE: RegistrationOptions = { setSecret: true, activate: true };
/** At the start: what someone paused stays so, and what WooCommerce disabled waits for its proof. */
export const AT_START: RegistrationOptions = { setSecret: true, activate: false };

/** Another process has the shop's webhooks in hand. */
export class RegistrationBusyError extends Error {
  override readonly name = 'RegistrationBusyError';
}

/**
 * Makes or repairs the shop's webhooks, one for each topic of orders, leading to us; others' are left
 * alone. Throws a ShopError where the shop refuses; what was done by then is kept, and done again it
 * makes no duplicate.
 */
export function registerWebhooks(
  deps: RegistrationDeps,
  target: WebhookTarget,
  options: RegistrationOptions,
  signal: AbortSignal,
): Promise<RegistrationReport> {
  return alone(deps, target, signal, (held) => register(deps, target, options, held));
}

async function register(
  { client, logger, store, clock }: RegistrationDeps,
  target: WebhookTarget,
  { setSecret, activate }: RegistrationOptions,
  signal: AbortSignal,
): Promise<RegistrationReport> {
  const { webhooks } = client;
  const until = instantOf(clock.now());
  const plan = planRegistration(await webhooks.list({ signal }), target, { activate });
  const { secret } = target;
  const repaired: ShopWebhook[] = [];
  for (const { webhook, change } of plan.update) {
    repaired.push(await webhooks.update(webhook.id, { ...change, secret }, { signal }));
  }
  const right: ShopWebhook[] = [];
  for (const webhook of plan.right) {
    right.push(setSecret ? await webhooks.update(webhook.id, { secret }, { signal }) : webhook);
  }
  const created: ShopWebhook[] = [];
  for (const webhook of plan.create)
    created.push(await createOnce(webhooks, webhook, target, signal));
  for (const { id } of plan.remove) await webhooks.remove(id, { signal });
  const report = { created, repaired, removed: plan.remove, right };
  logReport(logger, target, report);
  // Those that are made belong to the key's user; a repair leaves the owner as it was.
  const isAnew = repaired.length + right.length === 0;
  const troubles: readonly Trouble[] = isAnew ? ['topic', 'owner'] : ['topic'];
  const over = { troubles, until, now: instantOf(clock.now()) };
  await store.transaction((tx) => closeKept(tx, target.shop, over));
  return report;
}

/** Where the answer is lost the shop may have made it all the same: looked for before it is made again. */
async function createOnce(
  webhooks: RegistrationDeps['client']['webhooks'],
  webhook: NewShopWebhook,
  target: WebhookTarget,
  signal: AbortSignal,
): Promise<ShopWebhook> {
  try {
    return await webhooks.create(webhook, { signal });
  } catch (error) {
    if (!(error instanceof ShopError) || !mayHaveHappened(error)) throw error;
    const ours = oursAmong(await webhooks.list({ signal }), target);
    const made = ours.find(({ topic }) => topic === webhook.topic);
    // Not there: it may still come, so the next registration looks once more before it makes one.
    if (!made) throw error;
    return made;
  }
}

function mayHaveHappened({ kind }: ShopError): boolean {
  return kind === 'wait' || kind === 'garbled' || kind === 'spoiled';
}

function logReport(
  logger: RegistrationDeps['logger'],
  target: WebhookTarget,
  { created, repaired, removed }: RegistrationReport,
): void {
  if (created.length + repaired.length + removed.length === 0) return;
  const topics = (webhooks: readonly ShopWebhook[]) => webhooks.map(({ topic }) => topic);
  logger.info(
    {
      shop: target.shop,
      address: deliveryUrlOf(target),
      created: topics(created),
      repaired: topics(repaired),
      removed: removed.map(({ id }) => id),
    },
    'webhooks registered',
  );
}

/** Deletes those of the shop's webhooks that lead to us; answers them. */
export function removeWebhooks(
  deps: RegistrationDeps,
  target: Pick<WebhookTarget, 'shop' | 'url'>,
  signal: AbortSignal,
): Promise<readonly ShopWebhook[]> {
  return alone(deps, target, signal, async (held) => {
    const { webhooks } = deps.client;
    const ours = oursAmong(await webhooks.list({ signal: held }), target);
    for (const { id } of ours) await webhooks.remove(id, { signal: held });
    return ours;
  });
}

/**
 * The middle step of a change of secret: both are accepted by now, and ours are given the new one.
 * Bodies are signed when they are sent, so from then on nothing is signed with the old one.
 */
export function rotateSecret(
  deps: RegistrationDeps,
  target: WebhookTarget,
  signal: AbortSignal,
): Promise<readonly ShopWebhook[]> {
  return alone(deps, target, signal, async (held) => {
    const { webhooks } = deps.client;
    const ours = oursAmong(await webhooks.list({ signal: held }), target);
    const { secret } = target;
    for (const { id } of ours) await webhooks.update(id, { secret }, { signal: held });
    return ours;
  });
}

async function alone<Result>(
  deps: RegistrationDeps,
  { shop }: Pick<WebhookTarget, 'shop'>,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const claimed = await underClaim(deps, `webhooks:${shop}`, signal, work);
  if (claimed.taken) return claimed.result;
  throw new RegistrationBusyError(
    `Another process changes the webhooks of ${shop} now (since ${claimed.since}).`,
  );
}
