import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import type { Waiting } from '../waiting.js';
import { storeErrorOfSqlite } from './errors.js';
import type { NativeDatabase, NativeStatement } from './native.js';
import { whenNotBusy } from './when-not-busy.js';

const CACHED_STATEMENTS = 200;

/** One SQLite connection with its prepared statements, as Kysely talks to it. */
export class SqliteConnection implements DatabaseConnection {
  /** In order of use, oldest first. */
  readonly #statements = new Map<string, NativeStatement>();

  constructor(
    readonly native: NativeDatabase,
    readonly path: string,
    readonly waiting: Waiting,
  ) {}

  /** What first failed since it was cleared. */
  failure: unknown;

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      const statement = this.#prepare(query.sql);
      return await whenNotBusy(() => run<R>(statement, query.parameters), this.waiting);
    } catch (error) {
      const named = storeErrorOfSqlite(error, this.path);
      this.failure ??= named;
      throw named;
    }
  }

  /** Runs statements that give no rows; waits while the database is locked. */
  async execute(sql: string): Promise<void> {
    try {
      await whenNotBusy(() => this.native.exec(sql), this.waiting);
    } catch (error) {
      throw storeErrorOfSqlite(error, this.path);
    }
  }

  /** Every list is paged, so nothing is streamed. */
  streamQuery(): AsyncIterableIterator<never> {
    throw new Error('streaming is not supported');
  }

  close(): void {
    this.#statements.clear();
    this.native.close();
  }

  #prepare(sql: string): NativeStatement {
    const known = this.#statements.get(sql);
    const statement = known ?? this.native.prepare(sql);
    this.#statements.delete(sql);
    this.#statements.set(sql, statement);
    if (this.#statements.size > CACHED_STATEMENTS) {
      const [oldest] = this.#statements.keys();
      if (oldest !== undefined) this.#statements.delete(oldest);
    }
    return statement;
  }
}

function run<R>(statement: NativeStatement, parameters: readonly unknown[]): QueryResult<R> {
  if (statement.reader) return { rows: statement.all(parameters) as R[] };
  const { changes, lastInsertRowid } = statement.run(parameters);
  return {
    rows: [],
    numAffectedRows: BigInt(changes),
    insertId: BigInt(lastInsertRowid),
  };
}
