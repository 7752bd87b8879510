import type { Instant } from '../orders/time.js';

export interface StoredSession {
  /** SHA-256 of the cookie. */
  readonly hash: string;
  /** Of the user, or `token:…`. */
  readonly name: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}

/** What somebody asked for on the page or over the API. */
export interface NewAuditEntry {
  readonly at: Instant;
  readonly who: string;
  readonly role: string;
  /** Where the request came from. */
  readonly address: string;
  /** `order.forward`, `posting.send-again`, `login`, … */
  readonly action: string;
  /** `main/1042`, a document's key and books, …; empty where the action has none. */
  readonly target: string;
  readonly detail: string;
}

export interface AuditEntry extends NewAuditEntry {
  readonly id: number;
}

export interface AuditFilter {
  readonly target?: string;
  /** Only entries with a smaller id: for the next page. */
  readonly before?: number;
}
