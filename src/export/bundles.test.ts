import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { documentOf } from '../../tests/support/documents.js';
import {
  exportDeps,
  openTestStore,
  postingOf,
  queue,
  ScriptedBundles,
  TestClock,
} from '../../tests/support/export.js';
import type { Document } from '../documents/document.js';
import type { Store } from '../store/store.js';
import { BooksWorker } from './books-worker.js';
import type { BundleOutcome, Outcome } from './destination.js';
import { Tally } from './report.js';
import { createExportWorker } from './worker.js';

const RUNNING = new AbortController().signal;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const FULL_HOUR = Date.parse('2026-11-20T12:00:00.000Z');
const BOOKS_DOWN: Outcome = { kind: 'retry', reason: 'no server', scope: 'books' };
const LOST: Outcome = { kind: 'uncertain', reason: 'Cut off.' };
const BLIND = { searchByReference: false, mayRepeat: false, attachments: true, creditNotes: true };

let clock: TestClock;
let store: Store;
let close: () => Promise<void>;
let books: ScriptedBundles;

beforeEach(async () => {
  clock = new TestClock(FULL_HOUR - 30 * MINUTE_MS);
  ({ store, close } = await openTestStore(clock));
  books = new ScriptedBundles('books', BLIND);
});
afterEach(() => close());

function invoice(orderId: number, part = {}): Document {
  return documentOf({ orderId, lines: [{ netMinor: 1000, rates: ['NL21'] }], ...part });
}

async function queued(...documents: readonly Document[]): Promise<void> {
  await queue(store, documents, 'books', clock);
}

async function runOnce(more: Partial<Parameters<typeof createExportWorker>[0]> = {}) {
  const worker = createExportWorker({ ...exportDeps(store, [books], clock), ...more });
  const { books: reports } = await worker.runOnce(undefined, RUNNING);
  const [report] = reports;
  if (!report) throw new Error('no report');
  return report;
}

const keys = (...ids: readonly number[]) => ids.map((id) => `main/${id}/invoice`);
const nextDue = () => new BooksWorker(exportDeps(store, [books], clock), books).nextDue();
const all = (outcome: BundleOutcome) => async (items: readonly unknown[]) =>
  items.map(() => outcome);

describe('documents that go together', () => {
  test('wait for the moment, and what comes later for the next one', async () => {
    await queued(invoice(1), invoice(2));
    expect(await runOnce()).toMatchObject({ booked: 0 });
    clock.ms = FULL_HOUR;
    await queued(invoice(3));
    clock.ms += MINUTE_MS;
    await queued(invoice(4));
    expect(await runOnce()).toMatchObject({ booked: 3 });
    expect(await runOnce()).toMatchObject({ booked: 0 });
    clock.ms = FULL_HOUR + HOUR_MS;
    expect(await runOnce()).toMatchObject({ booked: 1 });
    expect(books.calls).toEqual([keys(1, 2, 3), keys(4)]);
  });

  test('that missed their moment while nobody was there go as soon as somebody is', async () => {
    await queued(invoice(1));
    clock.ms = FULL_HOUR + 25 * MINUTE_MS;
    await queued(invoice(2));
    await runOnce();
    expect(books.calls).toEqual([keys(1)]);
  });

  test('tell when they are due', async () => {
    expect(await nextDue()).toBeUndefined();
    await queued(invoice(1));
    expect(await nextDue()).toBe(FULL_HOUR);
    clock.ms = FULL_HOUR;
    expect(await nextDue()).toBe(FULL_HOUR - 30 * MINUTE_MS);
    await runOnce();
    expect(await nextDue()).toBeUndefined();
  });

  test('are all committed as sending before the call', async () => {
    await queued(invoice(1), invoice(2));
    clock.ms = FULL_HOUR;
    let sending = 0;
    books.answers.push(async (items) => {
      sending = (await store.postingCounts('books')).sending;
      return items.map(() => ({ kind: 'booked', ref: 'r' }));
    });
    await runOnce();
    expect(sending).toBe(2);
  });

  test('and do not fit wait as queued, and go next in the same run', async () => {
    await queued(...[1, 2, 3, 4, 5].map((id) => invoice(id)));
    clock.ms = FULL_HOUR;
    books.most = 2;
    let counts: Awaited<ReturnType<Store['postingCounts']>> | undefined;
    books.answers.push(async (items) => {
      counts = await store.postingCounts('books');
      return items.map(() => ({ kind: 'booked', ref: 'r' }));
    });
    expect(await runOnce()).toMatchObject({ booked: 5 });
    expect(counts).toMatchObject({ sending: 2, queued: 3 });
    expect(books.calls).toEqual([keys(1, 2), keys(3, 4), keys(5)]);
  });

  test('and come back untried go next in the same run', async () => {
    await queued(invoice(1), invoice(2));
    clock.ms = FULL_HOUR;
    books.answers.push(async () => [{ kind: 'booked', ref: 'r' }, { kind: 'unattempted' }]);
    expect(await runOnce()).toMatchObject({ booked: 2 });
    expect(books.calls).toEqual([keys(1, 2), keys(2)]);
  });

  test('of different groups go apart, and wait while the others go', async () => {
    const note = invoice(1, { kind: 'credit-note' });
    await queued(invoice(1), note, invoice(2));
    clock.ms = FULL_HOUR;
    let waiting: string | undefined;
    books.answers.push(async (items) => {
      waiting = (await postingOf(store, note.key)).state;
      return items.map(() => ({ kind: 'booked', ref: 'r' }));
    });
    expect(await runOnce()).toMatchObject({ booked: 3 });
    expect(waiting).toBe('queued');
    expect(books.calls).toEqual([keys(1, 2), [note.key]]);
  });

  test('of which nothing can be made do not hold up the others', async () => {
    await queued(invoice(1), invoice(2));
    clock.ms = FULL_HOUR;
    books.unmade.set('main/1/invoice', { kind: 'rejected', reason: 'BR-1', fix: 'Mend it.' });
    expect(await runOnce()).toMatchObject({ booked: 1, rejected: 1 });
    expect(books.calls).toEqual([keys(2)]);
  });

  test('are not held up by one that is refused', async () => {
    await queued(invoice(1), invoice(2));
    clock.ms = FULL_HOUR;
    books.always.set('main/1/invoice', { kind: 'rejected', reason: 'BR-CO-10', fix: 'Mend it.' });
    expect(await runOnce()).toMatchObject({ booked: 1, rejected: 1 });
  });

  test('and failed for now go again together, without waiting for the next moment', async () => {
    await queued(invoice(1), invoice(2));
    clock.ms = FULL_HOUR;
    books.answers.push(all({ kind: 'retry', reason: 'greylisted', scope: 'document' }));
    await runOnce({ random: Math.random });
    expect(await store.postingCounts('books')).toMatchObject({ booked: 2 });
    expect(books.calls).toEqual([keys(1, 2), keys(1, 2)]);
    expect(clock.ms).toBeLessThan(FULL_HOUR + MINUTE_MS);
  });
});

describe('a call of unknown end', () => {
  test.each([
    ['that says so', all(LOST)],
    ['that throws', () => Promise.reject(new Error('a bug'))],
    ['that forgets an outcome', async () => []],
  ])('%s leaves all that was in it to a person', async (_, answer) => {
    await queued(invoice(1), invoice(2));
    clock.ms = FULL_HOUR;
    books.answers.push(answer);
    expect(await runOnce()).toMatchObject({ uncertain: 2, booked: 0 });
    clock.ms += 30 * 24 * HOUR_MS;
    await runOnce();
    expect(books.calls).toHaveLength(1);
  });

  test('is repeated as it was where that is accepted, and nothing new joins it', async () => {
    books = new ScriptedBundles('books', { ...BLIND, mayRepeat: true });
    await queued(invoice(1), invoice(2));
    clock.ms = FULL_HOUR;
    books.answers.push(async () => {
      await queued(invoice(3)); // in time for this moment, and not in this call
      return [LOST, LOST];
    });
    expect(await runOnce({ random: Math.random })).toMatchObject({ retrying: 2, booked: 3 });
    expect(books.calls).toEqual([keys(1, 2), keys(3), keys(1, 2)]);
  });

  test('in a process that died is repeated as it was', async () => {
    books = new ScriptedBundles('books', { ...BLIND, mayRepeat: true });
    await queued(invoice(1), invoice(2));
    clock.ms = FULL_HOUR;
    books.answers.push(() => new Promise(() => undefined));
    const dead = new BooksWorker({ ...exportDeps(store, [books], clock), holder: 'gone' }, books);
    void dead.work(new Tally('books'), RUNNING, RUNNING);
    await expect.poll(() => books.calls.length).toBe(1);
    const isDead = (holder: string) => holder === 'gone';
    const report = await runOnce({ isDead, random: Math.random });
    expect(report).toMatchObject({ abandoned: 2, booked: 2 });
    expect(books.calls).toEqual([keys(1, 2), keys(1, 2)]);
  });
});

test('a server that is out of order pauses the books, a call counting as one failure', async () => {
  await queued(...[1, 2, 3, 4, 5].map((id) => invoice(id)));
  clock.ms = FULL_HOUR;
  for (let count = 0; count < 9; count += 1) books.answers.push(all(BOOKS_DOWN));
  await runOnce(); // and once more after a few seconds
  clock.ms += 2 * MINUTE_MS;
  expect(await runOnce()).toMatchObject({ paused: { failures: 3, reason: 'no server' } });
  expect(books.calls).toHaveLength(3);
  books.answers.length = 0;
  clock.ms += HOUR_MS;
  expect(await runOnce()).toMatchObject({ booked: 5 });
  expect(await store.cursor('books', 'pause')).toBe('');
});
