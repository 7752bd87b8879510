import { type RawBuilder, type Selectable, sql } from 'kysely';
import { ORDER_STATES } from '../../orders/states.js';
import type { KeysetPage, OrderFilter, OrderIdsQuery, StoredOrder } from '../store.js';
import type { OrdersTable } from '../tables.js';
import { anyOf, type Sql } from './database.js';
import { orderOfRow } from './order-rows.js';
import { shopsOf } from './orders.js';
import { orderPlace } from './paging.js';

type Condition = RawBuilder<unknown>;

/** Newest first, by creation date; ties by id, then shop. */
export async function listOrders(
  at: Sql,
  filter: OrderFilter,
  page: KeysetPage,
): Promise<readonly StoredOrder[]> {
  const window = windowOf(filter, page);
  const branches = (await branchesOf(at, filter)).map((branch) => [...branch, ...window]);
  const selects = branches.map(
    (where, index) => sql`select * from (
      select * from orders where ${allOf(where)}
      order by created_at desc, id desc, shop desc limit ${page.limit}) ${sql.ref(`b${index}`)}`,
  );
  if (selects.length === 0) return [];
  const { rows } = await sql<Selectable<OrdersTable>>`select * from (
      ${sql.join(selects, sql` union all `)}) found
    order by created_at desc, id desc, shop desc limit ${page.limit}`.execute(at.db);
  return rows.map(orderOfRow);
}

/** Each part of the list is read no further than the count goes. */
export async function countOrders(at: Sql, filter: OrderFilter, most: number): Promise<number> {
  const window = windowOf(filter, { limit: most });
  const selects = (await branchesOf(at, filter)).map(
    (branch, index) => sql`select * from (
      select 1 from orders where ${allOf([...branch, ...window])} limit ${most})
      ${sql.ref(`b${index}`)}`,
  );
  if (selects.length === 0) return 0;
  const { rows } = await sql<{ count: number }>`select count(*) as count from (
      ${sql.join(selects, sql` union all `)}) found`.execute(at.db);
  return Math.min(Number(rows[0]?.count ?? 0), most);
}

/**
 * Splits the filter so that each part is read from one index in the order of the list, and stops at
 * the page's end: a rare state among a million orders is found at once. `rest` keeps a condition
 * from choosing another index.
 */
async function branchesOf(at: Sql, filter: OrderFilter): Promise<readonly Condition[][]> {
  const rest = [
    ...(filter.shop === undefined ? [] : [sql`coalesce(shop, '') = ${filter.shop}`]),
    ...(filter.states ? [anyOf(at, 'state', filter.states)] : []),
  ];
  const changed =
    filter.changed === undefined ? [] : [sql`changed = ${sql.lit(Number(filter.changed))}`];
  if (filter.status !== undefined) return [[sql`status = ${filter.status}`, ...changed, ...rest]];
  if (filter.changed === true) return [[...changed, ...rest]];
  if (filter.shop === undefined && filter.states === undefined) return [changed];
  const shops = filter.shop === undefined ? await shopsOf(at) : [filter.shop];
  const states = [...new Set(filter.states ?? ORDER_STATES)];
  return shops.flatMap((shop) =>
    states.map((state) => [sql`shop = ${shop}`, sql`state = ${state}`, ...changed]),
  );
}

function windowOf(filter: OrderFilter, { after }: KeysetPage): Condition[] {
  const conditions: Condition[] = [];
  if (filter.from !== undefined) conditions.push(sql`created_at >= ${filter.from}`);
  if (filter.to !== undefined) conditions.push(sql`created_at < ${filter.to}`);
  if (after) {
    const place = orderPlace(after, filter.shop);
    conditions.push(sql`(created_at, id, shop) < (${place.at}, ${place.id}, ${place.shop})`);
  }
  return conditions;
}

function allOf(conditions: readonly Condition[]): Condition {
  return conditions.length === 0 ? sql`1 = 1` : sql.join(conditions, sql` and `);
}

export async function orderIds(at: Sql, query: OrderIdsQuery): Promise<readonly number[]> {
  if (query.states.length === 0) return [];
  const conditions = [
    sql`shop = ${query.shop}`,
    anyOf(at, 'state', query.states),
    sql`id > ${query.afterId}`,
    ...(query.since === undefined ? [] : [sql`active_at >= ${query.since}`]),
    ...(query.expiringBy === undefined
      ? []
      : [sql`state = 'parked'`, sql`expires_at <= ${query.expiringBy}`]),
  ];
  const { rows } = await sql<{ id: number }>`select id from orders ${indexFor(at, query)}
    where ${allOf(conditions)} order by id limit ${query.limit}`.execute(at.db);
  return rows.map((row) => row.id);
}

/** SQLite keeps no statistics unless told to, and would step over every order of a state. */
function indexFor({ kind }: Sql, query: OrderIdsQuery): Condition {
  if (kind !== 'sqlite') return sql``;
  if (query.expiringBy !== undefined) return sql`indexed by orders_expiring`;
  return query.since === undefined ? sql`indexed by orders_walk` : sql`indexed by orders_active`;
}
