import pg from 'pg';
import { StoreError } from '../store-error.js';
import { integersAsNumbers } from './integers.js';

/** Connections of one process at most. */
const POOL_SIZE = 10;
const CONNECT_TIMEOUT_MS = 10_000;

export interface LabelledPool {
  readonly pool: pg.Pool;
  /** `host:port/name`, without user and password. */
  readonly label: string;
}

export function poolOf(database: string): LabelledPool {
  const label = labelOf(database);
  const pool = new pg.Pool({
    connectionString: database,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'orderpark',
    types: integersAsNumbers,
  });
  // A connection that breaks between two statements is told by the next one, or replaced by the
  // pool where it was idle; without listeners it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return { pool, label };
}

function labelOf(database: string): string {
  let url: URL;
  try {
    url = new URL(database);
  } catch {
    // Node's own error holds the address with its password (rule 11).
    throw new StoreError(
      'unavailable',
      '`database` is not an address that can be read',
      'write it as postgres://user:password@host:5432/name, with special characters percent-encoded',
    );
  }
  return `${url.host || 'localhost'}${url.pathname}`;
}
