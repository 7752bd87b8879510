import { type Selectable, sql } from 'kysely';
import type { Document } from '../../documents/document.js';
import { POSTING_STATES, type PostingState } from '../../orders/states.js';
import type { Instant } from '../../orders/time.js';
import type { ClaimedPosting, DuePostings, PostingFilter, StoredPosting } from '../store.js';
import type { Tables } from '../tables.js';
import { anyOf, type Sql } from './database.js';

type PostingRow = Selectable<Tables['postings']>;

/** What the index of due postings holds; said in its words, so that it is used. */
const IN_DUE_INDEX = sql<boolean>`state in ('queued', 'retrying', 'uncertain')`;

/** Newest change first. Read state by state, each from its index, so that a rare one is found at once. */
export async function listPostings(
  at: Sql,
  filter: PostingFilter,
  limit: number,
): Promise<readonly StoredPosting[]> {
  const books = filter.books === undefined ? await booksOf(at) : [filter.books];
  const states = [...new Set(filter.states ?? POSTING_STATES)];
  const before = filter.before === undefined ? sql`` : sql`and ${earlierThan(filter.before)}`;
  const selects = books
    .flatMap((name) => states.map((state) => ({ name, state })))
    .map(
      ({ name, state }, index) => sql`select * from (
        select * from postings where books = ${name} and state = ${state} ${before}
        order by updated_at desc, id desc limit ${limit}) ${sql.ref(`b${index}`)}`,
    );
  if (selects.length === 0) return [];
  const { rows } = await sql<PostingRow>`select * from (
      ${sql.join(selects, sql` union all `)}) found
    order by updated_at desc, id desc limit ${limit}`.execute(at.db);
  return rows.map(postingOfRow);
}

/** Its own row tells its id, which is what ties are ordered by. */
function earlierThan({ updatedAt, documentKey, books }: NonNullable<PostingFilter['before']>) {
  return sql`(updated_at, id) < (${updatedAt}, (select id from postings
    where document_key = ${documentKey} and books = ${books}))`;
}

/** The books that have postings, stepping over the index from one to the next. */
async function booksOf({ db }: Sql): Promise<readonly string[]> {
  const { rows } = await sql<{ books: string }>`
    with recursive found (books) as (
      select min(books) from postings
      union all
      select (select min(books) from postings where postings.books > found.books)
      from found where found.books is not null)
    select books from found where books is not null`.execute(db);
  return rows.map((row) => row.books);
}

export async function postingsOf(
  at: Sql,
  documentKeys: readonly string[],
): Promise<readonly StoredPosting[]> {
  if (documentKeys.length === 0) return [];
  const rows = await at.db
    .selectFrom('postings')
    .selectAll()
    .where(anyOf(at, 'document_key', documentKeys))
    .orderBy('id')
    .execute();
  return rows.map(postingOfRow);
}

export async function postingCounts(
  { db }: Sql,
  books: string,
): Promise<Readonly<Record<PostingState, number>>> {
  const rows = await db
    .selectFrom('posting_totals')
    .select((eb) => ['state', eb.fn.sum<number>('rows').as('count')])
    .where('books', '=', books)
    .groupBy('state')
    .execute();
  const counts = { queued: 0, sending: 0, booked: 0, retrying: 0, rejected: 0, uncertain: 0 };
  for (const { state, count } of rows) counts[state] = count;
  return counts;
}

export async function nextPostingDue(
  { db }: Sql,
  books: string,
  queuedBy?: Instant,
): Promise<Instant | undefined> {
  let due = db
    .selectFrom('postings')
    .select((eb) => eb.fn.min('due_at').as('due'))
    .where('books', '=', books)
    .where(IN_DUE_INDEX);
  if (queuedBy !== undefined) due = due.where('queued_at', '<=', queuedBy);
  const row = await due.executeTakeFirst();
  return row?.due ?? undefined;
}

export async function duePostings(at: Sql, query: DuePostings): Promise<readonly ClaimedPosting[]> {
  return withDocuments(at, await dueRows(at, query).execute());
}

export function dueRows(at: Sql, { books, limit, now, documentKeys, queuedBy }: DuePostings) {
  let due = at.db
    .selectFrom('postings')
    .selectAll()
    .where('books', '=', books)
    .where(IN_DUE_INDEX)
    // Not as a plain comparison, lest SQLite read every queued posting from the index of states.
    .where(sql<boolean>`state || '' <> 'uncertain'`)
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .orderBy('id')
    .limit(limit);
  if (documentKeys) due = due.where(anyOf(at, 'document_key', documentKeys));
  if (queuedBy !== undefined) due = due.where('queued_at', '<=', queuedBy);
  return due;
}

export async function sendingPostings(
  { db }: Sql,
  books: string,
): Promise<readonly StoredPosting[]> {
  const rows = await db
    .selectFrom('postings')
    .selectAll()
    .where('books', '=', books)
    .where('state', '=', 'sending')
    .orderBy('id')
    .execute();
  return rows.map(postingOfRow);
}

export async function uncertainPostings(
  at: Sql,
  books: string,
  now: Instant,
  limit: number,
): Promise<readonly ClaimedPosting[]> {
  const rows = await at.db
    .selectFrom('postings')
    .selectAll()
    .where('books', '=', books)
    .where(IN_DUE_INDEX)
    .where(sql<boolean>`state || '' = 'uncertain'`)
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .orderBy('id')
    .limit(limit)
    .execute();
  return withDocuments(at, rows);
}

/** Adds each posting's document, keeping the order. */
export async function withDocuments(
  at: Sql,
  postings: readonly PostingRow[],
): Promise<readonly ClaimedPosting[]> {
  if (postings.length === 0) return [];
  const keys = postings.map((posting) => posting.document_key);
  const rows = await at.db
    .selectFrom('documents')
    .select(['key', 'body'])
    .where(anyOf(at, 'key', keys))
    .execute();
  const bodies = new Map(rows.map((row) => [row.key, row.body]));
  return postings.map((row) => {
    const body = bodies.get(row.document_key);
    // The database's own foreign key sees to it.
    if (body === undefined) throw new Error(`no document ${row.document_key}`);
    return { ...postingOfRow(row), document: JSON.parse(body) as Document };
  });
}

function postingOfRow(row: PostingRow): StoredPosting {
  return {
    documentKey: row.document_key,
    books: row.books,
    state: row.state,
    attempt: row.attempt,
    reference: row.reference,
    reason: row.reason,
    fix: row.fix,
    dueAt: row.due_at,
    holder: row.holder,
    queuedAt: row.queued_at,
    updatedAt: row.updated_at,
  };
}
