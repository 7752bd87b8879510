import type { OrderObservation } from '../src/orders/observation.js';
import { systemClock } from '../src/runtime/clock.js';
import { createShopClient } from '../src/woocommerce/client.js';
import { KEYS, startShop } from './shop.js';

/** So many different orders of the demo shop that its rules forward, as the client reads them. */
export async function readObservations(
  wanted: number,
  isWanted: (observation: OrderObservation) => boolean,
): Promise<readonly OrderObservation[]> {
  const shop = await startShop(wanted * 2);
  try {
    const client = createShopClient({
      shop: 'demo',
      url: shop.url,
      ...KEYS,
      clock: systemClock,
      random: Math.random,
    });
    const found: OrderObservation[] = [];
    for (let page = 1; found.length < wanted; page += 1) {
      const { orders } = await client.orders({ page, perPage: 100 }, { source: 'poll' });
      if (orders.length === 0) throw new Error(`only ${found.length} such orders`);
      found.push(...orders.filter(isWanted));
    }
    return found.slice(0, wanted);
  } finally {
    await shop.stop();
  }
}
