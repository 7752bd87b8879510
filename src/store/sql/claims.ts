import type { Instant } from '../../orders/time.js';
import type { ClaimAnswer, ClaimRequest, StoredClaim } from '../store.js';
import type { Sql } from './database.js';

export async function claims({ db }: Sql): Promise<readonly StoredClaim[]> {
  return db
    .selectFrom('claims')
    .select(['name', 'holder', 'since', 'expires_at as expiresAt'])
    .orderBy('name')
    .execute();
}

/** Compares and sets; runs in a transaction. */
export async function acquireClaim(at: Sql, request: ClaimRequest): Promise<ClaimAnswer> {
  const { name, holder, now, expiresAt } = request;
  let query = at.db.selectFrom('claims').selectAll().where('name', '=', name);
  if (at.kind === 'postgres') query = query.forUpdate();
  const claim = await query.executeTakeFirst();
  const ours = claim?.holder === holder;
  if (claim && !ours && claim.expires_at > now && !request.isDead?.(claim.holder)) {
    return { taken: false, holder: claim.holder, since: claim.since };
  }
  const row = { holder, since: ours ? claim.since : now, expires_at: expiresAt };
  await at.db
    .insertInto('claims')
    .values({ name, ...row })
    .onConflict((c) => c.column('name').doUpdateSet(row))
    .execute();
  return { taken: true };
}

/** A claim that ran out and that nobody took is still its holder's to renew. */
export async function renewClaim(
  { db }: Sql,
  name: string,
  holder: string,
  expiresAt: Instant,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('claims')
    .set({ expires_at: expiresAt })
    .where('name', '=', name)
    .where('holder', '=', holder)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function releaseClaim({ db }: Sql, name: string, holder: string): Promise<void> {
  await db.deleteFrom('claims').where('name', '=', name).where('holder', '=', holder).execute();
}
