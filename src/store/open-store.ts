import { MIGRATIONS } from './migrations/index.js';
import type { Migrated, OpenOptions, StoreOptions } from './open-options.js';
import { migrateSqlite } from './sqlite/migrate-sqlite.js';
import { openSqlite } from './sqlite/open-sqlite.js';
import type { Store } from './store.js';

const BUSY_TIMEOUT_MS = 30_000;

/**
 * Opens the store. A new or empty database is made; one of another version, or of another program,
 * is refused with a StoreError, untouched.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const complete = completed(options);
  if (!isPostgres(options.database)) return openSqlite(complete);
  const { openPostgres } = await loadPostgres();
  return openPostgres(complete);
}

/** Brings a database to this orderpark's version. Throws StoreError where it is foreign or newer. */
export async function migrateDatabase(options: StoreOptions): Promise<Migrated> {
  const complete = completed(options);
  if (!isPostgres(options.database)) return migrateSqlite(complete);
  const { migratePostgres } = await loadPostgres();
  return migratePostgres(complete);
}

/** Only where it is used: its driver takes ten megabytes of memory, and a while to load. */
function loadPostgres() {
  return import('./postgres/open-postgres.js');
}

function isPostgres(database: string): boolean {
  return /^postgres(ql)?:\/\//.test(database);
}

function completed(options: StoreOptions): OpenOptions {
  const { database, clock, whenEmpty = 'create', migrations = MIGRATIONS } = options;
  const { busyTimeoutMs: timeoutMs = BUSY_TIMEOUT_MS, random = Math.random } = options;
  return { database, clock, whenEmpty, migrations, waiting: { random, timeoutMs } };
}
