import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DatabaseKind } from '../migrations/migration.js';
import type { Tables } from '../tables.js';

/** Where a statement runs: a connection that reads, or the one of a transaction. */
export interface Sql {
  readonly kind: DatabaseKind;
  readonly db: Kysely<Tables>;
}

/** `= any(…)` of a list of any length, as one statement text, so that it is prepared once. */
export function anyOf(at: Sql, column: string, values: readonly string[]): RawBuilder<boolean> {
  return at.kind === 'sqlite'
    ? sql`${sql.ref(column)} in (select value from json_each(${JSON.stringify(values)}))`
    : sql`${sql.ref(column)} = any(${values}::text[])`;
}

/** The same for ids. */
export function anyIdOf(
  at: Sql,
  id: RawBuilder<unknown>,
  ids: readonly number[],
): RawBuilder<boolean> {
  return at.kind === 'sqlite'
    ? sql`${id} in (select value from json_each(${JSON.stringify(ids)}))`
    : sql`${id} = any(${ids}::bigint[])`;
}
