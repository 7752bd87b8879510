import { instantOf } from '../../orders/time.js';
import type { Migrated, OpenOptions } from '../open-options.js';
import { currentVersion, requireKnown } from '../schema-state.js';
import type { SqliteConnection } from './connection.js';
import { storeErrorOfSqlite } from './errors.js';
import { configure, openConnection } from './open-connection.js';
import { sqliteTarget } from './schema-target.js';

/** Brings a file to the current version, one transaction a step, after copying it aside. */
export async function migrateSqlite(options: OpenOptions): Promise<Migrated> {
  const { database, waiting, whenEmpty, migrations } = options;
  const connection = await openConnection({ database, waiting, whenEmpty });
  try {
    const target = sqliteTarget(connection);
    const to = currentVersion(migrations);
    const from = requireKnown(await target.inspect(), to, target.label);
    if (from === to) return { from, to };
    const copy = from === 0 ? undefined : await copyAside(connection, from, options.clock.now());
    await configure(connection, 'writer');
    for (const migration of migrations) await target.apply([migration]);
    return { from, to, ...(copy === undefined ? {} : { copy }) };
  } finally {
    connection.close();
  }
}

/** Beside the file, named after its version and the time: `orderpark.db.v1-20261120T145159Z`. */
async function copyAside(connection: SqliteConnection, version: number, nowMs: number) {
  const time = `${instantOf(nowMs).slice(0, 19).replace(/[-:]/g, '')}Z`;
  const copy = `${connection.path}.v${version}-${time}`;
  try {
    await connection.native.backup(copy);
  } catch (error) {
    throw storeErrorOfSqlite(error, copy);
  }
  return copy;
}
