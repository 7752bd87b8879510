import { sql } from 'kysely';
import type { Instant } from '../../orders/time.js';
import type { NewNudge, Nudge, NudgeBacklog, NudgeDelay, NudgeEnd, NudgeFilter } from '../store.js';
import { insertRows } from './bulk.js';
import { anyIdOf, type Sql } from './database.js';

const COLUMNS = [
  'shop',
  'order_id',
  'topic',
  'received_at',
  'due_at',
  'attempts',
  'detail',
] as const;

export async function addNudges(at: Sql, nudges: readonly NewNudge[]): Promise<void> {
  const rows = nudges.map(({ shop, orderId, topic, receivedAt, dueAt }) => ({
    shop,
    order_id: orderId,
    topic,
    received_at: receivedAt,
    due_at: dueAt,
    attempts: 0,
    detail: '',
  }));
  await insertRows(at, { table: 'nudges', columns: COLUMNS }, rows);
}

export async function dueNudges(
  { db }: Sql,
  shop: string,
  now: Instant,
  limit: number,
): Promise<readonly Nudge[]> {
  return selectNudges(db)
    .where('shop', '=', shop)
    .where('done_at', 'is', null)
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .orderBy('id')
    .limit(limit)
    .execute();
}

export async function nudgesOf(
  { db }: Sql,
  shop: string,
  orderId: number,
  limit: number,
): Promise<readonly Nudge[]> {
  return selectNudges(db)
    .where('shop', '=', shop)
    .where('order_id', '=', orderId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

export async function doneNudges(
  { db }: Sql,
  shop: string,
  limit: number,
): Promise<readonly Nudge[]> {
  return selectNudges(db)
    .where('shop', '=', shop)
    .where('done_at', 'is not', null)
    .orderBy('received_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/** Of a shop by its own index, which is in the order of arrival; of all by their ids, which are too. */
export async function nudges(
  { db }: Sql,
  { shop, before }: NudgeFilter,
  limit: number,
): Promise<readonly Nudge[]> {
  let query = selectNudges(db).limit(limit);
  if (shop === undefined) {
    if (before) query = query.where('id', '<', before.id);
    return query.orderBy('id', 'desc').execute();
  }
  query = query.where('shop', '=', shop);
  if (before) {
    query = query.where(sql<boolean>`(received_at, id) < (${before.at}, ${before.id})`);
  }
  return query.orderBy('received_at', 'desc').orderBy('id', 'desc').execute();
}

function selectNudges(db: Sql['db']) {
  return db
    .selectFrom('nudges')
    .select(['id', 'shop', 'order_id as orderId', 'topic', 'received_at as receivedAt'])
    .select(['due_at as dueAt', 'attempts', 'done_at as doneAt', 'outcome', 'detail']);
}

/** SQLite keeps no statistics unless told to, and would step over all that the shop ever sent. */
export async function nudgeBacklog({ db, kind }: Sql, shop: string): Promise<NudgeBacklog> {
  const index = kind === 'sqlite' ? sql`indexed by nudges_open` : sql``;
  const { rows } = await sql<NudgeBacklog>`select count(*) as count,
      min(received_at) as "oldestAt", min(due_at) as "nextDueAt"
    from nudges ${index} where shop = ${shop} and done_at is null`.execute(db);
  const [found] = rows;
  if (!found) throw new Error('a count without a row');
  return found;
}

export async function lastNudgeAt({ db }: Sql, shop: string): Promise<Instant | undefined> {
  const row = await db
    .selectFrom('nudges')
    .select(({ fn }) => fn.max('received_at').as('at'))
    .where('shop', '=', shop)
    .executeTakeFirst();
  return row?.at ?? undefined;
}

export async function finishNudges(
  at: Sql,
  ids: readonly number[],
  { outcome, detail, now }: NudgeEnd,
): Promise<void> {
  if (ids.length === 0) return;
  await at.db
    .updateTable('nudges')
    .set({ done_at: now, outcome, detail })
    .where(anyIdOf(at, sql`id`, ids))
    .where('done_at', 'is', null)
    .execute();
}

export async function postponeNudges(
  at: Sql,
  ids: readonly number[],
  { dueAt, detail, isAttempt }: NudgeDelay,
): Promise<void> {
  if (ids.length === 0) return;
  await at.db
    .updateTable('nudges')
    .set((eb) => ({ due_at: dueAt, detail, attempts: eb('attempts', '+', isAttempt ? 1 : 0) }))
    .where(anyIdOf(at, sql`id`, ids))
    .where('done_at', 'is', null)
    .execute();
}

export async function forgetNudges({ db }: Sql, doneBefore: Instant): Promise<number> {
  const result = await db.deleteFrom('nudges').where('done_at', '<', doneBefore).executeTakeFirst();
  return Number(result.numDeletedRows);
}
