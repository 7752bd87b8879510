import type { Selectable } from 'kysely';
import type { Difference, StoredOrder } from '../store.js';
import type { OrdersTable } from '../tables.js';

type OrderRow = Selectable<OrdersTable>;
/** What is written: the rest follows in the database. */
type WrittenRow = Omit<OrderRow, 'number_key'>;

export const ORDER_COLUMNS = [
  'shop',
  'id',
  'number',
  'status',
  'currency',
  'minor_units',
  'gross_minor',
  'tax_minor',
  'customer',
  'created_at',
  'modified_at',
  'content_hash',
  'read_at',
  'source',
  'state',
  'state_since',
  'reason',
  'rule',
  'rule_line',
  'expires_at',
  'decision',
  'changes',
  'changed',
  'active_at',
  'words',
] as const satisfies readonly (keyof OrdersTable)[];

export function rowOfOrder(order: StoredOrder): WrittenRow {
  return {
    shop: order.shop,
    id: order.id,
    number: order.number,
    status: order.status,
    currency: order.currency,
    minor_units: order.minorUnits,
    gross_minor: order.grossMinor,
    tax_minor: order.taxMinor,
    customer: order.customer,
    created_at: order.createdAt,
    modified_at: order.modifiedAt,
    content_hash: order.contentHash,
    read_at: order.readAt,
    source: order.source,
    state: order.state,
    state_since: order.stateSince,
    reason: order.reason,
    rule: order.rule,
    rule_line: order.ruleLine,
    expires_at: order.expiresAt,
    decision: order.decision,
    changes: order.changes.length === 0 ? '[]' : JSON.stringify(order.changes),
    changed: order.changes.length === 0 ? 0 : 1,
    active_at: latestOf(order.createdAt, order.modifiedAt, order.stateSince),
    words: JSON.stringify(order.words),
  };
}

export function orderOfRow(row: OrderRow): StoredOrder {
  return {
    shop: row.shop,
    id: row.id,
    number: row.number,
    status: row.status,
    currency: row.currency,
    minorUnits: row.minor_units,
    grossMinor: row.gross_minor,
    taxMinor: row.tax_minor,
    customer: row.customer,
    createdAt: row.created_at,
    modifiedAt: row.modified_at,
    contentHash: row.content_hash,
    readAt: row.read_at,
    source: row.source,
    state: row.state,
    stateSince: row.state_since,
    reason: row.reason,
    rule: row.rule,
    ruleLine: row.rule_line,
    expiresAt: row.expires_at,
    decision: row.decision,
    changes: row.changed === 0 ? [] : (JSON.parse(row.changes) as readonly Difference[]),
    words: JSON.parse(row.words) as readonly string[],
  };
}

/** Instants are text whose order is time order. */
function latestOf(first: string, ...others: readonly string[]): string {
  let latest = first;
  for (const other of others) if (other > latest) latest = other;
  return latest;
}
