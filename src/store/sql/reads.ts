import type { StoreReads } from '../store.js';
import { audit, session } from './access.js';
import { openAlerts } from './alerts.js';
import { attempts } from './attempts.js';
import { claims } from './claims.js';
import { cursor, latestStatement } from './cursors.js';
import type { Sql } from './database.js';
import { dispatchCounts, dispatchOf, dueDispatches } from './dispatches.js';
import {
  documentByKey,
  documentsByNumber,
  documentsOf,
  listDocuments,
  takenNumbers,
} from './documents.js';
import { marker } from './marker.js';
import { doneNudges, dueNudges, lastNudgeAt, nudgeBacklog, nudges, nudgesOf } from './nudges.js';
import { countOrders, listOrders, orderIds, searchOrders } from './order-lists.js';
import { findOrders, historyOf, ordersById, rawOrder, refundsOf } from './orders.js';
import {
  duePostings,
  listPostings,
  nextPostingDue,
  postingCounts,
  postingsOf,
} from './postings.js';
import { quarantine } from './quarantine.js';
import { ruleCounts, taxCounts } from './rule-counts.js';
import { runById, runs } from './runs.js';
import { dispatchesDue, listeners, subscriptionById, subscriptions } from './subscriptions.js';
import { allTotals, bookedPerDay, orderFigures, stateTotals, vatTotals } from './totals.js';

/** The reads, on whichever connection. */
export function readsOn(at: Sql): StoreReads {
  return {
    order: async (shop, id) => (await ordersById(at, shop, [id]))[0],
    orders: (shop, ids) => ordersById(at, shop, ids),
    findOrders: (text) => findOrders(at, text),
    listOrders: (filter, page) => listOrders(at, filter, page),
    searchOrders: (text, filter, page) => searchOrders(at, text, filter, page),
    countOrders: (filter, most) => countOrders(at, filter, most),
    orderIds: (query) => orderIds(at, query),
    rawOrder: (shop, id) => rawOrder(at, shop, id),
    history: (shop, orderId) => historyOf(at, shop, orderId),
    refundsOf: (shop, orderId) => refundsOf(at, shop, orderId),
    document: (key) => documentByKey(at, key),
    documentsByNumber: (number) => documentsByNumber(at, number),
    takenNumbers: (shop, numbers) => takenNumbers(at, shop, numbers),
    documentsOf: (shop, orderId) => documentsOf(at, shop, orderId),
    listDocuments: (filter, page) => listDocuments(at, filter, page),
    bookedPerDay: (books, days) => bookedPerDay(at, books, days),
    listPostings: (filter, limit) => listPostings(at, filter, limit),
    postingsOf: (keys) => postingsOf(at, keys),
    postingCounts: (books) => postingCounts(at, books),
    duePostings: (query) => duePostings(at, query),
    nextPostingDue: (books, queuedBy) => nextPostingDue(at, books, queuedBy),
    dueNudges: (shop, now, limit) => dueNudges(at, shop, now, limit),
    nudgeBacklog: (shop) => nudgeBacklog(at, shop),
    nudgesOf: (shop, orderId, limit) => nudgesOf(at, shop, orderId, limit),
    doneNudges: (shop, limit) => doneNudges(at, shop, limit),
    nudges: (filter, limit) => nudges(at, filter, limit),
    lastNudgeAt: (shop) => lastNudgeAt(at, shop),
    openAlerts: () => openAlerts(at),
    marker: (books) => marker(at, books),
    session: (hash) => session(at, hash),
    audit: (filter, limit) => audit(at, filter, limit),
    cursor: (shop, name) => cursor(at, shop, name),
    quarantine: (filter) => quarantine(at, filter),
    runs: (filter, limit) => runs(at, filter, limit),
    run: (id) => runById(at, id),
    claims: () => claims(at),
    latestStatement: (shop) => latestStatement(at, shop),
    allTotals: (shop) => allTotals(at, shop),
    stateTotals: (shop, from, to) => stateTotals(at, shop, from, to),
    orderFigures: (query) => orderFigures(at, query),
    ruleCounts: (since) => ruleCounts(at, since),
    taxCounts: (shop, since) => taxCounts(at, shop, since),
    vatTotals: (shop, from, to) => vatTotals(at, shop, from, to),
    subscriptions: () => subscriptions(at),
    subscription: (id) => subscriptionById(at, id),
    listeners: () => listeners(at),
    dispatchesDue: () => dispatchesDue(at),
    dueDispatches: (subscriptionId, now, limit) => dueDispatches(at, subscriptionId, now, limit),
    dispatch: (subscriptionId, eventId) => dispatchOf(at, subscriptionId, eventId),
    dispatchCounts: () => dispatchCounts(at),
    attempts: (filter, page) => attempts(at, filter, page),
  };
}
