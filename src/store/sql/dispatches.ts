import { sql } from 'kysely';
import type { Instant } from '../../orders/time.js';
import type { Dispatch, DispatchCounts, DispatchMove, DispatchRetry, NewEvent } from '../store.js';
import { insertRows } from './bulk.js';
import type { Sql } from './database.js';

/** Said in the words of their indexes, so that they are used. */
const IS_WAITING = sql<boolean>`dispatches.state = 'waiting'`;
const IS_FAILED = sql<boolean>`dispatches.state = 'failed'`;

const EVENT_COLUMNS = ['id', 'type', 'at', 'body'] as const;
const DISPATCH_COLUMNS = [
  'event_id',
  'subscription_id',
  'state',
  'attempts',
  'due_at',
  'updated_at',
] as const;

export async function addEvents(at: Sql, events: readonly NewEvent[]): Promise<void> {
  await insertRows(at, { table: 'events', columns: EVENT_COLUMNS }, events);
  const rows = events.flatMap((event) =>
    event.to.map((subscription_id) => ({
      event_id: event.id,
      subscription_id,
      state: 'waiting' as const,
      attempts: 0,
      due_at: event.dueAt ?? event.at,
      updated_at: event.at,
    })),
  );
  await insertRows(at, { table: 'dispatches', columns: DISPATCH_COLUMNS }, rows);
}

export async function dueDispatches(
  { db }: Sql,
  subscriptionId: string,
  now: Instant,
  limit: number,
): Promise<readonly Dispatch[]> {
  const rows = await dispatchQuery(db)
    .where('dispatches.subscription_id', '=', subscriptionId)
    .where(IS_WAITING)
    .where('dispatches.due_at', '<=', now)
    .orderBy('dispatches.due_at')
    .orderBy('dispatches.id')
    .limit(limit)
    .execute();
  return rows.map(dispatchOfRow);
}

export async function dispatchOf(
  { db }: Sql,
  subscriptionId: string,
  eventId: string,
): Promise<Dispatch | undefined> {
  const row = await dispatchQuery(db)
    .where('dispatches.event_id', '=', eventId)
    .where('dispatches.subscription_id', '=', subscriptionId)
    .executeTakeFirst();
  return row && dispatchOfRow(row);
}

export async function dispatchCounts({ db }: Sql): Promise<readonly DispatchCounts[]> {
  const count = (isIt: typeof IS_WAITING) =>
    db
      .selectFrom('dispatches')
      .select((eb) => ['subscription_id as id', eb.fn.countAll<number>().as('count')])
      .where(isIt)
      .groupBy('subscription_id')
      .execute();
  const waiting = new Map((await count(IS_WAITING)).map(({ id, count }) => [id, Number(count)]));
  const failed = new Map((await count(IS_FAILED)).map(({ id, count }) => [id, Number(count)]));
  return [...new Set([...waiting.keys(), ...failed.keys()])].map((subscriptionId) => ({
    subscriptionId,
    waiting: waiting.get(subscriptionId) ?? 0,
    failed: failed.get(subscriptionId) ?? 0,
  }));
}

export async function moveDispatch({ db }: Sql, move: DispatchMove): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('dispatches')
    .set({
      state: move.to,
      attempts: move.attempts + 1,
      due_at: move.dueAt,
      first_tried_at: move.firstTriedAt,
      updated_at: move.now,
    })
    .where('event_id', '=', move.eventId)
    .where('subscription_id', '=', move.subscriptionId)
    .where('attempts', '=', move.attempts)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function retryDispatches(
  { db }: Sql,
  { subscriptionId, eventId }: DispatchRetry,
  now: Instant,
): Promise<number> {
  const update = db
    .updateTable('dispatches')
    .set({ state: 'waiting', attempts: 0, due_at: now, first_tried_at: null, updated_at: now })
    .where('subscription_id', '=', subscriptionId);
  if (eventId !== undefined) {
    const one = await update.where('event_id', '=', eventId).executeTakeFirst();
    return Number(one.numUpdatedRows);
  }
  const failed = await update.where(IS_FAILED).executeTakeFirst();
  const failing = await update
    .where(IS_WAITING)
    .where('attempts', '>', 0)
    .where('due_at', '>', now)
    .executeTakeFirst();
  return Number(failed.numUpdatedRows) + Number(failing.numUpdatedRows);
}

function dispatchQuery(db: Sql['db']) {
  return db
    .selectFrom('dispatches')
    .innerJoin('events', 'events.id', 'dispatches.event_id')
    .select(['events.id', 'events.type', 'events.at', 'events.body'])
    .select([
      'dispatches.subscription_id as subscriptionId',
      'dispatches.state',
      'dispatches.attempts',
      'dispatches.due_at as dueAt',
      'dispatches.first_tried_at as firstTriedAt',
    ]);
}

type DispatchRow = Awaited<ReturnType<ReturnType<typeof dispatchQuery>['execute']>>[number];

function dispatchOfRow({ id, type, at, body, ...dispatch }: DispatchRow): Dispatch {
  return { ...dispatch, event: { id, type, at, body } };
}
