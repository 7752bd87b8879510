import {
  type RegistrationReport,
  registerWebhooks,
  removeWebhooks,
  rotateSecret,
  WHOLE,
} from '../../webhook/registration.js';
import type { ShopWebhook } from '../../woocommerce/shop-client.js';
import { EXIT } from '../exit-codes.js';
import { counted } from '../output.js';
import { addressOf, type ShopWork, warningLines, warningsFor } from './webhook-shops.js';

export const registerShop: ShopWork = async (shop) => {
  const { id, target, deps, signal } = shop;
  const report = await registerWebhooks(deps, target, WHOLE, signal);
  const warnings = warningsFor(shop);
  const { created, repaired, removed, right } = report;
  return {
    json: {
      shop: id,
      state: 'registered',
      url: addressOf(shop),
      created: created.map(webhookJson),
      repaired: repaired.map(webhookJson),
      removed: removed.map(webhookJson),
      right: right.map(webhookJson),
      warnings,
    },
    lines: [...registeredLines(report, addressOf(shop)), ...warningLines(warnings)],
    code: warnings.length > 0 ? EXIT.attention : EXIT.done,
  };
};

function registeredLines(report: RegistrationReport, address: string): string[] {
  const { created, repaired, removed, right } = report;
  const done = [
    ...(created.length > 0 ? [`${counted(created.length, 'webhook')} made`] : []),
    ...(repaired.length > 0 ? [`${repaired.length} repaired`] : []),
    ...(removed.length > 0 ? [`${counted(removed.length, 'duplicate')} removed`] : []),
    ...(right.length > 0 ? [`${right.length} right already (their secret was set again)`] : []),
  ];
  return [`${done.join(', ')}; they lead to ${address}`];
}

export const removeShop: ShopWork = async ({ id, config, target, deps, signal }) => {
  const removed = await removeWebhooks(deps, target, signal);
  const line =
    removed.length === 0
      ? 'the shop has no webhooks of ours'
      : `${counted(removed.length, 'webhook')} removed; changes are now found by the polls`;
  return {
    json: { shop: id, state: 'removed', removed: removed.map(webhookJson) },
    lines: config.register ? [line, MADE_AGAIN] : [line],
    code: EXIT.done,
  };
};

const MADE_AGAIN =
  'the config has `register: true` under webhook, so `orderpark run` makes them again: take it out to be without';

/** Three steps, so that no delivery is refused: both accepted, the shop changed, the old one dropped. */
export const rotateShop: ShopWork = async ({ id, config, target, deps, signal }) => {
  if (config.secrets.length < 2) {
    return {
      json: { shop: id, state: 'needs-second-secret', steps: BEFORE },
      lines: BEFORE,
      code: EXIT.attention,
    };
  }
  const changed = await rotateSecret(deps, target, signal);
  const lines =
    changed.length === 0
      ? ['the shop has no webhooks of ours: make them with `orderpark webhook register`']
      : [`${counted(changed.length, 'webhook')} now sign with the first secret`, ...AFTER];
  return {
    json: { shop: id, state: 'rotated', changed: changed.map(webhookJson), steps: AFTER },
    lines,
    code: changed.length === 0 ? EXIT.attention : EXIT.done,
  };
};

const BEFORE = [
  'one secret is configured, so nothing was changed. To replace it:',
  '1. make a new one, as `openssl rand -hex 32` does, and write both under webhook, the new one first: secret: [new, old]',
  '2. restart `orderpark run`: from then on both are accepted',
  '3. run `orderpark webhook rotate` again: the shop then signs with the new one',
];
const AFTER = [
  'bodies are signed when they are sent, so nothing more comes with the old secret:',
  'take it out of the config and restart `orderpark run`',
];

export function webhookJson({ id, topic, status, name }: ShopWebhook) {
  return { id, topic, status, name };
}
