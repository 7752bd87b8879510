import { isAscendingByNature, ORDER_SORTS } from '../services/list-orders.js';
import { isOrderPlace, type OrderPage, type OrderSort } from '../store/store.js';
import { PAGE_ROWS } from './paging.js';

/** How a list of orders is sorted, and where it goes on, as its address says; nonsense is left out. */
export function orderPageOf(
  query: URLSearchParams,
  sorts: readonly OrderSort[] = ORDER_SORTS,
): OrderPage & { readonly sort: OrderSort } {
  const sort = sorts.find((each) => each === query.get('sort')) ?? 'created';
  const wanted = query.get('dir');
  const ascending = wanted === null ? isAscendingByNature(sort) : wanted === 'asc';
  const at = query.get('at') ?? '';
  const id = query.get('after') ?? '';
  const isPlace = isOrderPlace(at, sort) && /^[^/]+\/\d{1,15}$/.test(id);
  return { sort, ascending, limit: PAGE_ROWS, ...(isPlace ? { after: { at, id } } : {}) };
}

/** Changes of an address that sort the list so; once more, the other way round. */
export function sortedBy(sort: OrderSort, { sort: now, ascending }: OrderPage) {
  const natural = isAscendingByNature(sort);
  const next = sort === now ? ascending !== true : natural;
  return {
    ...{ sort, dir: next === natural ? undefined : next ? 'asc' : 'desc' },
    ...{ at: undefined, after: undefined },
  };
}
