import { sql } from 'kysely';
import type { HistoryEntry, NewHistoryEntry, StoredOrder, StoredRefund } from '../store.js';
import { insertRows, lastOfEach, replacing } from './bulk.js';
import { anyIdOf, type Sql } from './database.js';
import { ORDER_COLUMNS, orderOfRow, rowOfOrder } from './order-rows.js';

/** Rows of orders by id, in the order of their ids. */
export async function ordersById(
  at: Sql,
  shop: string,
  ids: readonly number[],
): Promise<readonly StoredOrder[]> {
  if (ids.length === 0) return [];
  const rows = await at.db
    .selectFrom('orders')
    .selectAll()
    .where('shop', '=', shop)
    .where(anyIdOf(at, sql.ref('id'), ids))
    .orderBy('id')
    .execute();
  return rows.map(orderOfRow);
}

export async function findOrders(at: Sql, text: string): Promise<readonly StoredOrder[]> {
  const wanted = text.trim().replace(/^#/, '');
  const byNumber = await at.db
    .selectFrom('orders')
    .selectAll()
    .where('number', '=', wanted)
    .orderBy('shop')
    .orderBy('id')
    .limit(100)
    .execute();
  const found = new Map(byNumber.map((row) => [`${row.shop}/${row.id}`, orderOfRow(row)]));
  const id = /^\d+$/.test(wanted) ? Number(wanted) : Number.NaN;
  if (Number.isSafeInteger(id)) {
    for (const shop of await shopsOf(at)) {
      for (const order of await ordersById(at, shop, [id])) found.set(`${shop}/${id}`, order);
    }
  }
  return [...found.values()];
}

/** The shops that have orders: steps over the index from one to the next, reading no order. */
export async function shopsOf({ db }: Sql): Promise<readonly string[]> {
  const { rows } = await sql<{ shop: string }>`
    with recursive found (shop) as (
      select min(shop) from orders
      union all
      select (select min(shop) from orders where orders.shop > found.shop)
      from found where found.shop is not null)
    select shop from found where shop is not null`.execute(db);
  return rows.map((row) => row.shop);
}

export async function rawOrder({ db }: Sql, shop: string, id: number): Promise<string | undefined> {
  const row = await db
    .selectFrom('order_raw')
    .select('raw')
    .where('shop', '=', shop)
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.raw;
}

export async function historyOf(
  { db }: Sql,
  shop: string,
  orderId: number,
): Promise<readonly HistoryEntry[]> {
  const rows = await db
    .selectFrom('history')
    .selectAll()
    .where('shop', '=', shop)
    .where('order_id', '=', orderId)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    shop: row.shop,
    orderId: row.order_id,
    at: row.at,
    from: row.from_state,
    to: row.to_state,
    status: row.status,
    reason: row.reason,
    rule: row.rule,
    source: row.source,
    contentHash: row.content_hash,
  }));
}

export async function refundsOf(
  { db }: Sql,
  shop: string,
  orderId: number,
): Promise<readonly StoredRefund[]> {
  const rows = await db
    .selectFrom('refunds')
    .selectAll()
    .where('shop', '=', shop)
    .where('order_id', '=', orderId)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    refund: JSON.parse(row.body) as StoredRefund['refund'],
    state: row.state,
    reason: row.reason,
    documentKey: row.document_key,
    seenAt: row.seen_at,
  }));
}

const REPLACE_ORDER = replacing(['shop', 'id'], ORDER_COLUMNS);

export async function putOrders(at: Sql, orders: readonly StoredOrder[]): Promise<void> {
  const rows = lastOfEach(orders, (order) => `${order.shop}/${order.id}`).map(rowOfOrder);
  await insertRows(at, { table: 'orders', columns: ORDER_COLUMNS, tail: REPLACE_ORDER }, rows);
}

export async function putRaw(
  at: Sql,
  raws: readonly { shop: string; id: number; raw: string }[],
): Promise<void> {
  const columns = ['shop', 'id', 'raw'] as const;
  const tail = replacing(['shop', 'id'], columns);
  const rows = lastOfEach(raws, (raw) => `${raw.shop}/${raw.id}`);
  await insertRows(at, { table: 'order_raw', columns, tail }, rows);
}

const HISTORY_COLUMNS = [
  'shop',
  'order_id',
  'at',
  'from_state',
  'to_state',
  'status',
  'reason',
  'rule',
  'source',
  'content_hash',
] as const;

export async function addHistory(at: Sql, entries: readonly NewHistoryEntry[]): Promise<void> {
  const rows = entries.map((entry) => ({
    shop: entry.shop,
    order_id: entry.orderId,
    at: entry.at,
    from_state: entry.from,
    to_state: entry.to,
    status: entry.status,
    reason: entry.reason,
    rule: entry.rule,
    source: entry.source,
    content_hash: entry.contentHash,
  }));
  await insertRows(at, { table: 'history', columns: HISTORY_COLUMNS }, rows);
}

const REFUND_COLUMNS = [
  'shop',
  'id',
  'order_id',
  'state',
  'reason',
  'document_key',
  'seen_at',
  'body',
] as const;

export async function putRefunds(at: Sql, refunds: readonly StoredRefund[]): Promise<void> {
  const latest = lastOfEach(refunds, ({ refund }) => `${refund.shop}/${refund.id}`);
  const rows = latest.map(({ refund, state, reason, documentKey, seenAt }) => ({
    shop: refund.shop,
    id: refund.id,
    order_id: refund.orderId,
    state,
    reason,
    document_key: documentKey,
    seen_at: seenAt,
    body: JSON.stringify(refund),
  }));
  const tail = replacing(['shop', 'id'], REFUND_COLUMNS);
  await insertRows(at, { table: 'refunds', columns: REFUND_COLUMNS, tail }, rows);
}
