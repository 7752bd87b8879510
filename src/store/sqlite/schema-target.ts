import { CompiledQuery } from 'kysely';
import type { Migration } from '../migrations/migration.js';
import { applyMissing, type SchemaState, type SchemaTarget } from '../schema-state.js';
import type { SqliteConnection } from './connection.js';
import { storeErrorOfSqlite } from './errors.js';
import { whenNotBusy } from './when-not-busy.js';

/** `ordp`: in the header of our files, so that `file` and other tools can tell them. */
const APPLICATION_ID = 0x6f726470;

export function sqliteTarget(connection: SqliteConnection): SchemaTarget {
  return {
    kind: 'sqlite',
    label: connection.path,
    inspect: () => inspect(connection),
    apply: (migrations) => apply(connection, migrations),
  };
}

async function inspect(connection: SqliteConnection): Promise<SchemaState> {
  try {
    return await whenNotBusy(() => inspectNow(connection), connection.waiting);
  } catch (error) {
    throw storeErrorOfSqlite(error, connection.path);
  }
}

function inspectNow({ native }: SqliteConnection): SchemaState {
  const application = native.pragma('application_id', { simple: true });
  const tables = native
    .prepare<[], string>(`select name from sqlite_master where type = 'table'`)
    .pluck()
    .all();
  if (application !== APPLICATION_ID) {
    if (application === 0 && tables.length === 0) return { kind: 'empty' };
    return { kind: 'foreign', detail: `it holds ${tables.slice(0, 3).join(', ') || 'other data'}` };
  }
  if (!tables.includes('orderpark_meta')) {
    return { kind: 'foreign', detail: 'its table orderpark_meta is missing' };
  }
  const version = native
    .prepare<[], string>(`select value from orderpark_meta where key = 'version'`)
    .pluck()
    .get();
  if (version === undefined || !/^\d+$/.test(version)) {
    return { kind: 'foreign', detail: 'it does not tell its version' };
  }
  return { kind: 'ours', version: Number(version) };
}

async function apply(
  connection: SqliteConnection,
  migrations: readonly Migration[],
): Promise<void> {
  await connection.execute('begin immediate');
  try {
    const state = inspectNow(connection);
    await connection.execute(`pragma application_id = ${APPLICATION_ID}`);
    await applyMissing(state, migrations, {
      kind: 'sqlite',
      run: async <Row extends object>(
        statement: string,
        parameters: readonly (string | number)[],
      ) => (await connection.executeQuery<Row>(CompiledQuery.raw(statement, [...parameters]))).rows,
    });
    await connection.execute('commit');
  } catch (error) {
    if (connection.native.inTransaction) await connection.execute('rollback');
    throw storeErrorOfSqlite(error, connection.path);
  }
}
