import type { StoredAlert } from '../store.js';
import type { Sql } from './database.js';

export async function openAlerts({ db }: Sql): Promise<readonly StoredAlert[]> {
  return db
    .selectFrom('alerts')
    .select(['key', 'subject', 'message', 'fix', 'raised_at as raisedAt'])
    .select(['told_at as toldAt', 'cleared_at as clearedAt'])
    .orderBy('raised_at')
    .orderBy('key')
    .execute();
}

export async function putAlert({ db }: Sql, alert: StoredAlert): Promise<void> {
  const { key, subject, message, fix } = alert;
  const row = {
    subject,
    message,
    fix,
    raised_at: alert.raisedAt,
    told_at: alert.toldAt,
    cleared_at: alert.clearedAt,
  };
  await db
    .insertInto('alerts')
    .values({ key, ...row })
    .onConflict((c) => c.column('key').doUpdateSet(row))
    .execute();
}

export async function removeAlert({ db }: Sql, key: string): Promise<void> {
  await db.deleteFrom('alerts').where('key', '=', key).execute();
}
