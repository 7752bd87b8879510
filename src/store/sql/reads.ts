import type { StoreReads } from '../store.js';
import { openAlerts } from './alerts.js';
import { claims } from './claims.js';
import { cursor, latestStatement } from './cursors.js';
import type { Sql } from './database.js';
import {
  documentByKey,
  documentsByNumber,
  documentsOf,
  listDocuments,
  takenNumbers,
} from './documents.js';
import { doneNudges, dueNudges, lastNudgeAt, nudgeBacklog, nudgesOf } from './nudges.js';
import { listOrders, orderIds } from './order-lists.js';
import { findOrders, historyOf, ordersById, rawOrder, refundsOf } from './orders.js';
import { listPostings, nextPostingDue, postingCounts, postingsOf } from './postings.js';
import { quarantine } from './quarantine.js';
import { runs } from './runs.js';
import { orderFigures, stateTotals, vatTotals } from './totals.js';

/** The reads, on whichever connection. */
export function readsOn(at: Sql): StoreReads {
  return {
    order: async (shop, id) => (await ordersById(at, shop, [id]))[0],
    orders: (shop, ids) => ordersById(at, shop, ids),
    findOrders: (text) => findOrders(at, text),
    listOrders: (filter, page) => listOrders(at, filter, page),
    orderIds: (query) => orderIds(at, query),
    rawOrder: (shop, id) => rawOrder(at, shop, id),
    history: (shop, orderId) => historyOf(at, shop, orderId),
    refundsOf: (shop, orderId) => refundsOf(at, shop, orderId),
    document: (key) => documentByKey(at, key),
    documentsByNumber: (number) => documentsByNumber(at, number),
    takenNumbers: (shop, numbers) => takenNumbers(at, shop, numbers),
    documentsOf: (shop, orderId) => documentsOf(at, shop, orderId),
    listDocuments: (filter, page) => listDocuments(at, filter, page),
    listPostings: (filter, limit) => listPostings(at, filter, limit),
    postingsOf: (keys) => postingsOf(at, keys),
    postingCounts: (books) => postingCounts(at, books),
    nextPostingDue: (books, queuedBy) => nextPostingDue(at, books, queuedBy),
    dueNudges: (shop, now, limit) => dueNudges(at, shop, now, limit),
    nudgeBacklog: (shop) => nudgeBacklog(at, shop),
    nudgesOf: (shop, orderId, limit) => nudgesOf(at, shop, orderId, limit),
    doneNudges: (shop, limit) => doneNudges(at, shop, limit),
    lastNudgeAt: (shop) => lastNudgeAt(at, shop),
    openAlerts: () => openAlerts(at),
    cursor: (shop, name) => cursor(at, shop, name),
    quarantine: (filter) => quarantine(at, filter),
    runs: (filter, limit) => runs(at, filter, limit),
    claims: () => claims(at),
    latestStatement: (shop) => latestStatement(at, shop),
    stateTotals: (shop, from, to) => stateTotals(at, shop, from, to),
    orderFigures: (query) => orderFigures(at, query),
    vatTotals: (shop, from, to) => vatTotals(at, shop, from, to),
  };
}
