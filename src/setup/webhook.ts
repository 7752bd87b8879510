import { randomBytes } from 'node:crypto';
import type { NewShopClient } from '../woocommerce/shop-client.js';
import type { Choices } from './choices.js';
import type { ShopKeys } from './keys.js';
import { mayWrite } from './permission.js';
import { type KeptSecret, keptInFile } from './secrets.js';

/** Where the shop can reach orderpark, and for what. */
export interface OwnAddress {
  /** Absent: it cannot. */
  readonly ownUrl?: string;
  /** Absent: the shop is polled only. */
  readonly webhookUrl?: string;
}

/** A secret for webhooks that nobody knows yet. */
export function newWebhookSecret(shop: string, folder: string): KeptSecret {
  return keptInFile(randomBytes(32).toString('hex'), `${shop}-webhook`, folder);
}

/**
 * The webhook as the config has it, which `run` makes where the key may write. Throws a ShopError where
 * the shop cannot be asked what the key may do.
 */
export async function planWebhook(
  url: string,
  secret: KeptSecret,
  { permissions }: ShopKeys,
  client: NewShopClient,
  signal: AbortSignal,
): Promise<NonNullable<Choices['webhook']>> {
  const register =
    permissions === undefined ? await mayWrite(client, signal) : permissions !== 'read';
  return { url, secret: secret.place, register };
}
