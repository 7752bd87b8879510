import type pg from 'pg';
import type { Migration } from '../migrations/migration.js';
import { applyMissing, type SchemaState, type SchemaTarget } from '../schema-state.js';
import { StoreError } from '../store-error.js';
import { storeErrorOfPostgres } from './errors.js';

/** Any number of ours: only one process changes the schema at a time. */
const SCHEMA_LOCK = 0x6f726470;

export function postgresTarget(pool: pg.Pool, label: string): SchemaTarget {
  const named = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw storeErrorOfPostgres(error, label);
    }
  };
  return {
    kind: 'postgres',
    label,
    inspect: () => named(() => inspect(pool, label)),
    apply: (migrations) => named(() => apply(pool, label, migrations)),
  };
}

type Queryable = Pick<pg.Pool | pg.PoolClient, 'query'>;

async function inspect(db: Queryable, label: string): Promise<SchemaState> {
  const { rows } = await db.query<{ schema: string | null; tables: string[] }>(
    `select current_schema() as schema, array(
       select tablename::text from pg_tables where schemaname = current_schema()
       order by tablename) as tables`,
  );
  const { schema, tables } = rows[0] ?? { schema: null, tables: [] };
  if (schema === null) {
    throw new StoreError(
      'unavailable',
      `${label}: the schema of the search path does not exist`,
      'make the schema, or leave the search path out of `database`',
    );
  }
  if (tables.length === 0) return { kind: 'empty' };
  if (!tables.includes('orderpark_meta')) {
    const some = tables.slice(0, 3).join(', ');
    return { kind: 'foreign', detail: `its schema ${schema} holds ${some}` };
  }
  const meta = await db.query<{ value: string }>(
    `select value from orderpark_meta where key = 'version'`,
  );
  const version = meta.rows[0]?.value;
  if (version === undefined || !/^\d+$/.test(version)) {
    return { kind: 'foreign', detail: 'it does not tell its version' };
  }
  return { kind: 'ours', version: Number(version) };
}

async function apply(
  pool: pg.Pool,
  label: string,
  migrations: readonly Migration[],
): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query(`select pg_advisory_xact_lock(${SCHEMA_LOCK})`);
    const state = await inspect(client, label);
    await applyMissing(state, migrations, {
      kind: 'postgres',
      run: async (statement, parameters) => (await client.query(statement, [...parameters])).rows,
    });
    await client.query('commit');
  } catch (error) {
    // The connection may be the very thing that failed; what failed first is what is told.
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
