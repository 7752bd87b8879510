import type { LocalDate } from '../orders/time.js';
import type { DocumentConfig } from './resolve-documents.js';
import type { StatusRulesConfig } from './resolve-statuses.js';
import type { FileConfig, LOG_LEVELS } from './schema.js';

/** What the owner decided, checked and complete: every path absolute, every default filled in. */
export interface Config {
  /** Absolute path of the file it was read from. */
  readonly file: string;
  /** IANA name. */
  readonly timezone: string;
  /** Absolute path of a SQLite file, or an address `postgres://…`. May carry a password. */
  readonly database: string;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly shops: readonly ShopConfig[];
  /** Five cron fields, in `timezone`. */
  readonly poll: string;
  readonly batch: {
    /** Time of day in `timezone`, as `03:30`. */
    readonly at: string;
    readonly lookBackDays: number;
  };
  readonly seller: SellerConfig;
  readonly documents: DocumentConfig;
  readonly books: readonly BooksConfig[];
}

export interface ShopConfig {
  readonly id: string;
  /** Without a slash at its end. */
  readonly url: string;
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly since: LocalDate;
  readonly statuses: StatusRulesConfig;
  /** Absent: Basic, and the query string where the shop does not see it. */
  readonly auth?: 'basic' | 'query';
  readonly allowPlainHttp: boolean;
  readonly timeoutSeconds: number;
  readonly concurrency: number;
  /** Absent: no limit. */
  readonly requestsPerSecond?: number;
  /** Ids of the books that get this shop's documents. */
  readonly books: readonly string[];
}

/** Who sells, with the fields of a party on a document; empty where the owner named none. */
interface SellerConfig {
  readonly name: string;
  readonly company: string;
  readonly vatNumber: string;
  readonly street: string;
  readonly street2: string;
  readonly postcode: string;
  readonly city: string;
  readonly state: string;
  readonly country: string;
  readonly email: string;
}

/** `folder` is absolute. */
export type BooksConfig = FileConfig['books'][number];
