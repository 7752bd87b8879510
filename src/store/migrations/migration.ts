export type DatabaseKind = 'sqlite' | 'postgres';

/** One step of the schema; applied in a transaction of its own and never changed once released. */
export interface Migration {
  /** From 1, without gaps. */
  readonly version: number;
  readonly statements: (kind: DatabaseKind) => readonly string[];
  /** After the statements: what no SQL can work out, for the rows that exist. */
  readonly fill?: (database: FilledDatabase) => Promise<void>;
}

/** The database that is being migrated, inside the transaction. */
export interface FilledDatabase {
  readonly kind: DatabaseKind;
  /** Places are `?` in SQLite and `$1` in PostgreSQL. */
  run<Row extends object>(
    statement: string,
    parameters: readonly (string | number)[],
  ): Promise<readonly Row[]>;
}
