import { type Selectable, type SelectQueryBuilder, sql } from 'kysely';
import type { Document } from '../../documents/document.js';
import type { DocumentFilter, KeysetPage, NewDocument, StoredDocument } from '../store.js';
import type { Tables } from '../tables.js';
import { insertRows } from './bulk.js';
import { anyOf, type Sql } from './database.js';
import { taxRowsOf } from './document-taxes.js';

type DocumentQuery = SelectQueryBuilder<Tables, 'documents', Selectable<Tables['documents']>>;

export async function documentByKey({ db }: Sql, key: string): Promise<StoredDocument | undefined> {
  return (await stored(allDocuments(db).where('key', '=', key)))[0];
}

export async function documentsByNumber(
  { db }: Sql,
  number: string,
): Promise<readonly StoredDocument[]> {
  return stored(allDocuments(db).where('number', '=', number).orderBy('sequence').limit(100));
}

export async function takenNumbers(
  at: Sql,
  shop: string,
  numbers: readonly string[],
): Promise<readonly string[]> {
  if (numbers.length === 0) return [];
  const rows = await at.db
    .selectFrom('documents')
    .select('number')
    .distinct()
    .where(anyOf(at, 'number', numbers))
    .where('shop', '=', shop)
    .execute();
  return rows.map(({ number }) => number);
}

export async function documentsOf(
  { db }: Sql,
  shop: string,
  orderId: number,
): Promise<readonly StoredDocument[]> {
  const query = allDocuments(db).where('shop', '=', shop).where('order_id', '=', orderId);
  return stored(query.orderBy('sequence'));
}

/** Newest date first; within a day, the one issued last. */
export async function listDocuments(
  { db }: Sql,
  filter: DocumentFilter,
  page: KeysetPage,
): Promise<readonly StoredDocument[]> {
  let query = allDocuments(db);
  if (filter.kind !== undefined) {
    query = query.where('kind', '=', filter.kind);
    // So said that the index of kinds is used: credit notes are few among many documents.
    if (filter.shop !== undefined) query = query.where(sql`coalesce(shop, '')`, '=', filter.shop);
  } else if (filter.shop !== undefined) {
    query = query.where('shop', '=', filter.shop);
  }
  if (filter.from !== undefined) query = query.where('date', '>=', filter.from);
  if (filter.to !== undefined) query = query.where('date', '<=', filter.to);
  if (page.after) {
    // A document never changes, so its key alone tells where it stands.
    query = query.where(
      sql<boolean>`(date, sequence) < (select date, sequence from documents where key = ${page.after.id})`,
    );
  }
  return stored(query.orderBy('date', 'desc').orderBy('sequence', 'desc').limit(page.limit));
}

function allDocuments(db: Sql['db']): DocumentQuery {
  return db.selectFrom('documents').selectAll();
}

async function stored(query: DocumentQuery): Promise<readonly StoredDocument[]> {
  const rows = await query.execute();
  return rows.map((row) => ({
    sequence: row.sequence,
    document: JSON.parse(row.body) as Document,
    issuedAt: row.issued_at,
    basis: row.basis,
    contentHash: row.content_hash,
  }));
}

const DOCUMENT_COLUMNS = [
  'key',
  'shop',
  'order_id',
  'kind',
  'number',
  'date',
  'issued_at',
  'content_hash',
  'body',
  'basis',
] as const;

const TAX_COLUMNS = [
  'shop',
  'date',
  'document_key',
  'percent',
  'country',
  'code',
  'currency',
  'base_minor',
  'tax_minor',
] as const;

export async function addDocuments(at: Sql, documents: readonly NewDocument[]): Promise<void> {
  const rows = documents.map(({ document, issuedAt, basis, contentHash }) => ({
    key: document.key,
    shop: document.shop,
    order_id: document.orderId,
    kind: document.kind,
    number: document.number,
    date: document.date,
    issued_at: issuedAt,
    content_hash: contentHash,
    body: JSON.stringify(document),
    basis,
  }));
  await insertRows(at, { table: 'documents', columns: DOCUMENT_COLUMNS }, rows);
  const taxes = documents.flatMap(({ document }) => taxRowsOf(document));
  await insertRows(at, { table: 'document_taxes', columns: TAX_COLUMNS }, taxes);
}
