import { setTimeout as delay } from 'node:timers/promises';
import { ORDER_TOPICS } from '../../webhook/delivery.js';
import { probeEndpoint } from '../../webhook/health-probe.js';
import { oursAmong } from '../../webhook/registration-plan.js';
import type { ShopWebhook } from '../../woocommerce/shop-client.js';
import { EXIT } from '../exit-codes.js';
import { counted, timeText } from '../output.js';
import { webhookJson } from './webhook-change.js';
import {
  addressOf,
  type ShopWork,
  type WebhookShopContext,
  warningLines,
  warningsFor,
} from './webhook-shops.js';

export const statusOfShop: ShopWork = async (shop) => {
  const { app, id, target, deps, signal } = shop;
  const all = await deps.client.webhooks.list({ signal });
  const ours = oursAmong(all, target);
  const missing = ORDER_TOPICS.filter((topic) => !ours.some((webhook) => webhook.topic === topic));
  const lastAt = (await app.store.lastNudgeAt(id)) ?? null;
  const backlog = await app.store.nudgeBacklog(id);
  const warnings = warningsFor(shop);
  const isWell = missing.length === 0 && ours.every(({ status }) => status === 'active');
  return {
    json: {
      shop: id,
      state: isWell ? 'well' : 'unwell',
      url: addressOf(shop),
      webhooks: ours.map(webhookJson),
      missing,
      others: all.length - ours.length,
      lastDeliveryAt: lastAt,
      backlog: backlog.count,
      warnings,
    },
    lines: [
      ...ours.map(
        ({ id: webhookId, topic, status }) => `${topic} is ${status} (webhook ${webhookId})`,
      ),
      ...(missing.length > 0
        ? [`missing: ${missing.join(', ')}; make them with \`orderpark webhook register\``]
        : []),
      ...adviceFor(ours),
      `${ours.length === 0 ? 'our address is' : 'they lead to'} ${addressOf(shop)}`,
      lastLine(shop, lastAt),
      `${counted(backlog.count, 'delivery', 'deliveries')} not acted on yet`,
      ...warningLines(warnings),
    ],
    code: isWell && warnings.length === 0 ? EXIT.done : EXIT.attention,
  };
};

/** Who makes those active that are not. */
function adviceFor(ours: readonly ShopWebhook[]): string[] {
  const has = (status: string) => ours.some((webhook) => webhook.status === status);
  return [
    ...(has('disabled')
      ? [
          'disabled: seven deliveries in a row failed; once our address answers (`orderpark webhook test`), `orderpark run` makes them active again after its next poll',
        ]
      : []),
    ...(has('paused')
      ? ['paused: by someone in the shop; `orderpark webhook register` makes them active again']
      : []),
  ];
}

function lastLine({ app }: WebhookShopContext, lastAt: string | null): string {
  return lastAt === null
    ? 'no delivery has come yet'
    : `the last delivery came at ${timeText(lastAt, app.config.timezone)}`;
}

/** Proves the way in; whether the shop itself gets through is only seen by a delivery of its own. */
export const testShop =
  (waitSeconds: number): ShopWork =>
  async (shop) => {
    const { app, id, signal, say } = shop;
    const probe = await probeEndpoint(addressOf(shop), signal);
    const probed = probe.ok
      ? [`${addressOf(shop)} takes a ping and refuses a forged delivery, as it must`]
      : [`failed: ${probe.message}`, `  ${probe.fix}`];
    for (const line of probed) say(line);
    const before = await app.store.lastNudgeAt(id);
    const lastAt = probe.ok ? await waitForDelivery(shop, before, waitSeconds) : before;
    const hasCome = lastAt !== undefined && lastAt !== before;
    const warnings = warningsFor(shop);
    const isWell = probe.ok && (waitSeconds === 0 || hasCome);
    const lines = [
      ...(hasCome ? [`a real delivery came at ${lastAt}`] : [lastLine(shop, lastAt ?? null)]),
      ...(probe.ok && !hasCome ? explain(waitSeconds) : []),
      ...warningLines(warnings),
    ];
    return {
      json: {
        shop: id,
        url: addressOf(shop),
        probe,
        lastDeliveryAt: lastAt ?? null,
        delivered: waitSeconds === 0 ? null : hasCome,
        warnings,
      },
      lines,
      code: isWell && warnings.length === 0 ? EXIT.done : EXIT.attention,
    };
  };

const LOOK_EVERY_MS = 500;

async function waitForDelivery(
  { app, id, signal, say }: WebhookShopContext,
  before: string | undefined,
  waitSeconds: number,
): Promise<string | undefined> {
  if (waitSeconds > 0) {
    say('save any order in the shop now (an order opened and updated without a change is enough)');
  }
  for (let leftMs = waitSeconds * 1000; ; leftMs -= LOOK_EVERY_MS) {
    const lastAt = await app.store.lastNudgeAt(id);
    if (lastAt !== before || leftMs <= 0) return lastAt;
    await delay(LOOK_EVERY_MS, undefined, { signal });
  }
}

function explain(waitSeconds: number): string[] {
  if (waitSeconds > 0) {
    return [
      `no delivery came within ${counted(waitSeconds, 'second')}`,
      '  see WooCommerce, Status, Scheduled Actions (is WP-Cron running?) and Status, Logs, webhooks-delivery',
    ];
  }
  return [
    'this went out from here, and touched nothing in the shop: whether the shop itself gets through shows with its next delivery',
    '  to see it now: `orderpark webhook test --wait 120`, and save any order in the shop meanwhile',
  ];
}
