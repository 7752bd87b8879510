import {
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Tables } from '../tables.js';
import type { SqliteConnection } from './connection.js';

/** A Kysely over one connection. Whoever holds it sees to the order of transactions. */
export function kyselyOver(connection: SqliteConnection): Kysely<Tables> {
  const dialect: Dialect = {
    createDriver: () => new OneConnectionDriver(connection),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
  return new Kysely<Tables>({ dialect });
}

/** Hands out the same connection to everyone; transactions are made in sqlite-store.ts. */
class OneConnectionDriver implements Driver {
  constructor(private readonly connection: SqliteConnection) {}
  async init(): Promise<void> {}
  async acquireConnection(): Promise<DatabaseConnection> {
    return this.connection;
  }
  async releaseConnection(): Promise<void> {}
  async beginTransaction(): Promise<void> {
    throw new Error('use Store.transaction');
  }
  async commitTransaction(): Promise<void> {
    throw new Error('use Store.transaction');
  }
  async rollbackTransaction(): Promise<void> {
    throw new Error('use Store.transaction');
  }
  async destroy(): Promise<void> {
    this.connection.close();
  }
}
