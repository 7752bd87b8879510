import { type RawBuilder, type Selectable, sql } from 'kysely';
import { wantedWords } from '../../orders/search-words.js';
import { ORDER_STATES, type OrderState } from '../../orders/states.js';
import type { FoundOrders, OrderFilter, OrderIdsQuery, OrderPage, StoredOrder } from '../store.js';
import type { OrdersTable } from '../tables.js';
import { anyOf, type Sql } from './database.js';
import { orderOfRow } from './order-rows.js';
import { beyond, inOrder, sortColumns } from './order-sorts.js';
import { shopsOf } from './orders.js';

type Condition = RawBuilder<unknown>;

/** Newest first unless told; ties by id, then shop. */
export async function listOrders(
  at: Sql,
  filter: OrderFilter,
  page: OrderPage,
): Promise<readonly StoredOrder[]> {
  const window = [...windowOf(filter), ...beyond(page, filter.shop)];
  const branches = (await branchesOf(at, filter, page)).map((branch) => [...branch, ...window]);
  const keys: OrderKey[] = [];
  for (let start = 0; start < branches.length; start += MOST_BRANCHES) {
    keys.push(...(await keysOf(at, branches.slice(start, start + MOST_BRANCHES), page)));
  }
  return ordersOf(at, keys, page);
}

/** Orders whose words begin as those of the text do, of no more than so many that match the longest. */
export async function searchOrders(
  at: Sql,
  text: string,
  filter: OrderFilter,
  page: OrderPage,
): Promise<FoundOrders> {
  const words = [...wantedWords(text)].sort((one, other) => other.length - one.length);
  const [longest, ...others] = words;
  if (longest === undefined) return { orders: [], isCut: false };
  const matching = await matchingKeys(at, filter, longest);
  const rest = [
    ...others.map((word) => sql`${position(at)}(words, ${`"${word}`}) > 0`),
    ...(filter.status === undefined ? [] : [sql`status = ${filter.status}`]),
    ...changedOf(filter),
    ...windowOf(filter),
    ...beyond(page, filter.shop),
  ];
  return {
    orders: await ordersOf(at, matching.slice(0, MOST_FOUND), page, rest),
    isCut: matching.length > MOST_FOUND,
  };
}

/** Orders that a search looks through. */
const MOST_FOUND = 500;

/** The last that a word can go on with. */
const BEYOND_LETTERS = '\u{10ffff}';

async function matchingKeys(
  at: Sql,
  filter: OrderFilter,
  word: string,
): Promise<readonly OrderKey[]> {
  const found = new Map<string, OrderKey>();
  for (const [shop, state] of await placesOf(at, filter)) {
    const left = MOST_FOUND + 1 - found.size;
    if (left <= 0) break;
    const { rows } = await sql<OrderKey>`select distinct shop, order_id as id from (
      select shop, order_id from order_words where shop = ${shop} and state = ${state}
        and word >= ${word} and word < ${word + BEYOND_LETTERS}
      limit ${MOST_FOUND + 1}) found limit ${left}`.execute(at.db);
    for (const row of rows) found.set(`${row.shop}/${row.id}`, row);
  }
  return [...found.values()];
}

function position({ kind }: Sql): Condition {
  return kind === 'sqlite' ? sql`instr` : sql`strpos`;
}

interface OrderKey {
  readonly shop: string;
  readonly id: number;
}

/** Parts that one statement is made of at most: SQLite takes 500. */
const MOST_BRANCHES = 200;

/** The page of these parts, read from their indexes alone. */
async function keysOf(
  at: Sql,
  branches: readonly (readonly Condition[])[],
  page: OrderPage,
): Promise<readonly OrderKey[]> {
  const columns = sql.join(sortColumns(page).map((column) => sql.ref(column)));
  const selects = branches.map(
    (where, index) => sql`select * from (
      select ${columns} from orders where ${allOf(where)}
      order by ${inOrder(page)} limit ${page.limit}) ${sql.ref(`b${index}`)}`,
  );
  const { rows } = await sql<OrderKey>`select shop, id from (
      ${sql.join(selects, sql` union all `)}) found
    order by ${inOrder(page)} limit ${page.limit}`.execute(at.db);
  return rows;
}

/** The first of these orders that a page has room for. */
async function ordersOf(
  at: Sql,
  keys: readonly OrderKey[],
  page: OrderPage,
  rest: readonly Condition[] = [],
): Promise<readonly StoredOrder[]> {
  if (keys.length === 0) return [];
  const text = JSON.stringify(keys);
  const wanted =
    at.kind === 'sqlite'
      ? sql`(select value ->> 'shop' as key_shop, value ->> 'id' as key_id from json_each(${text}))`
      : sql`(select key.shop as key_shop, key.id as key_id
          from jsonb_to_recordset(${text}::jsonb) as key(shop text, id bigint))`;
  // SQLite takes a cross join in the order in which it is written.
  const { rows } = await sql<Selectable<OrdersTable>>`
    select orders.* from ${wanted} found cross join orders
    where shop = key_shop and id = key_id and ${allOf(rest)}
    order by ${inOrder(page)} limit ${page.limit}`.execute(at.db);
  return rows.map(orderOfRow);
}

/** Each part of the list is read no further than the count goes. */
export async function countOrders(at: Sql, filter: OrderFilter, most: number): Promise<number> {
  const window = windowOf(filter);
  const selects = (await branchesOf(at, filter, { limit: most })).map(
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
async function branchesOf(
  at: Sql,
  filter: OrderFilter,
  { sort = 'created' }: OrderPage,
): Promise<readonly Condition[][]> {
  const changed = changedOf(filter);
  if (sort !== 'created') {
    const groups = await groupsOf(at, filter);
    return groups.map(({ shop, state, status }) => [
      ...[sql`shop = ${shop}`, sql`state = ${state}`, sql`status = ${status}`],
      ...changed,
    ]);
  }
  const rest = [
    ...(filter.shop === undefined ? [] : [sql`coalesce(shop, '') = ${filter.shop}`]),
    ...(filter.states ? [anyOf(at, 'state', filter.states)] : []),
  ];
  if (filter.status !== undefined) return [[sql`status = ${filter.status}`, ...changed, ...rest]];
  if (filter.changed === true && filter.states) {
    const shop = rest.slice(0, filter.shop === undefined ? 0 : 1);
    return [...new Set(filter.states)].map((state) => [...changed, sql`state = ${state}`, ...shop]);
  }
  if (filter.changed === true) return [[...changed, ...rest]];
  if (filter.shop === undefined && filter.states === undefined) return [changed];
  const places = await placesOf(at, filter);
  return places.map(([shop, state]) => [sql`shop = ${shop}`, sql`state = ${state}`, ...changed]);
}

function changedOf({ changed }: OrderFilter): Condition[] {
  return changed === undefined ? [] : [sql`changed = ${sql.lit(Number(changed))}`];
}

async function placesOf(at: Sql, { shop, states }: OrderFilter) {
  const shops = shop === undefined ? await shopsOf(at) : [shop];
  const each = [...new Set(states ?? ORDER_STATES)];
  return shops.flatMap((one) => each.map((state) => [one, state] as const));
}

interface Group {
  readonly shop: string;
  readonly state: OrderState;
  readonly status: string;
}

/** The statuses that orders of each shop and state have, stepping over the index from one to the next. */
async function groupsOf(at: Sql, filter: OrderFilter): Promise<readonly Group[]> {
  const places = await placesOf(at, filter);
  const text = JSON.stringify(places.map(([shop, state]) => ({ shop, state })));
  const each =
    at.kind === 'sqlite'
      ? sql`(select value ->> 'shop' as shop, value ->> 'state' as state from json_each(${text}))`
      : sql`jsonb_to_recordset(${text}::jsonb) as place(shop text, state text)`;
  const next = (of: string, more: Condition) => sql`(select min(status) from orders
    where orders.shop = ${sql.ref(`${of}.shop`)} and orders.state = ${sql.ref(`${of}.state`)} ${more})`;
  const { rows } = await sql<Group>`
    with recursive found (shop, state, status) as (
      select shop, state, ${next('place', sql``)} from ${each} ${at.kind === 'sqlite' ? sql`place` : sql``}
      union all
      select shop, state, ${next('found', sql`and orders.status > found.status`)}
      from found where status is not null)
    select shop, state, status from found where status is not null`.execute(at.db);
  return rows.filter(({ status }) => (filter.status ?? status) === status);
}

function windowOf(filter: OrderFilter): Condition[] {
  return [
    ...(filter.from === undefined ? [] : [sql`created_at >= ${filter.from}`]),
    ...(filter.to === undefined ? [] : [sql`created_at < ${filter.to}`]),
  ];
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
