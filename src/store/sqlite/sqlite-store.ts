import PQueue from 'p-queue';
import { acquireClaim, releaseClaim, renewClaim } from '../sql/claims.js';
import type { Sql } from '../sql/database.js';
import { readsOn } from '../sql/reads.js';
import { transactionOn } from '../sql/writes.js';
import type { Store } from '../store.js';
import type { SqliteConnection } from './connection.js';
import { kyselyOver } from './dialect.js';
import { storeErrorOfSqlite } from './errors.js';

/** The store over two connections to one file: one for transactions, one for all other reads. */
export function sqliteStore(writer: SqliteConnection, reader: SqliteConnection): Store {
  const writing: Sql = { kind: 'sqlite', db: kyselyOver(writer) };
  const reading: Sql = { kind: 'sqlite', db: kyselyOver(reader) };
  // SQLite has one writer at a time; ours take turns here instead of at the file's lock.
  const turns = new PQueue({ concurrency: 1 });
  const inTransaction = <T>(work: () => Promise<T>): Promise<T> =>
    turns.add(() => runTransaction(writer, work));
  return {
    kind: 'sqlite',
    ...readsOn(reading),
    transaction: (work) => inTransaction(() => work(transactionOn(writing))),
    acquireClaim: (request) => inTransaction(() => acquireClaim(writing, request)),
    renewClaim: (name, holder, expiresAt) =>
      inTransaction(() => renewClaim(writing, name, holder, expiresAt)),
    releaseClaim: (name, holder) => inTransaction(() => releaseClaim(writing, name, holder)),
    integrityProblems: async () => integrityProblems(reader),
    close: async () => {
      await turns.onIdle();
      await reading.db.destroy();
      await writing.db.destroy();
      // Kysely destroys only what it has used.
      reader.close();
      writer.close();
    },
  };
}

async function runTransaction<T>(writer: SqliteConnection, work: () => Promise<T>): Promise<T> {
  await writer.execute('begin immediate');
  writer.failure = undefined;
  try {
    const result = await work();
    // PostgreSQL commits nothing after a statement failed, caught or not; so neither do we.
    if (writer.failure !== undefined) throw writer.failure;
    await writer.execute('commit');
    return result;
  } catch (error) {
    if (writer.native.inTransaction) await writer.execute('rollback');
    throw error;
  }
}

function integrityProblems({ native, path }: SqliteConnection): readonly string[] {
  try {
    const pages = native.pragma('integrity_check') as { integrity_check: string }[];
    const keys = native.pragma('foreign_key_check') as { table: string; parent: string }[];
    return [
      ...pages.map((row) => row.integrity_check).filter((text) => text !== 'ok'),
      ...keys.map((row) => `a row of ${row.table} names a row of ${row.parent} that is not there`),
    ];
  } catch (error) {
    const named = storeErrorOfSqlite(error, path);
    if (named instanceof Error) return [named.message];
    throw named;
  }
}
