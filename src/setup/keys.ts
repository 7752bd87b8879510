import type { Grant } from './authorisation.js';
import { type KeptSecret, keptInFile } from './secrets.js';

/** The key of a shop, and where it is kept. */
export interface ShopKeys {
  readonly key: KeptSecret;
  readonly secret: KeptSecret;
  /** What the key may do, where the shop said so. */
  readonly permissions?: Grant['permissions'];
}

/** A key that was pasted, or came from the shop, gets files of its own. */
export function keptKeys(
  grant: Pick<Grant, 'consumerKey' | 'consumerSecret'> & Partial<Pick<Grant, 'permissions'>>,
  { shop, folder }: { readonly shop: string; readonly folder: string },
): ShopKeys {
  const { consumerKey, consumerSecret, permissions } = grant;
  return {
    key: keptInFile(consumerKey, `${shop}-key`, folder),
    secret: keptInFile(consumerSecret, `${shop}-secret`, folder),
    ...(permissions === undefined ? {} : { permissions }),
  };
}
