import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { documentOf } from '../../tests/support/documents.js';
import {
  exportDeps,
  openTestStore,
  postingOf,
  queue,
  ScriptedDestination,
  TestClock,
} from '../../tests/support/export.js';
import type { Document } from '../documents/document.js';
import { instantOf } from '../orders/time.js';
import type { Store } from '../store/store.js';
import type { Outcome } from './destination.js';
import { createExportWorker } from './worker.js';

const RUNNING = new AbortController().signal;
const BOOKS_DOWN: Outcome = { kind: 'retry', reason: 'disk full', scope: 'books' };

let clock: TestClock;
let store: Store;
let close: () => Promise<void>;
let books: ScriptedDestination;

beforeEach(async () => {
  clock = new TestClock();
  ({ store, close } = await openTestStore(clock));
  books = new ScriptedDestination();
});
afterEach(() => close());

function documents(count: number): Document[] {
  return Array.from({ length: count }, (_, index) =>
    documentOf({
      orderId: index + 1,
      lines: [{ netMinor: 1000, rates: ['NL21'] }],
      taxes: { NL21: 210 },
    }),
  );
}

async function queued(count: number): Promise<readonly Document[]> {
  const made = documents(count);
  await queue(store, made, 'books', clock);
  return made;
}

function worker(more: Partial<Parameters<typeof createExportWorker>[0]> = {}) {
  return createExportWorker({ ...exportDeps(store, [books], clock), ...more });
}

async function runOnce() {
  const report = await worker().runOnce(undefined, RUNNING);
  const [first] = report.books;
  if (!first) throw new Error('no report');
  return first;
}

describe('a run', () => {
  test('books everything that is queued, once', async () => {
    const made = await queued(45);
    expect(await runOnce()).toMatchObject({ booked: 45, retrying: 0 });
    expect([...books.posts].sort()).toEqual(made.map(({ key }) => key).sort());
    expect(await runOnce()).toMatchObject({ booked: 0 });
    expect(books.posts).toHaveLength(45);
    expect(await store.postingCounts('books')).toMatchObject({ booked: 45, sending: 0 });
    expect((await postingOf(store, 'main/1/invoice')).reference).toBe('ref-main/1/invoice');
  });

  test('commits the posting as sending before the call', async () => {
    await queued(1);
    let state: string | undefined;
    books.script.push(async () => {
      state = (await postingOf(store, 'main/1/invoice')).state;
      return { kind: 'booked', ref: 'r' };
    });
    await runOnce();
    expect(state).toBe('sending');
  });

  test('keeps a record of itself', async () => {
    await queued(2);
    await runOnce();
    await runOnce(); // nothing to do, nothing to tell
    const runs = await store.runs({ kind: 'export' }, 10);
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({ subject: 'books', state: 'done', counts: { booked: 2 } });
  });

  test('refuses books that are not configured', async () => {
    await expect(worker().runOnce('other', RUNNING)).rejects.toThrow(RangeError);
  });

  test('stops after the attempt under way, and leaves the others untried', async () => {
    await queued(5);
    const stop = new AbortController();
    books.script.push(async () => {
      stop.abort();
      return { kind: 'booked', ref: 'r' };
    });
    await worker().runOnce(undefined, stop.signal);
    expect(books.posts).toHaveLength(1);
    expect(await store.postingCounts('books')).toMatchObject({ booked: 1, queued: 4, sending: 0 });
  });
});

describe('one document', () => {
  test('that is refused does not hold up the others', async () => {
    await queued(3);
    const poison: Outcome = { kind: 'rejected', reason: 'no such account', fix: 'Add it.' };
    books.always.set('main/1/invoice', poison);
    expect(await runOnce()).toMatchObject({ booked: 2, rejected: 1 });
    expect(await postingOf(store, 'main/1/invoice')).toMatchObject({
      state: 'rejected',
      reason: 'no such account',
      fix: 'Add it.',
    });
  });

  test('that makes the destination throw is looked up, not sent again blindly', async () => {
    await queued(2);
    books.always.set('main/1/invoice', async (document) => {
      books.there.add(document.key);
      throw new Error('bug');
    });
    expect(await runOnce()).toMatchObject({ booked: 2, uncertain: 1 });
    expect(books.posts.filter((key) => key === 'main/1/invoice')).toHaveLength(1);
    expect(books.finds).toEqual(['main/1/invoice']);
  });

  test('that is refused for now is tried again when it is due', async () => {
    await queued(1);
    const busy: Outcome = { kind: 'retry', reason: 'busy', scope: 'document', afterMs: 20_000 };
    books.script.push(busy);
    expect(await runOnce()).toMatchObject({ retrying: 1, booked: 0 });
    expect(await runOnce()).toMatchObject({ booked: 0 });
    clock.ms += 20_000;
    expect(await runOnce()).toMatchObject({ booked: 1 });
  });

  test('that may have arrived, and did not, is sent again', async () => {
    await queued(1);
    books.script.push({ kind: 'uncertain', reason: 'connection lost' });
    expect(await runOnce()).toMatchObject({ uncertain: 1, booked: 1 });
    expect(books.posts).toHaveLength(2);
  });

  test('that may have arrived waits for a person where the books cannot be searched', async () => {
    const can = {
      searchByReference: false,
      mayRepeat: false,
      attachments: false,
      creditNotes: true,
    };
    books = new ScriptedDestination('books', can);
    await queued(2);
    books.script.push({ kind: 'uncertain', reason: 'connection lost' });
    expect(await runOnce()).toMatchObject({ uncertain: 1, booked: 1 });
    clock.ms += 30 * 86_400_000;
    await runOnce();
    expect(books.posts).toHaveLength(2);
    expect(await postingOf(store, 'main/1/invoice')).toMatchObject({
      state: 'uncertain',
      dueAt: null,
    });
  });

  test('is not sent as a credit note to books that take none', async () => {
    const can = {
      searchByReference: true,
      mayRepeat: false,
      attachments: false,
      creditNotes: false,
    };
    books = new ScriptedDestination('books', can);
    const note = documentOf({
      kind: 'credit-note',
      lines: [{ netMinor: 1, rates: ['NL0'] }],
    });
    await queue(store, [note], 'books', clock);
    expect(await runOnce()).toMatchObject({ rejected: 1 });
    expect(books.posts).toEqual([]);
  });
});

describe('a process that died during an attempt', () => {
  async function leaveSending(): Promise<void> {
    await queued(2);
    const now = instantOf(clock.ms);
    const expiresAt = instantOf(clock.ms + 60_000);
    const claim = { books: 'books', limit: 1, holder: 'gone', now, expiresAt };
    await store.transaction((tx) => tx.claimPostings(claim));
  }

  test('leaves a posting that is looked up, found, and not sent again', async () => {
    await leaveSending();
    books.there.add('main/1/invoice');
    const isDead = (holder: string) => holder === 'gone';
    const report = await worker({ isDead }).runOnce('books', RUNNING);
    expect(report.books[0]).toMatchObject({ abandoned: 1, booked: 2 });
    expect(books.posts).toEqual(['main/2/invoice']);
  });

  test('leaves a posting that is looked up, not found, and sent again', async () => {
    await leaveSending();
    const isDead = (holder: string) => holder === 'gone';
    await worker({ isDead }).runOnce('books', RUNNING);
    expect([...books.posts].sort()).toEqual(['main/1/invoice', 'main/2/invoice']);
    expect(books.finds).toEqual(['main/1/invoice']);
  });

  test('is not assumed while its claim lasts', async () => {
    await leaveSending();
    await runOnce();
    expect(await postingOf(store, 'main/1/invoice')).toMatchObject({ state: 'sending' });
    clock.ms += 61_000;
    expect(await runOnce()).toMatchObject({ abandoned: 1, booked: 1 });
  });
});

describe('books that are out of order', () => {
  test('are paused as a whole after three failures, and say so', async () => {
    await queued(30);
    for (let count = 0; count < 99; count += 1) books.script.push(BOOKS_DOWN);
    const report = await runOnce();
    expect(books.posts).toHaveLength(3);
    expect(report.paused).toMatchObject({ failures: 3, reason: 'disk full' });
    expect(await runOnce()).toMatchObject({ booked: 0, paused: { failures: 3 } });
    expect(books.posts).toHaveLength(3);
  });

  test('are probed with one document once the pause is over, and paused for longer', async () => {
    await queued(30);
    for (let count = 0; count < 4; count += 1) books.script.push(BOOKS_DOWN);
    await runOnce();
    clock.ms += 60_000;
    expect(await runOnce()).toMatchObject({ paused: { failures: 4 } });
    expect(books.posts).toHaveLength(4);
  });

  test('go on with everything once a probe succeeds', async () => {
    await queued(30);
    for (let count = 0; count < 3; count += 1) books.script.push(BOOKS_DOWN);
    await runOnce();
    clock.ms += 60_000;
    expect(await runOnce()).toMatchObject({ booked: 30 });
    expect(await store.cursor('books', 'pause')).toBe('');
  });

  test('do not hold up other books', async () => {
    const other = new ScriptedDestination('other');
    const made = await queued(4);
    const at = instantOf(clock.ms);
    await store.transaction((tx) =>
      tx.addPostings(made.map(({ key }) => ({ documentKey: key, books: 'other', at }))),
    );
    for (let count = 0; count < 9; count += 1) books.script.push(BOOKS_DOWN);
    const report = await worker({ destinations: [books, other] }).runOnce(undefined, RUNNING);
    expect(report.books.find((each) => each.books === 'other')).toMatchObject({ booked: 4 });
  });
});

test('two workers at once send nothing twice', async () => {
  await queued(60);
  const one = worker({ holder: 'one' });
  const two = worker({ holder: 'two' });
  const reports = await Promise.all([
    one.runOnce(undefined, RUNNING),
    two.runOnce(undefined, RUNNING),
  ]);
  const booked = reports.flatMap((report) => report.books.map((each) => each.booked));
  expect(booked.reduce((sum, count) => sum + count, 0)).toBe(60);
  expect(new Set(books.posts).size).toBe(60);
  expect(books.posts).toHaveLength(60);
});

describe('in the background', () => {
  test('works on what is queued as soon as it is told', async () => {
    const idle = (_: number, signal: AbortSignal) =>
      new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        else signal.addEventListener('abort', () => resolve(), { once: true });
      });
    const background = worker({ sleep: idle });
    background.start();
    await queued(3);
    const done = new Promise<void>((resolve) => {
      books.always.set('main/3/invoice', async () => {
        resolve();
        return { kind: 'booked', ref: 'r' };
      });
    });
    background.notify();
    await done;
    await background.stop();
    expect(await store.postingCounts('books')).toMatchObject({ booked: 3 });
  });

  test('a stop waits for the attempt under way', async () => {
    await queued(2);
    const background = worker();
    let finish: () => void = () => undefined;
    const called = new Promise<void>((resolve) => {
      books.script.push(async () => {
        resolve();
        await new Promise<void>((end) => {
          finish = end;
        });
        return { kind: 'booked', ref: 'r' };
      });
    });
    background.start();
    await called;
    const stopped = background.stop();
    finish();
    await stopped;
    expect(await store.postingCounts('books')).toMatchObject({ booked: 1, queued: 1, sending: 0 });
  });
});

describe('a person', () => {
  beforeEach(async () => {
    await queued(1);
    books.script.push({ kind: 'differs', ref: 'R9', detail: 'other total' });
    await runOnce();
  });

  test('can mark a posting as booked, which keeps its reference', async () => {
    const released = await worker().release('main/1/invoice', 'books', 'mark-booked');
    expect(released).toEqual({ kind: 'released', to: 'booked' });
    expect(await postingOf(store, 'main/1/invoice')).toMatchObject({
      state: 'booked',
      reference: 'R9',
    });
  });

  test('can have it sent again', async () => {
    await worker().release('main/1/invoice', 'books', 'send-again');
    expect(await runOnce()).toMatchObject({ booked: 1 });
  });

  test('cannot release what is booked, or does not exist', async () => {
    await worker().release('main/1/invoice', 'books', 'mark-booked');
    expect(await worker().release('main/1/invoice', 'books', 'send-again')).toEqual({
      kind: 'not-waiting',
      state: 'booked',
    });
    expect(await worker().release('main/9/invoice', 'books', 'send-again')).toEqual({
      kind: 'unknown',
    });
    expect(await worker().release('main/1/invoice', 'other', 'send-again')).toEqual({
      kind: 'unknown',
    });
  });
});
