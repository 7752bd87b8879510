import { sql } from 'kysely';
import type { Instant } from '../../orders/time.js';
import type { StoredStatement } from '../store.js';
import type { Sql } from './database.js';

export async function cursor({ db }: Sql, shop: string, name: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('cursors')
    .select('value')
    .where('shop', '=', shop)
    .where('name', '=', name)
    .executeTakeFirst();
  return row?.value;
}

export interface CursorMove {
  readonly shop: string;
  readonly name: string;
  readonly value: string;
  readonly now: Instant;
}

export async function setCursor({ db }: Sql, { shop, name, value, now }: CursorMove) {
  await db
    .insertInto('cursors')
    .values({ shop, name, value, updated_at: now })
    .onConflict((c) => c.columns(['shop', 'name']).doUpdateSet({ value, updated_at: now }))
    .execute();
}

export async function nextInSequence({ db }: Sql, name: string): Promise<number> {
  const row = await db
    .insertInto('sequences')
    .values({ name, value: 1 })
    .onConflict((c) => c.column('name').doUpdateSet({ value: sql`sequences.value + 1` }))
    .returning('value')
    .executeTakeFirstOrThrow();
  return row.value;
}

export async function latestStatement(
  { db }: Sql,
  shop: string,
): Promise<StoredStatement | undefined> {
  return db
    .selectFrom('statements')
    .select(['shop', 'from_at as from', 'to_at as to', 'made_at as madeAt', 'body'])
    .where('shop', '=', shop)
    .orderBy('made_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export async function addStatement({ db }: Sql, statement: StoredStatement): Promise<void> {
  await db
    .insertInto('statements')
    .values({
      shop: statement.shop,
      from_at: statement.from,
      to_at: statement.to,
      made_at: statement.madeAt,
      body: statement.body,
    })
    .execute();
}
