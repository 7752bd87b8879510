import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { missing } from '../schema-state.js';
import { messageOf, StoreError } from '../store-error.js';
import type { Waiting } from '../waiting.js';
import { SqliteConnection } from './connection.js';
import { storeErrorOfSqlite } from './errors.js';
import { loadSqlite } from './native.js';

export interface OpenConnection {
  readonly database: string;
  readonly waiting: Waiting;
  readonly whenEmpty: 'create' | 'refuse';
}

/** Kilobytes of pages kept in memory. More was not faster: the system keeps the file's pages too. */
const WRITER_CACHE_KB = 4_000;
const READER_CACHE_KB = 2_000;

/** Opens the file, made with its folder where that is allowed. Touches nothing in a foreign file. */
export async function openConnection(options: OpenConnection): Promise<SqliteConnection> {
  const path = resolve(options.database);
  if (!existsSync(path)) {
    if (options.whenEmpty === 'refuse') throw missing(path);
    makeFolder(dirname(path));
  }
  const Native = await loadSqlite();
  try {
    // SQLite's own waiting would stop the event loop; see wait.ts.
    return new SqliteConnection(new Native(path, { timeout: 0 }), path, options.waiting);
  } catch (error) {
    throw storeErrorOfSqlite(error, path);
  }
}

/** The settings of a connection to a file that is known to be ours. */
export async function configure(connection: SqliteConnection, role: 'writer' | 'reader') {
  const cacheKb = role === 'writer' ? WRITER_CACHE_KB : READER_CACHE_KB;
  // Every commit is on the disk before it counts: an order once seen is never lost.
  await connection.execute('pragma synchronous = full');
  await connection.execute('pragma foreign_keys = on');
  await connection.execute('pragma temp_store = memory');
  await connection.execute(`pragma cache_size = -${cacheKb}`);
  if (role === 'reader') await connection.execute('pragma query_only = on');
}

/** Readers do not wait for the writer, nor the writer for them. The setting stays in the file. */
export async function useWriteAheadLog(connection: SqliteConnection): Promise<void> {
  await connection.execute('pragma journal_mode = wal');
  // After a burst the log shrinks again.
  await connection.execute('pragma journal_size_limit = 67108864');
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new StoreError(
      'unavailable',
      `the folder ${folder} cannot be made: ${messageOf(error)}`,
      'make it, or point `database` in the config at another place',
      { cause: error },
    );
  }
}
