import type { Migrated, OpenOptions } from '../open-options.js';
import { currentVersion, ensureCurrent, requireKnown } from '../schema-state.js';
import type { Store } from '../store.js';
import { poolOf } from './pool.js';
import { postgresStore } from './postgres-store.js';
import { postgresTarget } from './schema-target.js';

/** Opens a PostgreSQL database; makes the tables where its schema is empty. */
export async function openPostgres(options: OpenOptions): Promise<Store> {
  const { pool, label } = poolOf(options.database);
  try {
    await ensureCurrent(postgresTarget(pool, label), options.migrations, options.whenEmpty);
    return postgresStore(pool, label, options.waiting);
  } catch (error) {
    await pool.end();
    throw error;
  }
}

/** Brings a database to the current version, one transaction a step. A copy is the server's affair. */
export async function migratePostgres(options: OpenOptions): Promise<Migrated> {
  const { pool, label } = poolOf(options.database);
  try {
    const target = postgresTarget(pool, label);
    const to = currentVersion(options.migrations);
    const from = requireKnown(await target.inspect(), to, label);
    if (from === to) return { from, to };
    for (const migration of options.migrations) await target.apply([migration]);
    return { from, to };
  } finally {
    await pool.end();
  }
}
