import type { LocalDate } from '../orders/time.js';
import type { ResolvedBooks } from './resolve-books.js';
import type { DocumentConfig } from './resolve-documents.js';
import type { SellerConfig } from './resolve-seller.js';
import type { StatusRulesConfig } from './resolve-statuses.js';
import type { LOG_LEVELS } from './schema.js';

/** What the owner decided, checked and complete: every path absolute, every default filled in. */
export interface Config {
  /** Absolute path of the file it was read from. */
  readonly file: string;
  /** IANA name. */
  readonly timezone: string;
  /** Absolute path of a SQLite file, or an address `postgres://…`. May carry a password. */
  readonly database: string;
  /** Absent: a file beside the SQLite database has it. */
  readonly secretKey?: string;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly shops: readonly ShopConfig[];
  /** Five cron fields, in `timezone`. */
  readonly poll: string;
  readonly batch: {
    /** Time of day in `timezone`, as `03:30`. */
    readonly at: string;
    readonly lookBackDays: number;
  };
  readonly server: ServerConfig;
  readonly alerts: AlertsConfig;
  readonly outbound: OutboundConfig;
  readonly seller: SellerConfig;
  readonly documents: DocumentConfig;
  readonly books: readonly ResolvedBooks[];
}

export interface ShopConfig {
  readonly id: string;
  /** Without a slash at its end. */
  readonly url: string;
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly since: LocalDate;
  readonly statuses: StatusRulesConfig;
  /** Absent: the shop is polled only. */
  readonly webhook?: WebhookConfig;
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

/** How a shop tells of its changes at once. */
export interface WebhookConfig {
  /** One, or two while it changes; the first is the one that our own webhooks get. */
  readonly secrets: readonly string[];
  /** Public address under which the shop reaches our server, without a slash at its end. */
  readonly url?: string;
  /** Whether `run` makes and repairs the webhooks in the shop. */
  readonly register: boolean;
  /** Further shared secret, of delivery URLs as webwinkelfacturen.nl gives them. */
  readonly licenseKey?: string;
  /** Orders made longer ago, and not known yet, are left to the polls. */
  readonly maxAgeDays: number;
}

export interface ServerConfig {
  readonly enabled: boolean;
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Proxies before the server: how many, or their addresses and ranges. */
  readonly trustProxy: number | readonly string[];
  /** What `/readyz` and `/metrics` ask of other machines; absent: they answer this one alone. */
  readonly token?: string;
}

export interface AlertsConfig {
  readonly mail?: {
    /** `smtp://` or `smtps://`; may carry a password. */
    readonly smtp: string;
    readonly from: string;
    readonly to: readonly string[];
  };
  readonly webhook?: {
    /** May carry a key in its query. */
    readonly url: string;
    /** Signs by the Standard Webhooks scheme. */
    readonly secret?: string;
  };
  readonly remindHours: number;
}

/** Outbound webhooks. */
interface OutboundConfig {
  /** Host names, addresses and ranges that are allowed besides the public internet. */
  readonly allow: readonly string[];
}
