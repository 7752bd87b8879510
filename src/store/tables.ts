import type { Generated } from 'kysely';
import type { DocumentKind, OrderState, PostingState, Source } from '../orders/states.js';
import type { Instant, LocalDate } from '../orders/time.js';
import type {
  DispatchState,
  NudgeOutcome,
  RunKind,
  StoredOrder,
  StoredRefund,
  StoredRun,
} from './store.js';

/** The tables as Kysely sees them; the same in SQLite and PostgreSQL. Times are ISO text. */
export interface Tables {
  orders: OrdersTable;
  order_words: OrderWordsTable;
  order_totals: OrderTotalsTable;
  posting_totals: PostingTotalsTable;
  order_raw: { shop: string; id: number; raw: string };
  history: HistoryTable;
  refunds: RefundsTable;
  documents: DocumentsTable;
  document_taxes: DocumentTaxesTable;
  postings: PostingsTable;
  cursors: { shop: string; name: string; value: string; updated_at: Instant };
  quarantine: QuarantineTable;
  sequences: { name: string; value: number };
  runs: RunsTable;
  claims: { name: string; holder: string; since: Instant; expires_at: Instant };
  statements: StatementsTable;
  orderpark_meta: { key: string; value: string };
  nudges: NudgesTable;
  alerts: AlertsTable;
  sessions: { hash: string; name: string; created_at: Instant; expires_at: Instant };
  audit: AuditTable;
  idempotency: {
    principal: string;
    key: string;
    request: string;
    answer: string | null;
    expires_at: Instant;
  };
  subscriptions: SubscriptionsTable;
  events: EventsTable;
  dispatches: DispatchesTable;
  attempts: AttemptsTable;
}

export interface OrdersTable {
  shop: string;
  id: number;
  number: string;
  status: string;
  currency: string;
  minor_units: number;
  gross_minor: number;
  tax_minor: number;
  customer: string;
  created_at: Instant;
  modified_at: Instant;
  content_hash: string;
  read_at: Instant;
  source: Source;
  state: OrderState;
  state_since: Instant;
  reason: string;
  rule: string;
  rule_line: number | null;
  expires_at: Instant | null;
  decision: StoredOrder['decision'];
  /** JSON list of differences. */
  changes: string;
  /** 1 where `changes` is not empty. */
  changed: number;
  /** The latest of creation, modification and state change. */
  active_at: Instant;
  /** JSON list. */
  words: string;
  /** The number with its length before it: what lists are sorted by. */
  number_key: Generated<string>;
}

interface OrderWordsTable {
  shop: string;
  state: OrderState;
  word: string;
  order_id: number;
}

interface OrderTotalsTable {
  shop: string;
  state: OrderState;
  currency: string;
  slot: number;
  rows: number;
  gross_minor: number;
}

interface PostingTotalsTable {
  books: string;
  state: PostingState;
  slot: number;
  rows: number;
}

interface HistoryTable {
  id: Generated<number>;
  shop: string;
  order_id: number;
  at: Instant;
  from_state: OrderState | null;
  to_state: OrderState;
  status: string;
  reason: string;
  rule: string;
  source: Source;
  content_hash: string;
}

interface RefundsTable {
  shop: string;
  id: number;
  order_id: number;
  state: StoredRefund['state'];
  reason: string;
  document_key: string | null;
  seen_at: Instant;
  /** The refund, JSON. */
  body: string;
}

interface DocumentsTable {
  sequence: Generated<number>;
  key: string;
  shop: string;
  order_id: number;
  kind: DocumentKind;
  number: string;
  date: LocalDate;
  issued_at: Instant;
  content_hash: string;
  /** The document, JSON. */
  body: string;
  basis: string;
}

/** Net and tax of one document per VAT treatment, negative on a credit note. */
interface DocumentTaxesTable {
  shop: string;
  date: LocalDate;
  document_key: string;
  percent: string;
  country: string;
  code: string;
  currency: string;
  base_minor: number;
  tax_minor: number;
}

interface PostingsTable {
  id: Generated<number>;
  document_key: string;
  books: string;
  state: PostingState;
  attempt: number;
  reference: string | null;
  reason: string;
  fix: string | null;
  due_at: Instant | null;
  holder: string | null;
  queued_at: Instant;
  updated_at: Instant;
  /** These four once it is booked; before they are null. Negative on a credit note. */
  booked_at: Instant | null;
  /** From the order being seen as one to book, until it was booked. */
  lag_ms: number | null;
  currency: string | null;
  gross_minor: number | null;
}

interface QuarantineTable {
  id: Generated<number>;
  shop: string;
  order_id: number | null;
  source: Source;
  at: Instant;
  raw: string;
  reason: string;
  fix: string;
  resolved_at: Instant | null;
}

interface RunsTable {
  id: Generated<number>;
  kind: RunKind;
  subject: string;
  local_date: LocalDate | null;
  started_at: Instant;
  state: StoredRun['state'];
  ended_at: Instant | null;
  /** JSON object of counts. */
  counts: string;
  error: string | null;
}

interface StatementsTable {
  id: Generated<number>;
  shop: string;
  from_at: Instant;
  to_at: Instant;
  made_at: Instant;
  body: string;
}

interface NudgesTable {
  id: Generated<number>;
  shop: string;
  order_id: number | null;
  topic: string;
  received_at: Instant;
  due_at: Instant;
  attempts: number;
  done_at: Instant | null;
  outcome: NudgeOutcome | null;
  detail: string;
}

interface AuditTable {
  id: Generated<number>;
  at: Instant;
  who: string;
  role: string;
  address: string;
  action: string;
  target: string;
  detail: string;
}

interface AlertsTable {
  key: string;
  subject: string;
  message: string;
  fix: string;
  raised_at: Instant;
  told_at: Instant | null;
  cleared_at: Instant | null;
}

interface SubscriptionsTable {
  id: string;
  url: string;
  category: string;
  /** JSON list. */
  events: string;
  description: string;
  enabled: number;
  created_at: Instant;
  updated_at: Instant;
  secret: string;
  previous_secret: string | null;
  previous_until: Instant | null;
  failures: number;
  failing_since: Instant | null;
  delivered_at: Instant | null;
  disabled_at: Instant | null;
  disabled_reason: string | null;
}

interface EventsTable {
  id: string;
  type: string;
  at: Instant;
  body: string;
}

interface DispatchesTable {
  id: Generated<number>;
  event_id: string;
  subscription_id: string;
  state: DispatchState;
  attempts: number;
  due_at: Instant | null;
  first_tried_at: Instant | null;
  updated_at: Instant;
}

interface AttemptsTable {
  id: Generated<number>;
  subscription_id: string;
  event_id: string;
  number: number;
  started_at: Instant;
  duration_ms: number;
  url: string;
  /** JSON object. */
  request_headers: string;
  status: number | null;
  /** JSON object. */
  response_headers: string;
  response_body: string;
  error: string | null;
}
