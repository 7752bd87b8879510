import { sql } from 'kysely';
import type { Instant } from '../../orders/time.js';
import type { NewQuarantineEntry, QuarantineEntry, QuarantineFilter } from '../store.js';
import { anyIdOf, type Sql } from './database.js';

/** In the order in which they came. */
export async function quarantine(
  { db }: Sql,
  filter: QuarantineFilter,
): Promise<readonly QuarantineEntry[]> {
  let query = db
    .selectFrom('quarantine')
    .select(['id', 'shop', 'order_id as orderId', 'source', 'at', 'raw', 'reason', 'fix'])
    .select('resolved_at as resolvedAt')
    // Those without an order are fewer still: found by their own index, and then sorted.
    .orderBy(
      filter.nameless === true ? sql`+id` : 'id',
      filter.before === undefined ? 'asc' : 'desc',
    );
  if (filter.id !== undefined) query = query.where('id', '=', filter.id);
  if (filter.before !== undefined && filter.before > 0) {
    query = query.where('id', '<', filter.before);
  }
  if (filter.nameless === true) query = query.where(sql`coalesce(order_id, -1)`, '=', sql`-1`);
  if (filter.shop !== undefined) {
    // The open ones are few, and have an index: not that of the shop, with all that ever was.
    const isNarrow = filter.open === true && filter.nameless !== true;
    const shop = isNarrow ? sql<string>`coalesce(shop, '')` : sql<string>`shop`;
    query = query.where(shop, '=', filter.shop);
  }
  if (filter.open !== undefined) {
    query = query.where('resolved_at', filter.open ? 'is' : 'is not', null);
  }
  if (filter.limit !== undefined) query = query.limit(filter.limit);
  return query.execute();
}

export async function addQuarantine({ db }: Sql, entry: NewQuarantineEntry): Promise<void> {
  await db
    .insertInto('quarantine')
    .values({
      shop: entry.shop,
      order_id: entry.orderId,
      source: entry.source,
      at: entry.at,
      raw: entry.raw,
      reason: entry.reason,
      fix: entry.fix,
      resolved_at: null,
    })
    .onConflict((c) =>
      c
        .expression(sql`shop, (coalesce(order_id, -1)), reason`)
        .where('resolved_at', 'is', null)
        .doUpdateSet({ at: entry.at, source: entry.source, raw: entry.raw, fix: entry.fix }),
    )
    .execute();
}

export async function resolveQuarantine(
  at: Sql,
  shop: string,
  orderIds: readonly number[],
  now: Instant,
): Promise<void> {
  if (orderIds.length === 0) return;
  await at.db
    .updateTable('quarantine')
    .set({ resolved_at: now })
    .where('shop', '=', shop)
    .where('resolved_at', 'is', null)
    .where(anyIdOf(at, sql`coalesce(order_id, -1)`, orderIds))
    .execute();
}

export async function closeQuarantine(
  at: Sql,
  ids: readonly number[],
  now: Instant,
): Promise<void> {
  if (ids.length === 0) return;
  await at.db
    .updateTable('quarantine')
    .set({ resolved_at: now })
    .where(anyIdOf(at, sql`id`, ids))
    .where('resolved_at', 'is', null)
    .execute();
}
