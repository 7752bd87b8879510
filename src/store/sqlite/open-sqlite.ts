import type { OpenOptions } from '../open-options.js';
import { ensureCurrent } from '../schema-state.js';
import type { Store } from '../store.js';
import { configure, openConnection, useWriteAheadLog } from './open-connection.js';
import { sqliteTarget } from './schema-target.js';
import { sqliteStore } from './sqlite-store.js';

/** Opens an SQLite file; makes it where it is not there. */
export async function openSqlite(options: OpenOptions): Promise<Store> {
  const { database, waiting, whenEmpty, migrations } = options;
  const writer = await openConnection({ database, waiting, whenEmpty });
  try {
    await ensureCurrent(sqliteTarget(writer), migrations, whenEmpty);
    await useWriteAheadLog(writer);
    await configure(writer, 'writer');
    const reader = await openConnection({ database, waiting, whenEmpty: 'refuse' });
    await configure(reader, 'reader');
    return sqliteStore(writer, reader);
  } catch (error) {
    writer.close();
    throw error;
  }
}
