import type { Instant } from '../../orders/time.js';
import type { IdempotencyKey, KeptAnswer } from '../idempotency.js';
import type { Sql } from './database.js';

/** Takes the key unless it is taken, and answers whoever has it. */
export async function takeIdempotencyKey(
  { db }: Sql,
  taken: Omit<KeptAnswer, 'answer'>,
  now: Instant,
): Promise<KeptAnswer | undefined> {
  const { principal, key, request, expiresAt } = taken;
  await db.deleteFrom('idempotency').where('expires_at', '<=', now).execute();
  const [{ numInsertedOrUpdatedRows = 0n } = {}] = await db
    .insertInto('idempotency')
    .values({ principal, key, request, answer: null, expires_at: expiresAt })
    .onConflict((c) => c.doNothing())
    .execute();
  if (numInsertedOrUpdatedRows > 0n) return undefined;
  return db
    .selectFrom('idempotency')
    .select(['principal', 'key', 'request', 'answer', 'expires_at as expiresAt'])
    .where('principal', '=', principal)
    .where('key', '=', key)
    .executeTakeFirst();
}

export async function keepAnswer(
  { db }: Sql,
  { principal, key }: IdempotencyKey,
  answer: string,
  expiresAt: Instant,
): Promise<void> {
  await db
    .updateTable('idempotency')
    .set({ answer, expires_at: expiresAt })
    .where('principal', '=', principal)
    .where('key', '=', key)
    .execute();
}

export async function freeIdempotencyKey(
  { db }: Sql,
  { principal, key }: IdempotencyKey,
): Promise<void> {
  await db
    .deleteFrom('idempotency')
    .where('principal', '=', principal)
    .where('key', '=', key)
    .execute();
}
