import { CompiledQuery, type Insertable } from 'kysely';
import type { Tables } from '../tables.js';
import type { Sql } from './database.js';

/** Rows a statement at most; the chunks are powers of two, so that few statement texts exist. */
const LARGEST_CHUNK = 32;

interface BulkInsert<T extends keyof Tables> {
  readonly table: T;
  readonly columns: readonly (keyof Insertable<Tables[T]> & string)[];
  /** What follows the values, for example `on conflict (shop, id) do nothing`. */
  readonly tail?: string;
}

/**
 * Inserts many rows in few statements and answers what `returning` in the tail gives, if anything.
 * The text is built here since building a query tree of thousands of values costs more than the
 * insert itself.
 */
export async function insertRows<T extends keyof Tables, R = unknown>(
  { db, kind }: Sql,
  { table, columns, tail = '' }: BulkInsert<T>,
  rows: readonly Insertable<Tables[T]>[],
): Promise<readonly R[]> {
  const answers: R[] = [];
  for (let start = 0; start < rows.length; ) {
    const size = chunkOf(rows.length - start);
    const parameters: unknown[] = [];
    for (const row of rows.slice(start, start + size)) {
      for (const column of columns) parameters.push(row[column] ?? null);
    }
    const values = kind === 'sqlite' ? marks(columns.length, size) : numbered(columns.length, size);
    const text = `insert into ${table} (${columns.join(', ')}) values ${values} ${tail}`;
    const result = await db.executeQuery<R>(CompiledQuery.raw(text, parameters));
    answers.push(...result.rows);
    start += size;
  }
  return answers;
}

/** `on conflict … do update` that replaces every column but the key's. */
export function replacing(key: readonly string[], columns: readonly string[]): string {
  const set = columns.filter((c) => !key.includes(c)).map((c) => `${c} = excluded.${c}`);
  return `on conflict (${key.join(', ')}) do update set ${set.join(', ')}`;
}

/** One row a key, the last one: PostgreSQL refuses to replace a row twice in one statement. */
export function lastOfEach<T>(rows: readonly T[], keyOf: (row: T) => string): readonly T[] {
  return [...new Map(rows.map((row) => [keyOf(row), row])).values()];
}

function chunkOf(remaining: number): number {
  let size = LARGEST_CHUNK;
  while (size > remaining) size /= 2;
  return size;
}

function marks(columns: number, rows: number): string {
  const row = `(${Array(columns).fill('?').join(', ')})`;
  return Array(rows).fill(row).join(', ');
}

function numbered(columns: number, rows: number): string {
  const row = (index: number) =>
    `(${Array.from({ length: columns }, (_, c) => `$${index * columns + c + 1}`).join(', ')})`;
  return Array.from({ length: rows }, (_, index) => row(index)).join(', ');
}
