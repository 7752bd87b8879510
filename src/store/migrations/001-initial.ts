import { dialectOf } from './dialect.js';
import type { DatabaseKind, Migration } from './migration.js';

/** Version 1: the whole schema. */
export const initialSchema: Migration = {
  version: 1,
  statements: (kind) => [...tables(kind), ...INDEXES, ...appendOnly(kind)],
};

function tables(kind: DatabaseKind): readonly string[] {
  const { text, int, serial, strict, clustered } = dialectOf(kind);
  return [
    `create table orders (
      shop ${text} not null, id ${int} not null, number ${text} not null, status ${text} not null,
      currency ${text} not null, minor_units ${int} not null, gross_minor ${int} not null,
      tax_minor ${int} not null, customer ${text} not null, created_at ${text} not null,
      modified_at ${text} not null, content_hash ${text} not null, read_at ${text} not null,
      source ${text} not null, state ${text} not null, state_since ${text} not null,
      reason ${text} not null, rule ${text} not null, rule_line ${int}, expires_at ${text},
      decision ${text}, changes ${text} not null, changed ${int} not null,
      active_at ${text} not null, primary key (shop, id)) ${strict}`,
    // Apart from the orders, so that lists need not step over it.
    `create table order_raw (
      shop ${text} not null, id ${int} not null, raw ${text} not null, primary key (shop, id)
    ) ${strict}`,
    `create table history (
      id ${serial}, shop ${text} not null, order_id ${int} not null, at ${text} not null,
      from_state ${text}, to_state ${text} not null, status ${text} not null,
      reason ${text} not null, rule ${text} not null, source ${text} not null,
      content_hash ${text} not null) ${strict}`,
    `create table refunds (
      shop ${text} not null, id ${int} not null, order_id ${int} not null, state ${text} not null,
      reason ${text} not null, document_key ${text}, seen_at ${text} not null,
      body ${text} not null, primary key (shop, id)) ${strict}`,
    `create table documents (
      sequence ${serial}, key ${text} not null unique, shop ${text} not null,
      order_id ${int} not null, kind ${text} not null, number ${text} not null,
      date ${text} not null, issued_at ${text} not null, content_hash ${text} not null,
      body ${text} not null, basis ${text} not null) ${strict}`,
    `create table document_taxes (
      shop ${text} not null, date ${text} not null,
      document_key ${text} not null references documents (key), percent ${text} not null,
      country ${text} not null, code ${text} not null, currency ${text} not null,
      base_minor ${int} not null, tax_minor ${int} not null,
      primary key (shop, date, document_key, percent, country, code)) ${clustered}`,
    `create table postings (
      id ${serial}, document_key ${text} not null references documents (key),
      books ${text} not null, state ${text} not null, attempt ${int} not null, reference ${text},
      reason ${text} not null, fix ${text}, due_at ${text}, holder ${text},
      queued_at ${text} not null, updated_at ${text} not null,
      unique (document_key, books)) ${strict}`,
    `create table cursors (
      shop ${text} not null, name ${text} not null, value ${text} not null,
      updated_at ${text} not null, primary key (shop, name)) ${clustered}`,
    `create table quarantine (
      id ${serial}, shop ${text} not null, order_id ${int}, source ${text} not null,
      at ${text} not null, raw ${text} not null, reason ${text} not null, fix ${text} not null,
      resolved_at ${text}) ${strict}`,
    `create table sequences (name ${text} primary key, value ${int} not null) ${clustered}`,
    `create table runs (
      id ${serial}, kind ${text} not null, subject ${text} not null, local_date ${text},
      started_at ${text} not null, state ${text} not null, ended_at ${text},
      counts ${text} not null, error ${text}) ${strict}`,
    `create table claims (
      name ${text} primary key, holder ${text} not null, since ${text} not null,
      expires_at ${text} not null) ${clustered}`,
    `create table statements (
      id ${serial}, shop ${text} not null, from_at ${text} not null, to_at ${text} not null,
      made_at ${text} not null, body ${text} not null) ${strict}`,
  ];
}

/** Each serves a query that must not grow with the history; the comment names it. */
const INDEXES: readonly string[] = [
  // stateTotals (from the index alone); listOrders of a shop or of states
  `create index orders_state on orders (shop, state, created_at, id, currency, gross_minor)`,
  // listOrders without a filter; orderFigures
  `create index orders_created on orders (created_at, id, shop)`,
  `create index orders_shop_created on orders (shop, created_at, id)`,
  // listOrders by status, and of those changed after booking
  `create index orders_status on orders (status, created_at, id, shop)`,
  `create index orders_changed on orders (created_at, id, shop) where changed = 1`,
  // orderIds
  `create index orders_walk on orders (shop, state, id)`,
  `create index orders_active on orders (shop, state, active_at, id)`,
  `create index orders_expiring on orders (shop, expires_at, id) where expires_at is not null`,
  // findOrders
  `create index orders_number on orders (number)`,
  `create index history_order on history (shop, order_id, id)`,
  `create index refunds_order on refunds (shop, order_id, id)`,
  // also documentsByNumber
  `create unique index documents_number on documents (number, shop, kind)`,
  `create index documents_order on documents (shop, order_id)`,
  // listDocuments
  `create index documents_date on documents (date, sequence)`,
  `create index documents_kind_date on documents (kind, date, sequence)`,
  `create index documents_shop_date on documents (shop, date, sequence)`,
  // claimPostings, uncertainPostings, nextPostingDue: what is booked is not in it
  `create index postings_due on postings (books, due_at, id)
     where state in ('queued', 'retrying', 'uncertain')`,
  // listPostings, postingCounts, sendingPostings
  `create index postings_state on postings (books, state, updated_at, id)`,
  `create unique index quarantine_open on quarantine (shop, (coalesce(order_id, -1)), reason)
     where resolved_at is null`,
  `create index quarantine_unresolved on quarantine (id) where resolved_at is null`,
  `create index quarantine_shop on quarantine (shop, id)`,
  `create index runs_subject on runs (kind, subject, started_at, id)`,
  `create index runs_started on runs (started_at, id)`,
  `create index runs_running on runs (started_at, id) where state = 'running'`,
  `create index runs_local_date on runs (kind, local_date) where local_date is not null`,
  `create index statements_shop on statements (shop, made_at, id)`,
];

/** Issued documents are frozen (rule 3), and what happened has happened. */
function appendOnly(kind: DatabaseKind): readonly string[] {
  return kind === 'sqlite'
    ? ['documents', 'history'].flatMap(refuseInSqlite)
    : [POSTGRES_REFUSAL, ...['documents', 'history'].map(refuseInPostgres)];
}

function refuseInSqlite(table: string): readonly string[] {
  return ['update', 'delete'].map(
    (verb) => `create trigger ${table}_no_${verb} before ${verb} on ${table}
      begin select raise(abort, 'rows of ${table} are never changed'); end`,
  );
}

/** 55000: object_not_in_prerequisite_state. */
const POSTGRES_REFUSAL = `create function orderpark_refuse() returns trigger language plpgsql as $$
  begin
    raise exception 'rows of % are never changed', tg_table_name using errcode = '55000';
  end $$`;

function refuseInPostgres(table: string): string {
  return `create trigger ${table}_append_only before update or delete or truncate on ${table}
    for each statement execute function orderpark_refuse()`;
}
