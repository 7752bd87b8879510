import type { Instant } from '../../orders/time.js';
import type { AuditEntry, AuditFilter, NewAuditEntry, StoredSession } from '../access.js';
import type { Sql } from './database.js';

export async function session({ db }: Sql, hash: string): Promise<StoredSession | undefined> {
  return db
    .selectFrom('sessions')
    .select(['hash', 'name', 'created_at as createdAt', 'expires_at as expiresAt'])
    .where('hash', '=', hash)
    .executeTakeFirst();
}

export async function addSession({ db }: Sql, added: StoredSession): Promise<void> {
  const { hash, name, createdAt, expiresAt } = added;
  await db
    .insertInto('sessions')
    .values({ hash, name, created_at: createdAt, expires_at: expiresAt })
    .execute();
}

export async function removeSession({ db }: Sql, hash: string): Promise<void> {
  await db.deleteFrom('sessions').where('hash', '=', hash).execute();
}

export async function forgetSessions({ db }: Sql, over: Instant): Promise<void> {
  await db.deleteFrom('sessions').where('expires_at', '<=', over).execute();
}

export async function addAudit({ db }: Sql, entry: NewAuditEntry): Promise<void> {
  await db.insertInto('audit').values(entry).execute();
}

export async function audit(
  { db }: Sql,
  { target, before }: AuditFilter,
  limit: number,
): Promise<readonly AuditEntry[]> {
  let query = db
    .selectFrom('audit')
    .select(['id', 'at', 'who', 'role', 'address', 'action', 'target', 'detail'])
    .orderBy('id', 'desc')
    .limit(limit);
  if (target !== undefined) query = query.where('target', '=', target);
  if (before !== undefined) query = query.where('id', '<', before);
  return query.execute();
}
