import type { Clock } from '../orders/time.js';
import type { Migration } from './migrations/migration.js';
import type { Waiting } from './waiting.js';

export interface StoreOptions {
  /** Path of an SQLite file, or a `postgres://` or `postgresql://` address. */
  readonly database: string;
  /** Names the copy that a migration makes. */
  readonly clock: Clock;
  /** What to do where there is no database yet, or an empty one. Default: `create`. */
  readonly whenEmpty?: 'create' | 'refuse';
  /** How long a database locked by another process is waited for. Default: 30,000. */
  readonly busyTimeoutMs?: number;
  /** From 0 up to 1; spreads the waiting of several processes. Default: Math.random. */
  readonly random?: () => number;
  /** Every version of the schema. Default: those of this orderpark. */
  readonly migrations?: readonly Migration[];
}

/** The same, complete. */
export interface OpenOptions {
  readonly database: string;
  readonly clock: Clock;
  readonly waiting: Waiting;
  readonly whenEmpty: 'create' | 'refuse';
  readonly migrations: readonly Migration[];
}

/** What a migration did. */
export interface Migrated {
  /** 0: there was nothing. */
  readonly from: number;
  readonly to: number;
  /** Where the SQLite file was copied before; absent where nothing was to do, and on PostgreSQL. */
  readonly copy?: string;
}
