import {
  orderIdIn,
  type ReadItem,
  readOrder,
  readSummary,
  splitRead,
  unreadableOf,
} from './items.js';
import { isAlive, type List, pageInfo, readBatch, readPage } from './lists.js';
import { type Batch, idsPart, isSpoiled, type Narrowed, narrow } from './narrow.js';
import { ALL_ORDERS, includeFilter, orderFilter, SUMMARY_FIELDS } from './query.js';
import type { Reply, Requester } from './requester.js';
import type {
  OrdersPage,
  OrdersQuery,
  ReadOptions,
  SingleOrder,
  SummariesPage,
} from './shop-client.js';
import { ShopError } from './shop-error.js';

function ordersList(requester: Requester, read: ReadOptions): List {
  return {
    requester,
    asking: read,
    path: 'orders',
    whole: ALL_ORDERS,
    idField: 'id',
    idIn: orderIdIn,
  };
}

/** One page of orders; what cannot be read is told apart and holds no other back. */
export async function listOrders(
  requester: Requester,
  shop: string,
  query: OrdersQuery,
  read: ReadOptions,
): Promise<OrdersPage> {
  const list = ordersList(requester, read);
  return ordersPage(
    requester,
    await readPage(list, orderFilter(query), query.page, query.perPage),
    shop,
    read,
  );
}

/** At most 100 orders by their ids. */
export async function listOrdersById(
  requester: Requester,
  shop: string,
  ids: readonly number[],
  read: ReadOptions,
): Promise<OrdersPage> {
  if (ids.length === 0) {
    return { orders: [], unreadable: [], total: 0, shopNowMs: requester.nowMs() };
  }
  const list = ordersList(requester, read);
  const part = idsPart((some) => readBatch(list, includeFilter(some)), ids);
  return ordersPage(requester, await narrow(part, () => isAlive(list, {})), shop, read);
}

export async function listSummaries(
  requester: Requester,
  query: OrdersQuery,
  read: ReadOptions,
): Promise<SummariesPage> {
  const list = ordersList(requester, read);
  const filter = { ...orderFilter(query), _fields: SUMMARY_FIELDS };
  const narrowed = await readPage(list, filter, query.page, query.perPage);
  const { values, unreadable } = readAll(narrowed, readSummary);
  return {
    ...pageInfo(narrowed, requester.nowMs()),
    summaries: values.sort((left, right) => left.id - right.id),
    unreadable,
  };
}

/** One order in whatever status, the trash included; `deleted` where the shop says it has none. */
export async function readSingle(
  requester: Requester,
  shop: string,
  id: number,
  read: ReadOptions,
): Promise<SingleOrder> {
  let reply: Reply<object>;
  try {
    reply = await requester.object(`orders/${id}`, { dp: '6' }, read);
  } catch (error) {
    if (error instanceof ShopError && error.kind === 'gone') return { kind: 'deleted' };
    if (!isSpoiled(error)) throw error;
    if (!(await isAlive(ordersList(requester, read), {}))) throw error;
    return { kind: 'unreadable', unreadable: unreadableOf({ id, error }) };
  }
  refuseOther(shop, id, reply.body);
  const { startedAtMs } = reply;
  const item = readOrder(reply.body, { shop, source: read.source, startedAtMs });
  return item.ok
    ? { kind: 'order', observation: item.value }
    : { kind: 'unreadable', unreadable: { ...item.unreadable, orderId: id } };
}

/** A cache that ignores the path would otherwise overwrite one order with another. */
function refuseOther(shop: string, id: number, body: object): void {
  const found = orderIdIn(body);
  if (found === null || found === id) return;
  throw new ShopError(
    shop,
    'garbled',
    `asked for order ${id}, got order ${found}`,
    'A cache mixes answers up: exclude /wp-json/ from it.',
  );
}

function ordersPage(
  requester: Requester,
  narrowed: Narrowed,
  shop: string,
  { source }: ReadOptions,
): OrdersPage {
  const { values, unreadable } = readAll(narrowed, (item, { startedAtMs }) =>
    readOrder(item, { shop, source, startedAtMs }),
  );
  return { ...pageInfo(narrowed, requester.nowMs()), orders: values, unreadable };
}

function readAll<Value>(
  narrowed: Narrowed,
  readItem: (item: unknown, batch: Batch) => ReadItem<Value>,
) {
  const items = narrowed.batches.flatMap((batch) =>
    batch.items.map((item) => readItem(item, batch)),
  );
  const { values, unreadable } = splitRead(items);
  return { values, unreadable: [...unreadable, ...narrowed.spoiled.map(unreadableOf)] };
}
