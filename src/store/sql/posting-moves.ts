import { type RawBuilder, sql } from 'kysely';
import type { Instant } from '../../orders/time.js';
import type { ClaimedPosting, PostingClaim, PostingMove } from '../store.js';
import { insertRows } from './bulk.js';
import { anyIdOf, anyOf, type Sql } from './database.js';
import { dueRows, withDocuments } from './postings.js';

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
  const due = dueRows(at, claim);
  const rows = await (at.kind === 'postgres' ? due.forUpdate().skipLocked() : due).execute();
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

/** What is told of the day on which it was booked. */
function booking({ kind }: Sql, now: Instant) {
  const ofDocument = <Value>(value: RawBuilder<unknown>) =>
    sql<Value>`(select ${value} from documents where key = document_key)`;
  const sign = sql`(case kind when 'invoice' then 1 else -1 end)`;
  return kind === 'sqlite'
    ? {
        booked_at: now,
        lag_ms: sql<number>`round((julianday(${now}) - julianday(queued_at)) * 86400000)`,
        currency: ofDocument<string>(sql`json_extract(body, '$.currency')`),
        gross_minor: ofDocument<number>(sql`json_extract(body, '$.grossMinor') * ${sign}`),
      }
    : {
        booked_at: now,
        lag_ms: sql<number>`extract(epoch from ${now}::timestamptz - queued_at::timestamptz) * 1000`,
        currency: ofDocument<string>(sql`body::json ->> 'currency'`),
        gross_minor: ofDocument<number>(sql`(body::json ->> 'grossMinor')::bigint * ${sign}`),
      };
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
      ...(move.to === 'booked' ? booking(at, move.now) : {}),
    })
    .where('document_key', '=', move.documentKey)
    .where('books', '=', move.books)
    .where('attempt', '=', move.attempt)
    .where(anyOf(at, 'state', move.from))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
