import { describe } from 'vitest';
import { accessTests } from './store/access.js';
import { bookkeepingTests } from './store/bookkeeping.js';
import { documentTests } from './store/documents.js';
import { orderTests } from './store/orders.js';
import { outboundTests } from './store/outbound.js';
import { postingTests } from './store/postings.js';
import { alertTests, nudgeTests } from './store/real-time.js';
import { scaleTests } from './store/scale.js';
import { transactionTests } from './store/transactions.js';
import { benchFor, type DatabaseUnderTest } from './store/under-test.js';
import { upgradeTests } from './store/upgrade.js';

/** What every store must do; run once for each kind of database. */
export function storeConformance(under: DatabaseUnderTest): void {
  describe(`the store on ${under.kind}`, () => {
    const bench = benchFor(under);
    describe('transactions, sequences and claims', () => transactionTests(bench));
    describe('orders', () => orderTests(bench));
    describe('documents', () => documentTests(bench));
    describe('postings', () => postingTests(bench));
    describe('many', () => scaleTests(bench));
    describe('cursors, quarantine, runs, statements', () => bookkeepingTests(bench));
    describe('nudges', () => nudgeTests(bench));
    describe('alerts', () => alertTests(bench));
    describe('sessions, audit, marker', () => accessTests(bench));
    describe('outbound webhooks', () => outboundTests(bench));
    describe('upgrades', () => upgradeTests(under));
  });
}
