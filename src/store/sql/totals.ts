import { sql } from 'kysely';
import { ORDER_STATES } from '../../orders/states.js';
import type { Instant, LocalDate } from '../../orders/time.js';
import type {
  BookedDay,
  DaySpan,
  FiguresQuery,
  OrderFigures,
  StateTotal,
  VatTotal,
} from '../store.js';
import { anyOf, type Sql } from './database.js';

export async function allTotals({ db }: Sql, shop: string): Promise<readonly StateTotal[]> {
  return db
    .selectFrom('order_totals')
    .select((eb) => [
      'state',
      'currency',
      eb.fn.sum<number>('rows').as('count'),
      eb.fn.sum<number>('gross_minor').as('grossMinor'),
    ])
    .where('shop', '=', shop)
    .groupBy(['state', 'currency'])
    .having((eb) => eb.fn.sum('rows'), '>', 0)
    .orderBy('state')
    .orderBy('currency')
    .execute();
}

/** Day by day, so that each is a stretch of the index, whatever the zone's clock does. */
export async function bookedPerDay(
  { db }: Sql,
  books: string,
  days: readonly DaySpan[],
): Promise<readonly BookedDay[]> {
  const selects = days.map(
    ({ date, from, to }, index) => sql`select * from (
      select ${sql.lit(date)} as date, currency, count(*) as documents,
        sum(gross_minor) as "grossMinor", sum(lag_ms) as "lagMs", max(lag_ms) as "longestLagMs"
      from postings where books = ${books} and booked_at >= ${from} and booked_at < ${to}
      group by currency) ${sql.ref(`b${index}`)}`,
  );
  if (selects.length === 0) return [];
  const { rows } = await sql<BookedDay>`${sql.join(selects, sql` union all `)}
    order by date, currency`.execute(db);
  return rows;
}

export async function stateTotals(
  at: Sql,
  shop: string,
  from: Instant,
  to: Instant,
): Promise<readonly StateTotal[]> {
  return (
    at.db
      .selectFrom('orders')
      .select((eb) => [
        'state',
        'currency',
        eb.fn.countAll<number>().as('count'),
        eb.fn.sum<number>('gross_minor').as('grossMinor'),
      ])
      .where('shop', '=', shop)
      // Names every state so that the index on (shop, state, created_at) answers alone.
      .where(anyOf(at, 'state', ORDER_STATES))
      .where('created_at', '>=', from)
      .where('created_at', '<', to)
      .groupBy(['state', 'currency'])
      .orderBy('state')
      .orderBy('currency')
      .execute()
  );
}

/** Orders read by id at a time, at least, while looking for those of the period. */
const SHORTEST_STRIDE = 200;

/**
 * Walks by id, since pages are by id, and leaps over ids outside the period: ids and creation
 * dates mostly rise together, but imported orders break the rule.
 */
export async function orderFigures(at: Sql, query: FiguresQuery): Promise<readonly OrderFigures[]> {
  const found: OrderFigures[] = [];
  const size = Math.max(query.limit, SHORTEST_STRIDE);
  let next = query.afterId > 0 ? query.afterId + 1 : await firstIdInPeriod(at, query, 0);
  while (next !== undefined && found.length < query.limit) {
    const rows = await stride(at, query.shop, next, size);
    const inside = rows.filter((row) => row.createdAt >= query.from && row.createdAt < query.to);
    found.push(...inside.map(({ createdAt: _, ...figures }) => figures));
    const last = rows.at(-1);
    if (!last || rows.length < size) break;
    next = inside.length > 0 ? last.id + 1 : await firstIdInPeriod(at, query, last.id);
  }
  return found.slice(0, query.limit);
}

function stride({ db }: Sql, shop: string, fromId: number, size: number) {
  return db
    .selectFrom('orders')
    .select([
      'id',
      'state',
      'status',
      'currency',
      'gross_minor as grossMinor',
      'tax_minor as taxMinor',
      'created_at as createdAt',
    ])
    .where('shop', '=', shop)
    .where('id', '>=', fromId)
    .orderBy('id')
    .limit(size)
    .execute();
}

async function firstIdInPeriod(
  { db, kind }: Sql,
  { shop, from, to }: FiguresQuery,
  afterId: number,
): Promise<number | undefined> {
  const index = kind === 'sqlite' ? sql`indexed by orders_shop_created` : sql``;
  const { rows } = await sql<{ id: number | null }>`select min(id) as id from orders ${index}
    where shop = ${shop} and created_at >= ${from} and created_at < ${to} and id > ${afterId}
  `.execute(db);
  return rows[0]?.id ?? undefined;
}

export async function vatTotals(
  { db }: Sql,
  shop: string,
  from: LocalDate,
  to: LocalDate,
): Promise<readonly VatTotal[]> {
  return db
    .selectFrom('document_taxes')
    .select((eb) => [
      'currency',
      'percent',
      'country',
      'code',
      eb.fn.sum<number>('base_minor').as('baseMinor'),
      eb.fn.sum<number>('tax_minor').as('taxMinor'),
    ])
    .where('shop', '=', shop)
    .where('date', '>=', from)
    .where('date', '<=', to)
    .groupBy(['currency', 'percent', 'country', 'code'])
    .orderBy('currency')
    .orderBy('country')
    .orderBy('percent')
    .orderBy('code')
    .execute();
}
