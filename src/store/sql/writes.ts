import type { StoreTransaction } from '../store.js';
import { addAudit, addSession, forgetSessions, removeSession } from './access.js';
import { putAlert, removeAlert } from './alerts.js';
import { addAttempt, pruneOutbound } from './attempts.js';
import { addStatement, nextInSequence, setCursor } from './cursors.js';
import type { Sql } from './database.js';
import { addEvents, moveDispatch, retryDispatches } from './dispatches.js';
import { addDocuments } from './documents.js';
import { freeIdempotencyKey, keepAnswer, takeIdempotencyKey } from './idempotency.js';
import { addNudges, finishNudges, forgetNudges, postponeNudges } from './nudges.js';
import { addHistory, putOrders, putRaw, putRefunds } from './orders.js';
import { addPostings, claimPostings, movePosting } from './posting-moves.js';
import { sendingPostings, uncertainPostings } from './postings.js';
import { addQuarantine, closeQuarantine, resolveQuarantine } from './quarantine.js';
import { readsOn } from './reads.js';
import { addRun, finishRun } from './runs.js';
import { putSubscription, removeSubscription } from './subscriptions.js';

/** The writes, and the reads that see them, on the connection of a transaction. */
export function transactionOn(at: Sql): StoreTransaction {
  return {
    ...readsOn(at),
    putOrders: (orders) => putOrders(at, orders),
    putRaw: (rows) => putRaw(at, rows),
    addHistory: (entries) => addHistory(at, entries),
    putRefunds: (refunds) => putRefunds(at, refunds),
    addDocuments: (documents) => addDocuments(at, documents),
    addPostings: (postings) => addPostings(at, postings),
    claimPostings: (claim) => claimPostings(at, claim),
    sendingPostings: (books) => sendingPostings(at, books),
    uncertainPostings: (books, now, limit) => uncertainPostings(at, books, now, limit),
    movePosting: (move) => movePosting(at, move),
    addNudges: (nudges) => addNudges(at, nudges),
    finishNudges: (ids, end) => finishNudges(at, ids, end),
    postponeNudges: (ids, delay) => postponeNudges(at, ids, delay),
    forgetNudges: (doneBefore) => forgetNudges(at, doneBefore),
    putAlert: (alert) => putAlert(at, alert),
    removeAlert: (key) => removeAlert(at, key),
    setCursor: (shop, name, value, now) => setCursor(at, { shop, name, value, now }),
    addQuarantine: (entry) => addQuarantine(at, entry),
    resolveQuarantine: (shop, orderIds, now) => resolveQuarantine(at, shop, orderIds, now),
    closeQuarantine: (ids, now) => closeQuarantine(at, ids, now),
    nextInSequence: (name) => nextInSequence(at, name),
    addRun: (run) => addRun(at, run),
    finishRun: (id, end) => finishRun(at, id, end),
    addStatement: (statement) => addStatement(at, statement),
    addSession: (added) => addSession(at, added),
    removeSession: (hash) => removeSession(at, hash),
    forgetSessions: (over) => forgetSessions(at, over),
    addAudit: (entry) => addAudit(at, entry),
    takeIdempotencyKey: (taken, now) => takeIdempotencyKey(at, taken, now),
    keepAnswer: (key, answer, expiresAt) => keepAnswer(at, key, answer, expiresAt),
    freeIdempotencyKey: (key) => freeIdempotencyKey(at, key),
    putSubscription: (subscription) => putSubscription(at, subscription),
    removeSubscription: (id) => removeSubscription(at, id),
    addEvents: (events) => addEvents(at, events),
    moveDispatch: (move) => moveDispatch(at, move),
    retryDispatches: (which, now) => retryDispatches(at, which, now),
    addAttempt: (attempt) => addAttempt(at, attempt),
    pruneOutbound: (before, keptAttempts) => pruneOutbound(at, before, keptAttempts),
  };
}
