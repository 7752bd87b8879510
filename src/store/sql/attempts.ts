import { sql } from 'kysely';
import type { Instant } from '../../orders/time.js';
import type { AttemptFilter, KeysetPage, NewAttempt, StoredAttempt } from '../store.js';
import type { Sql } from './database.js';

export async function attempts(
  { db }: Sql,
  { subscriptionId, failed }: AttemptFilter,
  page: KeysetPage,
): Promise<readonly StoredAttempt[]> {
  let query = attemptQuery(db).where('attempts.subscription_id', '=', subscriptionId);
  // In the words of the index of those that failed, so that it is used.
  if (failed !== undefined) {
    query = query.where('attempts.error', failed ? 'is not' : 'is', null);
  }
  if (page.after) query = query.where('attempts.id', '<', placeOf(page.after.id));
  const rows = await query.orderBy('attempts.id', 'desc').limit(page.limit).execute();
  return rows.map(({ eventId, type, at, body, requestHeaders, responseHeaders, ...row }) => ({
    ...row,
    event: { id: eventId, type, at, body },
    requestHeaders: JSON.parse(requestHeaders) as StoredAttempt['requestHeaders'],
    responseHeaders: JSON.parse(responseHeaders) as StoredAttempt['responseHeaders'],
  }));
}

function attemptQuery(db: Sql['db']) {
  return db
    .selectFrom('attempts')
    .innerJoin('events', 'events.id', 'attempts.event_id')
    .select(['events.id as eventId', 'events.type', 'events.at', 'events.body'])
    .select([
      'attempts.id',
      'attempts.subscription_id as subscriptionId',
      'attempts.number',
      'attempts.started_at as startedAt',
      'attempts.duration_ms as durationMs',
      'attempts.url',
      'attempts.request_headers as requestHeaders',
      'attempts.status',
      'attempts.response_headers as responseHeaders',
      'attempts.response_body as responseBody',
      'attempts.error',
    ]);
}

/** Throws RangeError where it is not the id of an attempt. */
function placeOf(text: string): number {
  const id = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(id)) {
    throw new RangeError(`not the place of an attempt in a list: ${JSON.stringify(text)}`);
  }
  return id;
}

export async function addAttempt({ db }: Sql, attempt: NewAttempt): Promise<number> {
  const { id } = await db
    .insertInto('attempts')
    .values({
      subscription_id: attempt.subscriptionId,
      event_id: attempt.eventId,
      number: attempt.number,
      started_at: attempt.startedAt,
      duration_ms: attempt.durationMs,
      url: attempt.url,
      request_headers: JSON.stringify(attempt.requestHeaders),
      status: attempt.status,
      response_headers: JSON.stringify(attempt.responseHeaders),
      response_body: attempt.responseBody,
      error: attempt.error,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Attempts before dispatches, and these before their events, each of which the one before needs. */
export async function pruneOutbound(
  { db }: Sql,
  before: Instant,
  keptAttempts: number,
): Promise<void> {
  await db.deleteFrom('attempts').where('started_at', '<', before).execute();
  const ids = await db.selectFrom('subscriptions').select('id').execute();
  for (const { id } of ids) {
    await sql`delete from attempts where subscription_id = ${id} and id <= (
      select id from attempts where subscription_id = ${id}
      order by id desc limit 1 offset ${keptAttempts})`.execute(db);
  }
  // What waits for a subscription that is enabled is still to be delivered, however long we were down.
  await sql`delete from dispatches where updated_at < ${before} and (
    state <> 'waiting' or not exists (
      select 1 from subscriptions where id = subscription_id and enabled = 1))`.execute(db);
  await sql`delete from events where at < ${before} and not exists (
    select 1 from dispatches where event_id = events.id)`.execute(db);
}
