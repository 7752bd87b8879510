import type { Refund } from '../orders/order.js';
import {
  orderIdIn,
  parentIdIn,
  type ReadItem,
  readRefund,
  splitRead,
  unreadableOf,
} from './items.js';
import { type List, pageInfo, readPage } from './lists.js';
import { isSpoiled } from './narrow.js';
import type { RefundedOrder } from './normalise-refund.js';
import { ALL_REFUNDS, includeFilter, refundFilter } from './query.js';
import type { Requester } from './requester.js';
import { currencySchema } from './schemas.js';
import type { ReadOptions, RefundsPage, RefundsQuery } from './shop-client.js';
import { ShopError } from './shop-error.js';

const CURRENCY_FIELDS = { _fields: 'id,currency' };

/**
 * One page of the whole shop's refunds. They tell their order but not its currency (recorded:
 * refunds-global), so that is asked for, a page at a time. Where the shop has no such list
 * (WooCommerce before 9.0) throws a ShopError of kind `gone`.
 */
export async function listRefunds(
  requester: Requester,
  shop: string,
  query: RefundsQuery,
  read: ReadOptions,
): Promise<RefundsPage> {
  const narrowed = await readRefundsPage(requester, shop, query, read);
  const items = narrowed.batches.flatMap((batch) => batch.items);
  const parents = new Set(items.map(parentIdIn).filter((id) => id !== null));
  const currencies = await currenciesOf(requester, [...parents], read);
  const results = items.map((item) => readListed(item, shop, currencies));
  const { values, unreadable } = splitRead(results);
  return {
    ...pageInfo(narrowed, requester.nowMs()),
    refunds: values,
    unreadable: [...unreadable, ...narrowed.spoiled.map(unreadableOf)],
  };
}

async function readRefundsPage(
  requester: Requester,
  shop: string,
  query: RefundsQuery,
  read: ReadOptions,
) {
  const list: List = {
    requester,
    asking: read,
    path: 'refunds',
    whole: ALL_REFUNDS,
    idField: 'parent_id',
    idIn: parentIdIn,
  };
  try {
    return await readPage(list, refundFilter(query), query.page, query.perPage);
  } catch (error) {
    throw error instanceof ShopError && error.details.code === 'rest_no_route'
      ? new ShopError(
          shop,
          'gone',
          'the shop has no list of all refunds: its WooCommerce is older than 9.0',
          'Nothing: the refunds are read order by order. Updating WooCommerce saves requests.',
          error.details,
        )
      : error;
  }
}

function readListed(
  item: unknown,
  shop: string,
  currencies: ReadonlyMap<number, string>,
): ReadItem<Refund> {
  const orderId = parentIdIn(item);
  const currency = orderId === null ? undefined : currencies.get(orderId);
  if (orderId !== null && currency !== undefined) {
    return readRefund(item, shop, { id: orderId, currency });
  }
  return {
    ok: false,
    unreadable: {
      orderId,
      raw: JSON.stringify(item),
      reason: 'the order of this refund is not to be found, so its currency is not known',
      fix: 'Was the order deleted in the shop? Then its invoice needs a person.',
    },
  };
}

/** The list leaves out orders in the trash or in an unregistered status; those are asked for alone. */
async function currenciesOf(
  requester: Requester,
  ids: readonly number[],
  read: ReadOptions,
): Promise<ReadonlyMap<number, string>> {
  const currencies = new Map<number, string>();
  const take = (item: unknown) => {
    const found = currencySchema.safeParse(item);
    if (found.success) currencies.set(found.data.id, found.data.currency);
  };
  if (ids.length > 0) {
    const filter = { ...includeFilter(ids), ...CURRENCY_FIELDS };
    const listed = await unlessUnreadable(requester.list('orders', filter, read));
    for (const item of listed?.body ?? []) take(item);
  }
  for (const id of ids.filter((each) => !currencies.has(each))) {
    const single = await unlessUnreadable(requester.object(`orders/${id}`, CURRENCY_FIELDS, read));
    if (single) take(single.body);
  }
  return currencies;
}

/** Undefined where this order is gone or fails; whatever concerns the whole shop is thrown. */
async function unlessUnreadable<Value>(asked: Promise<Value>): Promise<Value | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isSpoiled(error) || (error instanceof ShopError && error.kind === 'gone')) return undefined;
    throw error;
  }
}

const REFUNDS_PER_PAGE = 100;

/** All refunds of one order, by id; none where the order is deleted (recorded). */
export async function listRefundsOf(
  requester: Requester,
  shop: string,
  order: RefundedOrder,
  read: ReadOptions,
): Promise<readonly Refund[]> {
  const refunds: Refund[] = [];
  for (let page = 1; ; page += 1) {
    const at = { ...ALL_REFUNDS, per_page: String(REFUNDS_PER_PAGE), page: String(page) };
    const { body } = await requester.list(`orders/${order.id}/refunds`, at, read);
    refunds.push(...body.map((item) => needRefund(item, shop, order)));
    if (body.length < REFUNDS_PER_PAGE) break;
  }
  return refunds.sort((left, right) => left.id - right.id);
}

/** Half an order's refunds would be worse than none: the whole read fails. */
function needRefund(item: unknown, shop: string, order: RefundedOrder): Refund {
  const result = readRefund(item, shop, order);
  if (result.ok) return result.value;
  throw new ShopError(
    shop,
    'garbled',
    `refund ${orderIdIn(item) ?? '?'} of order ${order.id} cannot be read: ${result.unreadable.reason}`,
    result.unreadable.fix,
    { excerpt: result.unreadable.raw.slice(0, 500) },
  );
}
