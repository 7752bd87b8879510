import { fillSearchWords } from './007-search-words.js';
import { countingTriggers, wordTriggers } from './007-triggers.js';
import { dialectOf } from './dialect.js';
import type { DatabaseKind, Migration } from './migration.js';

/**
 * Version 7, for lists of a million orders: words to search by, indexes to sort by, totals that are kept
 * and not counted, and what each booking tells of its day.
 */
export const scale: Migration = {
  version: 7,
  statements: (kind) => [
    ...columns(kind),
    ...tables(kind),
    ...INDEXES,
    bookingsSoFar(kind),
    ...wordTriggers(kind),
    ...countingTriggers(kind),
  ],
  fill: fillSearchWords,
};

function columns(kind: DatabaseKind): readonly string[] {
  const { text, int } = dialectOf(kind);
  return [
    // JSON list; also what the triggers below keep `order_words` by.
    `alter table orders add column words ${text} not null default '[]'`,
    // Shorter numbers first, so that 99 comes before 100 and WEB-9 before WEB-10.
    kind === 'sqlite'
      ? `alter table orders add column number_key text not null
           generated always as (printf('%03d', min(length(number), 999)) || number) virtual`
      : `alter table orders add column number_key ${text} not null
           generated always as (lpad(least(length(number), 999)::text, 3, '0') || number) stored`,
    `alter table postings add column booked_at ${text}`,
    `alter table postings add column lag_ms ${int}`,
    `alter table postings add column currency ${text}`,
    `alter table postings add column gross_minor ${int}`,
  ];
}

function tables(kind: DatabaseKind): readonly string[] {
  const { text, int, clustered } = dialectOf(kind);
  return [
    `create table order_words (
      shop ${text} not null, state ${text} not null, word ${text} not null,
      order_id ${int} not null, primary key (shop, state, word, order_id)) ${clustered}`,
    `create table order_totals (
      shop ${text} not null, state ${text} not null, currency ${text} not null,
      slot ${int} not null, rows ${int} not null, gross_minor ${int} not null,
      primary key (shop, state, currency, slot)) ${clustered}`,
    `create table posting_totals (
      books ${text} not null, state ${text} not null, slot ${int} not null, rows ${int} not null,
      primary key (books, state, slot)) ${clustered}`,
  ];
}

/** listOrders by something else than creation; the status stands in them since lists are filtered by it. */
const INDEXES: readonly string[] = [
  'create index orders_since on orders (shop, state, status, state_since, id)',
  'create index orders_amount on orders (shop, state, status, currency, gross_minor, id)',
  'create index orders_by_number on orders (shop, state, status, number_key, id)',
  `create index orders_expiry on orders (shop, state, status, expires_at, id)
     where expires_at is not null`,
  // countOrders and listOrders of those changed after booking, in a state
  `create index orders_changed_state on orders (state, created_at, id, shop) where changed = 1`,
  // ruleCounts, from the index alone
  'create index orders_rules on orders (created_at, shop, rule, rule_line)',
  // runs by one of their filters
  'create index runs_kind on runs (kind, started_at, id)',
  'create index runs_of on runs (subject, started_at, id)',
  'create index runs_state on runs (state, started_at, id)',
  // bookedPerDay, from the index alone
  `create index postings_booked on postings (books, booked_at, currency, gross_minor, lag_ms)
     where booked_at is not null`,
];

/** Nothing moves a posting once it is booked, so its last change is its booking. */
function bookingsSoFar(kind: DatabaseKind): string {
  const set =
    kind === 'sqlite'
      ? `booked_at = p.updated_at,
         lag_ms = round((julianday(p.updated_at) - julianday(p.queued_at)) * 86400000),
         currency = json_extract(d.body, '$.currency'),
         gross_minor = json_extract(d.body, '$.grossMinor') * iif(d.kind = 'invoice', 1, -1)`
      : `booked_at = p.updated_at,
         lag_ms = extract(epoch from p.updated_at::timestamptz - p.queued_at::timestamptz) * 1000,
         currency = d.body::json ->> 'currency',
         gross_minor = (d.body::json ->> 'grossMinor')::bigint
           * (case d.kind when 'invoice' then 1 else -1 end)`;
  return kind === 'sqlite'
    ? `update postings as p set ${set} from documents d
         where p.state = 'booked' and d.key = p.document_key`
    : `update postings p set ${set} from documents d
         where p.state = 'booked' and d.key = p.document_key`;
}
