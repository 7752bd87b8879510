import type { Document } from '../documents/document.js';
import type { Refund } from '../orders/order.js';
import type { OrderState, PostingState, Source } from '../orders/states.js';
import type { Instant, LocalDate } from '../orders/time.js';
import type { AuditEntry, AuditFilter, NewAuditEntry, StoredSession } from './access.js';
import type { StoredAlert } from './alert.js';
import type {
  BookedDay,
  DaySpan,
  FiguresQuery,
  OrderFigures,
  StateTotal,
  VatTotal,
} from './figures.js';
import type { IdempotencyKey, KeptAnswer } from './idempotency.js';
import type { NudgeFilter, RuleCount, TaxCount } from './lists.js';
import type { NewNudge, Nudge, NudgeBacklog, NudgeDelay, NudgeEnd } from './nudge.js';
import type { OutboundReads, OutboundWrites } from './outbound.js';
import type {
  ClaimedPosting,
  DuePostings,
  PostingClaim,
  PostingFilter,
  PostingMove,
  StoredPosting,
} from './posting.js';
import type { NewQuarantineEntry, QuarantineEntry, QuarantineFilter } from './quarantine.js';
import type { NewRun, RunEnd, RunFilter, StoredRun } from './run.js';

export type { AuditEntry } from './access.js';
export type { StoredAlert } from './alert.js';
export type {
  BookedDay,
  DaySpan,
  FiguresQuery,
  OrderFigures,
  StateTotal,
  VatTotal,
} from './figures.js';
export type { IdempotencyKey, KeptAnswer } from './idempotency.js';
export type { NudgeFilter, RuleCount, TaxCount } from './lists.js';
export type {
  NewNudge,
  Nudge,
  NudgeBacklog,
  NudgeDelay,
  NudgeEnd,
  NudgeOutcome,
} from './nudge.js';
export { isOrderPlace, orderPlaceOf } from './order-place.js';
export type * from './outbound.js';
export type {
  ClaimedPosting,
  DuePostings,
  PostingClaim,
  PostingFilter,
  PostingMove,
  StoredPosting,
} from './posting.js';
export type { NewQuarantineEntry, QuarantineEntry, QuarantineFilter } from './quarantine.js';
export type { NewRun, RunEnd, RunFilter, RunKind, StoredRun } from './run.js';

/**
 * Everything orderpark remembers. SQLite and PostgreSQL implement the same interface and pass the
 * same conformance suite (`tests/conformance/store.ts`).
 */
export interface Store extends StoreReads {
  readonly kind: 'sqlite' | 'postgres';
  /**
   * Runs `work` in one write transaction; commits when it resolves, rolls back when it throws.
   * On SQLite the transaction is IMMEDIATE; a busy database is waited for without blocking the loop.
   * No network call belongs in `work` (rule 9).
   */
  transaction<T>(work: (tx: StoreTransaction) => Promise<T>): Promise<T>;

  /**
   * Takes a named claim for `ttlMs`. It is free when nobody has it, when it ran out, when `holder`
   * has it already, or when `isDead` says so of the one who has it.
   */
  acquireClaim(request: ClaimRequest): Promise<ClaimAnswer>;
  /** False where the claim was lost meanwhile. */
  renewClaim(name: string, holder: string, expiresAt: Instant, now: Instant): Promise<boolean>;
  releaseClaim(name: string, holder: string): Promise<void>;

  /** Integrity of the database file or connection; empty where all is well. */
  integrityProblems(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Reads; each is one statement or a small consistent set. Lists are keyset-paged. */
export interface StoreReads extends OutboundReads {
  order(shop: string, id: number): Promise<StoredOrder | undefined>;
  orders(shop: string, ids: readonly number[]): Promise<readonly StoredOrder[]>;
  /** By id, by the customer's order number, in any shop. */
  findOrders(text: string): Promise<readonly StoredOrder[]>;
  /** Sorted by something else than creation, a filter of `changed`, `from` or `to` steps over the rest. */
  listOrders(filter: OrderFilter, page: OrderPage): Promise<readonly StoredOrder[]>;
  /** Those that have a word beginning with each of the words of the text, of up to 500 that match the longest. */
  searchOrders(text: string, filter: OrderFilter, page: OrderPage): Promise<FoundOrders>;
  /** How many orders the filter finds, counted up to `most`: what a page shows of a long list. */
  countOrders(filter: OrderFilter, most: number): Promise<number>;
  /** Order ids of one state, ascending, after `afterId`: what the batch walks. */
  orderIds(query: OrderIdsQuery): Promise<readonly number[]>;
  rawOrder(shop: string, id: number): Promise<string | undefined>;
  history(shop: string, orderId: number): Promise<readonly HistoryEntry[]>;
  refundsOf(shop: string, orderId: number): Promise<readonly StoredRefund[]>;

  document(key: string): Promise<StoredDocument | undefined>;
  documentsByNumber(number: string): Promise<readonly StoredDocument[]>;
  /** Those of the numbers that a document of the shop has, of whatever kind. */
  takenNumbers(shop: string, numbers: readonly string[]): Promise<readonly string[]>;
  documentsOf(shop: string, orderId: number): Promise<readonly StoredDocument[]>;
  listDocuments(filter: DocumentFilter, page: KeysetPage): Promise<readonly StoredDocument[]>;
  /** What was booked in these books on each day, per currency; days without any left out. */
  bookedPerDay(books: string, days: readonly DaySpan[]): Promise<readonly BookedDay[]>;
  /** Newest first. */
  listPostings(filter: PostingFilter, limit: number): Promise<readonly StoredPosting[]>;
  postingsOf(documentKeys: readonly string[]): Promise<readonly StoredPosting[]>;
  /** How many postings of a books are in each state; kept, and not counted. */
  postingCounts(books: string): Promise<Readonly<Record<PostingState, number>>>;
  /**
   * The earliest moment at which a queued, retrying or uncertain posting of the books is due; of
   * those queued at or before `queuedBy`, where that is given.
   */
  nextPostingDue(books: string, queuedBy?: Instant): Promise<Instant | undefined>;

  /** Up to `limit` of them, oldest first, as they are. */
  duePostings(query: DuePostings): Promise<readonly ClaimedPosting[]>;

  /** Nudges not done yet that are due by `now`, oldest first. */
  dueNudges(shop: string, now: Instant, limit: number): Promise<readonly Nudge[]>;
  /** Nudges not done yet: how many, since when, and when the next is due. */
  nudgeBacklog(shop: string): Promise<NudgeBacklog>;
  /** What webhooks told of one order, newest first. */
  nudgesOf(shop: string, orderId: number, limit: number): Promise<readonly Nudge[]>;
  /** Nudges that were acted on, the newest first. */
  doneNudges(shop: string, limit: number): Promise<readonly Nudge[]>;
  /** All that webhooks told, done or not, the newest first. */
  nudges(filter: NudgeFilter, limit: number): Promise<readonly Nudge[]>;
  /** When a webhook of the shop last brought something that could be used. */
  lastNudgeAt(shop: string): Promise<Instant | undefined>;
  /** Alerts that are raised, and those whose all-clear has not been told yet. */
  openAlerts(): Promise<readonly StoredAlert[]>;

  cursor(shop: string, name: string): Promise<string | undefined>;
  quarantine(filter: QuarantineFilter): Promise<readonly QuarantineEntry[]>;
  /** Newest first. */
  runs(filter: RunFilter, limit: number): Promise<readonly StoredRun[]>;
  run(id: number): Promise<StoredRun | undefined>;
  claims(): Promise<readonly StoredClaim[]>;
  /** Another text once an order, a posting of these books or a run has moved. */
  marker(books: readonly string[]): Promise<string>;
  /** A session of the page, by the hash of its cookie. */
  session(hash: string): Promise<StoredSession | undefined>;
  /** Who did what, the newest first. */
  audit(filter: AuditFilter, limit: number): Promise<readonly AuditEntry[]>;
  latestStatement(shop: string): Promise<StoredStatement | undefined>;

  /** Count and gross per order state and currency, of all orders of the shop; kept, and not counted. */
  allTotals(shop: string): Promise<readonly StateTotal[]>;
  /** Count and gross per order state and currency, by creation date in `[from, to)`. */
  stateTotals(shop: string, from: Instant, to: Instant): Promise<readonly StateTotal[]>;
  /** Ids, states and money by creation date in `[from, to)`, ascending by id, after `afterId`. */
  orderFigures(query: FiguresQuery): Promise<readonly OrderFigures[]>;
  /** What decided the orders created since, by shop and rule. */
  ruleCounts(since: Instant): Promise<readonly RuleCount[]>;
  /** Documents of the shop dated since, by VAT treatment. */
  taxCounts(shop: string, since: LocalDate): Promise<readonly TaxCount[]>;
  /** Net and tax per VAT rate of the documents dated in `[from, to]`, invoices less credit notes. */
  vatTotals(shop: string, from: LocalDate, to: LocalDate): Promise<readonly VatTotal[]>;
}

/** Writes; only inside a transaction. Reads inside it see its own writes. */
export interface StoreTransaction extends StoreReads, OutboundWrites {
  /** Inserts or replaces whole rows. The caller has compared with what it read in this transaction. */
  putOrders(orders: readonly StoredOrder[]): Promise<void>;
  /** The raw last observation of each. */
  putRaw(rows: readonly { shop: string; id: number; raw: string }[]): Promise<void>;
  addHistory(entries: readonly NewHistoryEntry[]): Promise<void>;
  putRefunds(refunds: readonly StoredRefund[]): Promise<void>;
  /** Fails on a key or a (shop, kind, number) that exists. */
  addDocuments(documents: readonly NewDocument[]): Promise<void>;
  /** Queues one posting for each document and books; those that exist are left alone. */
  addPostings(
    postings: readonly { documentKey: string; books: string; at: Instant }[],
  ): Promise<void>;
  /**
   * Claims what `duePostings` answers as `sending`, each with its attempt raised by one; rows that
   * another process claims meanwhile are skipped.
   */
  claimPostings(request: PostingClaim): Promise<readonly ClaimedPosting[]>;
  /** Postings of a books that are `sending`: for those whose process died. */
  sendingPostings(books: string): Promise<readonly StoredPosting[]>;
  /** Uncertain postings due for a look-up. */
  uncertainPostings(books: string, now: Instant, limit: number): Promise<readonly ClaimedPosting[]>;
  /** Moves a posting on; false where it is no longer in `from` with that attempt. */
  movePosting(move: PostingMove): Promise<boolean>;

  addNudges(nudges: readonly NewNudge[]): Promise<void>;
  /** They were acted on; those that are done already are left alone. */
  finishNudges(ids: readonly number[], end: NudgeEnd): Promise<void>;
  /** They cannot be acted on yet; those that are done already are left alone. */
  postponeNudges(ids: readonly number[], delay: NudgeDelay): Promise<void>;
  /** Takes away nudges that were done before; answers how many. */
  forgetNudges(doneBefore: Instant): Promise<number>;
  /** Inserts or replaces by key. */
  putAlert(alert: StoredAlert): Promise<void>;
  /** An alert whose all-clear was told. */
  removeAlert(key: string): Promise<void>;

  setCursor(shop: string, name: string, value: string, now: Instant): Promise<void>;
  /** An open entry of the same shop, order and reason is kept once (its time moves on). */
  addQuarantine(entry: NewQuarantineEntry): Promise<void>;
  /** Closes the open entries of an order that could be read again. */
  resolveQuarantine(shop: string, orderIds: readonly number[], now: Instant): Promise<void>;
  /** Closes entries by their own ids; those that are closed already are left alone. */
  closeQuarantine(ids: readonly number[], now: Instant): Promise<void>;
  /** The next number of a gapless sequence, from 1; rolled back with the transaction. */
  nextInSequence(name: string): Promise<number>;
  addRun(run: NewRun): Promise<number>;
  finishRun(id: number, end: RunEnd): Promise<void>;
  addStatement(statement: StoredStatement): Promise<void>;
  addSession(session: StoredSession): Promise<void>;
  removeSession(hash: string): Promise<void>;
  /** Those that were over by then. */
  forgetSessions(over: Instant): Promise<void>;
  addAudit(entry: NewAuditEntry): Promise<void>;
  /** Takes a key for an action; where it is taken already, answers what is kept under it. */
  takeIdempotencyKey(
    taken: Omit<KeptAnswer, 'answer'>,
    now: Instant,
  ): Promise<KeptAnswer | undefined>;
  keepAnswer(key: IdempotencyKey, answer: string, expiresAt: Instant): Promise<void>;
  /** Nothing was done under it. */
  freeIdempotencyKey(key: IdempotencyKey): Promise<void>;
}

export interface StoredOrder {
  readonly shop: string;
  readonly id: number;
  readonly number: string;
  readonly status: string;
  readonly currency: string;
  readonly minorUnits: number;
  readonly grossMinor: number;
  readonly taxMinor: number;
  readonly customer: string;
  readonly createdAt: Instant;
  readonly modifiedAt: Instant;
  /** Of the accepted observation. */
  readonly contentHash: string;
  readonly readAt: Instant;
  readonly source: Source;
  readonly state: OrderState;
  readonly stateSince: Instant;
  readonly reason: string;
  readonly rule: string;
  readonly ruleLine: number | null;
  /** When it stops being rechecked; only while parked. */
  readonly expiresAt: Instant | null;
  /** A person's decision, which stands above the rules until it is lifted. */
  readonly decision: 'forward' | 'ignore' | null;
  /** What the shop changed after booking; empty where nothing. */
  readonly changes: readonly Difference[];
  /** What it can be looked for by: see `searchWords`. */
  readonly words: readonly string[];
}

/** One field that differs from what was booked. */
export interface Difference {
  readonly field: string;
  readonly booked: string;
  readonly now: string;
}

export interface HistoryEntry {
  readonly id: number;
  readonly shop: string;
  readonly orderId: number;
  readonly at: Instant;
  /** `null` for the first entry. */
  readonly from: OrderState | null;
  readonly to: OrderState;
  readonly status: string;
  readonly reason: string;
  readonly rule: string;
  readonly source: Source;
  /** Hash of the observation that caused it. */
  readonly contentHash: string;
}
export type NewHistoryEntry = Omit<HistoryEntry, 'id'>;

export interface StoredRefund {
  readonly refund: Refund;
  /** `waiting` the order has no invoice yet; `deleted` the shop no longer has it. */
  readonly state: 'waiting' | 'credited' | 'blocked' | 'deleted';
  readonly reason: string;
  readonly documentKey: string | null;
  readonly seenAt: Instant;
}

export interface NewDocument {
  readonly document: Document;
  readonly issuedAt: Instant;
  /** The order (JSON, normalised) that it was made from: what later changes are compared with. */
  readonly basis: string;
  /** Hash of that order. */
  readonly contentHash: string;
}
export interface StoredDocument extends NewDocument {
  readonly sequence: number;
}

export interface KeysetPage {
  readonly limit: number;
  /** The last row of the page before. */
  readonly after?: { readonly at: Instant; readonly id: string };
}

/** What a list of orders can be sorted by; `expires`: only those that expire, `amount`: by currency first. */
export type OrderSort = 'created' | 'since' | 'expires' | 'amount' | 'number';

/** A page of a list of orders: `after.at` is the value sorted by, as `orderPlaceOf` tells it. */
export interface OrderPage extends KeysetPage {
  /** Creation unless told. */
  readonly sort?: OrderSort;
  /** The smallest first. */
  readonly ascending?: boolean;
}

export interface FoundOrders {
  readonly orders: readonly StoredOrder[];
  /** More orders match than are looked through. */
  readonly isCut: boolean;
}

export interface OrderFilter {
  readonly shop?: string;
  readonly states?: readonly OrderState[];
  readonly status?: string;
  readonly changed?: boolean;
  /** By creation date, `[from, to)`. */
  readonly from?: Instant;
  readonly to?: Instant;
}

/** Which orders a leg is to look at; `since` bounds by creation, modification or state change, whichever is latest. */
export interface OrderIdsQuery {
  readonly shop: string;
  readonly states: readonly OrderState[];
  readonly since?: Instant;
  /** Only parked orders that expire at or before this. */
  readonly expiringBy?: Instant;
  readonly afterId: number;
  readonly limit: number;
}

export interface DocumentFilter {
  readonly shop?: string;
  readonly kind?: Document['kind'];
  readonly from?: LocalDate;
  readonly to?: LocalDate;
}

export interface ClaimRequest {
  readonly name: string;
  readonly holder: string;
  readonly now: Instant;
  readonly expiresAt: Instant;
  readonly isDead?: (holder: string) => boolean;
}
export type ClaimAnswer =
  | { readonly taken: true }
  | { readonly taken: false; readonly holder: string; readonly since: Instant };
export interface StoredClaim {
  readonly name: string;
  readonly holder: string;
  readonly since: Instant;
  readonly expiresAt: Instant;
}

export interface StoredStatement {
  readonly shop: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly madeAt: Instant;
  /** The statement as printed, JSON. */
  readonly body: string;
}
