import { type Selectable, sql } from 'kysely';
import type { NewRun, RunEnd, RunFilter, StoredRun } from '../store.js';
import type { Tables } from '../tables.js';
import type { Sql } from './database.js';

/** Newest first. */
export async function runs(
  { db }: Sql,
  filter: RunFilter,
  limit: number,
): Promise<readonly StoredRun[]> {
  let query = db.selectFrom('runs').selectAll();
  const isRare = filter.state === 'failed' || filter.state === 'stopped';
  // So said that those few are read from their own index.
  const column = (name: 'kind' | 'subject') =>
    isRare ? sql<string>`coalesce(${sql.ref(name)}, '')` : sql.ref<string>(name);
  if (filter.kind !== undefined) query = query.where(column('kind'), '=', filter.kind);
  if (filter.subject !== undefined) query = query.where(column('subject'), '=', filter.subject);
  if (filter.localDate !== undefined) query = query.where('local_date', '=', filter.localDate);
  // In the words of the partial index of running ones, so that it is used.
  if (filter.state === 'running') query = query.where(sql<boolean>`state = 'running'`);
  else if (filter.state !== undefined) query = query.where('state', '=', filter.state);
  if (filter.before !== undefined) {
    const { at, id } = filter.before;
    query = query.where(sql<boolean>`(started_at, id) < (${at}, ${id})`);
  }
  const rows = await query
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(runOfRow);
}

export async function runById({ db }: Sql, id: number): Promise<StoredRun | undefined> {
  const row = await db.selectFrom('runs').selectAll().where('id', '=', id).executeTakeFirst();
  return row && runOfRow(row);
}

function runOfRow(row: Selectable<Tables['runs']>): StoredRun {
  return {
    id: row.id,
    kind: row.kind,
    subject: row.subject,
    localDate: row.local_date,
    startedAt: row.started_at,
    state: row.state,
    endedAt: row.ended_at,
    counts: JSON.parse(row.counts) as StoredRun['counts'],
    error: row.error,
  };
}

export async function addRun({ db }: Sql, run: NewRun): Promise<number> {
  const row = await db
    .insertInto('runs')
    .values({
      kind: run.kind,
      subject: run.subject,
      local_date: run.localDate,
      started_at: run.startedAt,
      state: 'running',
      counts: '{}',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function finishRun({ db }: Sql, id: number, end: RunEnd): Promise<void> {
  await db
    .updateTable('runs')
    .set({
      state: end.state,
      ended_at: end.endedAt,
      counts: JSON.stringify(end.counts),
      error: end.error,
    })
    .where('id', '=', id)
    .execute();
}
