import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EXAMPLES } from '../../tests/support/documents.js';
import { exportDeps, openTestStore, queue, TestClock } from '../../tests/support/export.js';
import type { Store } from '../store/store.js';
import type { Destination } from './destination.js';
import { createJournal } from './destinations/journal/journal.js';
import { createExportWorker } from './worker.js';

const RUNNING = new AbortController().signal;
const DOCUMENTS = Object.values(EXAMPLES).slice(0, 8);

/** A process that dies at its n-th step: from then on nothing it does has any effect. */
class MortalProcess {
  #stepsLeft: number;

  constructor(steps: number) {
    this.#stepsLeft = steps;
  }

  async #step<T>(work: () => Promise<T>): Promise<T> {
    this.#stepsLeft -= 1;
    if (this.#stepsLeft < 0) throw new Error('dead');
    const result = await work();
    // Dying after the work was done, and before anybody was told, is a step of its own.
    this.#stepsLeft -= 1;
    if (this.#stepsLeft < 0) throw new Error('dead');
    return result;
  }

  store(real: Store): Store {
    return new Proxy(real, {
      get: (target, name) =>
        name === 'transaction'
          ? (work: Parameters<Store['transaction']>[0]) =>
              this.#step(() => target.transaction(work))
          : Reflect.get(target, name).bind?.(target),
    });
  }

  destination(real: Destination): Destination {
    return {
      id: real.id,
      kind: real.kind,
      can: real.can,
      post: (document, reference, signal) =>
        this.#step(() => real.post(document, reference, signal)),
      find: (document, reference, signal) =>
        this.#step(() => real.find(document, reference, signal)),
      check: (signal) => real.check(signal),
    };
  }
}

/** Books that outlive every process, as the other end of a network would. */
interface LastingBooks {
  connect(): Destination;
  /** Keys of the documents that are there, as often as they are. */
  keys(): Promise<readonly string[]>;
  close(): Promise<void>;
}

async function journalBooks(): Promise<LastingBooks> {
  const folder = await mkdtemp(join(tmpdir(), 'once-'));
  return {
    connect: () => createJournal({ id: 'books', flavour: 'hledger', folder }),
    keys: () => documentTags(folder),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Books that take everything they are sent, twice too: only the worker can keep them right. */
async function naiveBooks(): Promise<LastingBooks> {
  const there: string[] = [];
  const destination: Destination = {
    id: 'books',
    kind: 'naive',
    can: { searchByReference: true, mayRepeat: false, attachments: false, creditNotes: true },
    post: async (_, reference) => {
      there.push(reference);
      return { kind: 'booked', ref: reference };
    },
    find: async (_, reference) =>
      there.includes(reference) ? { kind: 'found', ref: reference } : { kind: 'absent' },
    check: async () => [],
  };
  return {
    connect: () => destination,
    keys: async () => [...there].sort(),
    close: async () => undefined,
  };
}

/** One process after another works on the same queue, and dies after so many steps. */
async function live(
  deaths: readonly number[],
  store: Store,
  books: LastingBooks,
  clock: TestClock,
) {
  for (const [index, steps] of [...deaths, Number.POSITIVE_INFINITY].entries()) {
    const life = new MortalProcess(steps);
    const worker = createExportWorker({
      ...exportDeps(life.store(store), [life.destination(books.connect())], clock),
      holder: `life ${index}`,
      isDead: (holder) => holder !== `life ${index}`,
    });
    await worker.runOnce('books', RUNNING);
  }
}

test.each([
  ['a journal', journalBooks],
  ['books that do not notice repeats', naiveBooks],
])('rule 2: whenever the process dies, every document is once in %s', async (_, open) => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 8 }),
      async (deaths) => {
        const clock = new TestClock();
        const { store, close } = await openTestStore(clock);
        const books = await open();
        try {
          await queue(store, DOCUMENTS, 'books', clock);
          await live(deaths, store, books, clock);
          expect(await books.keys()).toEqual(DOCUMENTS.map(({ key }) => key).sort());
          expect(await store.postingCounts('books')).toMatchObject({ booked: DOCUMENTS.length });
        } finally {
          await close();
          await books.close();
        }
      },
    ),
    { numRuns: 20 },
  );
});

/** The document that each transaction in the journal says it is. */
async function documentTags(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true });
  const texts = await Promise.all(
    names
      .filter((name) => name.endsWith('.journal'))
      .map((name) => readFile(join(folder, name), 'utf8')),
  );
  return texts
    .flatMap((text) => [...text.matchAll(/^ {4}; document: (.*)$/gm)].map(([, key = '']) => key))
    .sort();
}
