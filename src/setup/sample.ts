import type { Order } from '../orders/order.js';
import type { OrdersPage, ShopClient } from '../woocommerce/shop-client.js';

const PAGE = 100;

/**
 * The hundred orders that were made last, newest first; those that cannot be read are left out.
 * Lists come oldest first, so the last pages are read; where the shop does not tell how many orders it
 * has, the first hundred. Throws a ShopError.
 */
export async function newestOrders(
  client: ShopClient,
  signal: AbortSignal,
): Promise<readonly Order[]> {
  const read = (page: number): Promise<OrdersPage> =>
    client.orders({ page, perPage: PAGE }, { source: 'manual', signal, fresh: true });
  const first = await read(1);
  const lastPage = Math.ceil((first.total ?? 0) / PAGE);
  const pages = [first];
  for (let page = Math.max(2, lastPage - 1); page <= lastPage; page += 1) {
    pages.push(await read(page));
  }
  return pages
    .flatMap(({ orders }) => orders.map(({ order }) => order))
    .sort((one, other) => other.id - one.id)
    .slice(0, PAGE);
}
