import {
  type CompiledQuery,
  type DatabaseConnection,
  Kysely,
  PostgresDialect,
  PostgresDriver,
  type QueryResult,
} from 'kysely';
import type pg from 'pg';
import type { Tables } from '../tables.js';
import { storeErrorOfPostgres } from './errors.js';

/** Kysely over a pool, with errors named after what must happen next. */
export function kyselyOverPool(pool: pg.Pool, label: string): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new NamingDialect(pool, label) });
}

class NamingDialect extends PostgresDialect {
  constructor(
    private readonly pool: pg.Pool,
    private readonly label: string,
  ) {
    super({ pool });
  }
  override createDriver(): PostgresDriver {
    return new NamingDriver(this.pool, this.label);
  }
}

class NamingDriver extends PostgresDriver {
  constructor(
    pool: pg.Pool,
    private readonly label: string,
  ) {
    super({ pool });
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    try {
      return new NamingConnection(await super.acquireConnection(), this.label);
    } catch (error) {
      throw storeErrorOfPostgres(error, this.label);
    }
  }

  /** A failed statement spoils the transaction, and PostgreSQL would answer its commit with a silent rollback. */
  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    if (connection instanceof NamingConnection && connection.failure !== undefined) {
      throw connection.failure;
    }
    return super.commitTransaction(connection);
  }

  override async releaseConnection(connection: DatabaseConnection): Promise<void> {
    const inner = connection instanceof NamingConnection ? connection.inner : connection;
    // Kysely types its own connections more narrowly than it hands them out.
    return super.releaseConnection(inner as Parameters<PostgresDriver['releaseConnection']>[0]);
  }
}

/** Lives from one acquire to its release. */
class NamingConnection implements DatabaseConnection {
  failure: unknown;
  constructor(
    readonly inner: DatabaseConnection,
    private readonly label: string,
  ) {}

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      return await this.inner.executeQuery<R>(query);
    } catch (error) {
      const named = storeErrorOfPostgres(error, this.label);
      this.failure ??= named;
      throw named;
    }
  }

  /** Every list is paged, so nothing is streamed. */
  streamQuery(): AsyncIterableIterator<never> {
    throw new Error('streaming is not supported');
  }
}
