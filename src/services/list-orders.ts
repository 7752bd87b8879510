import {
  type OrderFilter,
  type OrderPage,
  type OrderSort,
  orderPlaceOf,
  type Store,
  type StoredOrder,
} from '../store/store.js';

export const ORDER_SORTS: readonly OrderSort[] = [
  'created',
  'since',
  'expires',
  'amount',
  'number',
];

/** Which way round each is most use: the newest and the largest first, what is due soonest first. */
export function isAscendingByNature(sort: OrderSort): boolean {
  return sort === 'since' || sort === 'expires' || sort === 'number';
}

export interface OrderList {
  readonly orders: readonly StoredOrder[];
  /** `after` of the next page; absent on the last. */
  readonly next?: NonNullable<OrderPage['after']>;
  /** More match the search than are looked through, so that these are only some. */
  readonly isCut: boolean;
}

/** A page of orders as the page and the API show it; `search` by the words of number and customer. */
export async function listOrders(
  store: Store,
  filter: OrderFilter,
  page: OrderPage,
  search = '',
): Promise<OrderList> {
  const oneMore = { ...page, limit: page.limit + 1 };
  const { orders: found, isCut } =
    search === ''
      ? { orders: await store.listOrders(filter, oneMore), isCut: false }
      : await store.searchOrders(search, filter, oneMore);
  const orders = found.slice(0, page.limit);
  const last = found.length > page.limit ? orders.at(-1) : undefined;
  return { orders, isCut, ...(last && { next: orderPlaceOf(last, page.sort) }) };
}
