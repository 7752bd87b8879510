import { MIGRATIONS } from './migrations/index.js';
import type { Migrated, OpenOptions, StoreOptions } from './open-options.js';
import { migratePostgres, openPostgres } from './postgres/open-postgres.js';
import { migrateSqlite } from './sqlite/migrate-sqlite.js';
import { openSqlite } from './sqlite/open-sqlite.js';
import type { Store } from './store.js';

const BUSY_TIMEOUT_MS = 30_000;

/**
 * Opens the store. A new or empty database is made; one of another version, or of another program,
 * is refused with a StoreError, untouched.
 */
export function openStore(options: StoreOptions): Promise<Store> {
  const complete = completed(options);
  return isPostgres(options.database) ? openPostgres(complete) : openSqlite(complete);
}

/** Brings a database to this orderpark's version. Throws StoreError where it is foreign or newer. */
export function migrateDatabase(options: StoreOptions): Promise<Migrated> {
  const complete = completed(options);
  return isPostgres(options.database) ? migratePostgres(complete) : migrateSqlite(complete);
}

function isPostgres(database: string): boolean {
  return /^postgres(ql)?:\/\//.test(database);
}

function completed(options: StoreOptions): OpenOptions {
  const { database, clock, whenEmpty = 'create', migrations = MIGRATIONS } = options;
  const { busyTimeoutMs: timeoutMs = BUSY_TIMEOUT_MS, random = Math.random } = options;
  return { database, clock, whenEmpty, migrations, waiting: { random, timeoutMs } };
}
