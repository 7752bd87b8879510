import { sql } from 'kysely';
import type { Instant } from '../../orders/time.js';
import type { ClaimedPosting, PostingClaim, PostingMove } from '../store.js';
import { insertRows } from './bulk.js';
import { anyIdOf, anyOf, type Sql } from './database.js';
import { IN_DUE_INDEX, withDocuments } from './postings.js';

const POSTING_COLUMNS = [
  'document_key',
  'books',
  'state',
  'attempt',
  'reason',
  'due_at',
  'queued_at',
  'updated_at',
] as const;

export async function addPostings(
  at: Sql,
  postings: readonly { documentKey: string; books: string; at: Instant }[],
): Promise<void> {
  const rows = postings.map((posting) => ({
    document_key: posting.documentKey,
    books: posting.books,
    state: 'queued' as const,
    attempt: 0,
    reason: 'waits to be sent',
    due_at: posting.at,
    queued_at: posting.at,
    updated_at: posting.at,
  }));
  const tail = 'on conflict (document_key, books) do nothing';
  await insertRows(at, { table: 'postings', columns: POSTING_COLUMNS, tail }, rows);
}

/** PostgreSQL steps over rows that another process is claiming; SQLite has one writer at a time. */
export async function claimPostings(
  at: Sql,
  claim: PostingClaim,
): Promise<readonly ClaimedPosting[]> {
  let due = at.db
    .selectFrom('postings')
    .selectAll()
    .where('books', '=', claim.books)
    .where(IN_DUE_INDEX)
    // Not as a plain comparison, lest SQLite read every queued posting from the index of states.
    .where(sql<boolean>`state || '' <> 'uncertain'`)
    .where('due_at', '<=', claim.now)
    .orderBy('due_at')
    .orderBy('id')
    .limit(claim.limit);
  if (claim.documentKeys) due = due.where(anyOf(at, 'document_key', claim.documentKeys));
  if (claim.queuedBy !== undefined) due = due.where('queued_at', '<=', claim.queuedBy);
  if (at.kind === 'postgres') due = due.forUpdate().skipLocked();
  const rows = await due.execute();
  if (rows.length === 0) return [];
  const mark = {
    state: 'sending' as const,
    holder: claim.holder,
    reason: 'an attempt is under way',
    fix: null,
    due_at: claim.expiresAt,
    updated_at: claim.now,
  };
  const ids = rows.map((row) => row.id);
  await at.db
    .updateTable('postings')
    .set((eb) => ({ ...mark, attempt: eb('attempt', '+', 1) }))
    .where(anyIdOf(at, sql.ref('id'), ids))
    .execute();
  return withDocuments(
    at,
    rows.map((row) => ({ ...row, ...mark, attempt: row.attempt + 1 })),
  );
}

export async function movePosting(at: Sql, move: PostingMove): Promise<boolean> {
  const { numUpdatedRows } = await at.db
    .updateTable('postings')
    .set({
      state: move.to,
      reason: move.reason,
      fix: move.fix ?? null,
      due_at: move.dueAt,
      updated_at: move.now,
      ...(move.reference === undefined ? {} : { reference: move.reference }),
      ...(move.to === 'sending' ? {} : { holder: null }),
    })
    .where('document_key', '=', move.documentKey)
    .where('books', '=', move.books)
    .where('attempt', '=', move.attempt)
    .where(anyOf(at, 'state', move.from))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
