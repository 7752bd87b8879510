import type { ShopClient } from '../woocommerce/shop-client.js';
import { ShopError } from '../woocommerce/shop-error.js';

/** No shop has this webhook: the largest id that PHP reads the same everywhere. */
const NO_WEBHOOK = 2_147_483_647;

/**
 * Whether the key may write, which a shop tells nobody: found out by removing a webhook that is not
 * there. A key that may only read is refused before the shop looks for it (recorded:
 * auth-readonly-key-on-write). Throws a ShopError where something else is wrong.
 */
export async function mayWrite(client: ShopClient, signal: AbortSignal): Promise<boolean> {
  try {
    await client.webhooks.remove(NO_WEBHOOK, { signal });
    return true;
  } catch (error) {
    const isRefused = error instanceof ShopError && [401, 403].includes(error.details.status ?? 0);
    if (!isRefused) throw error;
    return false;
  }
}
