import type { Instant } from '../orders/time.js';
import type { OrdersQuery, RefundsQuery } from './shop-client.js';
import type { Parameters } from './transport.js';

/**
 * By id, since `orderby=modified` has no tie-break and loses orders (recorded fact 5); six decimals,
 * since at the shop's own two a KWD order's lines do not add up to its total.
 */
const WALK = { orderby: 'id', order: 'asc', dp: '6' } as const;

/** Every order the shop lists, without a window. */
export const ALL_ORDERS: Parameters = { ...WALK, status: 'any' };
export const ALL_REFUNDS: Parameters = WALK;

/** The list's filter, without its page. */
export function orderFilter(query: OrdersQuery): Parameters {
  return {
    ...ALL_ORDERS,
    dates_are_gmt: 'true',
    ...dateOf('modified_after', query.modifiedAfter),
    ...dateOf('after', query.createdAfter),
    ...dateOf('before', query.createdBefore),
  };
}

export function refundFilter(query: RefundsQuery): Parameters {
  return { ...ALL_REFUNDS, dates_are_gmt: 'true', ...dateOf('after', query.createdAfter) };
}

/** As joined text: the package drops or mangles lists. */
export function includeFilter(ids: readonly number[]): Parameters {
  return { ...ALL_ORDERS, include: ids.join(','), per_page: '100', page: '1' };
}

/** The fields of the completeness statement: a tenth of the bytes (recorded fact 14). */
export const SUMMARY_FIELDS =
  'id,status,currency,total,total_tax,date_created_gmt,date_modified_gmt';

/** Whole seconds without `Z`: with it `dates_are_gmt` moves the bound by hours (recorded fact 3). */
function dateOf(name: string, instant: Instant | undefined): Parameters {
  return instant === undefined ? {} : { [name]: instant.slice(0, 19) };
}
