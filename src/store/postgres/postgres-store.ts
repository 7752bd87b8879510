import { type Kysely, sql } from 'kysely';
import type pg from 'pg';
import { acquireClaim, releaseClaim, renewClaim } from '../sql/claims.js';
import type { Sql } from '../sql/database.js';
import { readsOn } from '../sql/reads.js';
import { transactionOn } from '../sql/writes.js';
import type { Store } from '../store.js';
import { StoreError } from '../store-error.js';
import type { Tables } from '../tables.js';
import { pauses, type Waiting } from '../waiting.js';
import { kyselyOverPool } from './dialect.js';

/** A key that exists may be another process's, committed meanwhile: the next run will see it. */
const RUNS_ON_CONFLICT = 3;

export function postgresStore(pool: pg.Pool, label: string, waiting: Waiting): Store {
  const db = kyselyOverPool(pool, label);
  const reading: Sql = { kind: 'postgres', db };
  const inTransaction = <T>(work: (at: Sql) => Promise<T>): Promise<T> =>
    repeated(() => once(db, work), waiting);
  return {
    kind: 'postgres',
    ...readsOn(reading),
    transaction: (work) => inTransaction((at) => work(transactionOn(at))),
    acquireClaim: (request) => inTransaction((at) => acquireClaim(at, request)),
    renewClaim: (name, holder, expiresAt) =>
      inTransaction((at) => renewClaim(at, name, holder, expiresAt)),
    releaseClaim: (name, holder) => inTransaction((at) => releaseClaim(at, name, holder)),
    integrityProblems: () => integrityProblems(db),
    close: async () => {
      await db.destroy();
      // Kysely ends the pool only where it has used it.
      if (!pool.ended) await pool.end();
    },
  };
}

/**
 * Repeatable read: what a transaction has read cannot be overwritten unseen, since PostgreSQL then
 * refuses the later writer, who starts again.
 */
function once<T>(db: Kysely<Tables>, work: (at: Sql) => Promise<T>): Promise<T> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute((trx) => work({ kind: 'postgres', db: trx }));
}

async function repeated<T>(run: () => Promise<T>, waiting: Waiting): Promise<T> {
  const pause = pauses(waiting);
  for (let runs = 1; ; runs += 1) {
    try {
      return await run();
    } catch (error) {
      if (!passes(error, runs) || !(await pause())) throw error;
    }
  }
}

function passes(error: unknown, runs: number): boolean {
  if (!(error instanceof StoreError)) return false;
  return error.kind === 'busy' || (error.kind === 'conflict' && runs < RUNS_ON_CONFLICT);
}

async function integrityProblems(db: Kysely<Tables>): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select indexrelid::regclass::text as name from pg_index
    join pg_class on pg_class.oid = indrelid
    where not indisvalid and relnamespace = current_schema()::regnamespace`.execute(db);
  return rows.map((row) => `the index ${row.name} is not valid`);
}
