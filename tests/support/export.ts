import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Document } from '../../src/documents/document.js';
import type { ExportDeps } from '../../src/export/deps.js';
import type {
  BundleItem,
  BundleOutcome,
  Bundling,
  Destination,
  Lookup,
  Outcome,
} from '../../src/export/destination.js';
import { instantOf } from '../../src/orders/time.js';
import { openStore } from '../../src/store/open-store.js';
import type { Store, StoredPosting } from '../../src/store/store.js';

const START = Date.parse('2026-11-20T12:00:00.000Z');

/** A clock that a test moves; `sleep` moves it too. */
export class TestClock {
  constructor(public ms: number = START) {}
  now = (): number => this.ms;
  sleep = async (delayMs: number): Promise<void> => {
    this.ms += delayMs;
  };
}

const SILENT = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** A real store in a folder of its own. */
export async function openTestStore(clock: TestClock): Promise<{
  store: Store;
  folder: string;
  close(): Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'export-'));
  const store = await openStore({ database: join(folder, 'test.db'), clock });
  const close = async () => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { store, folder, close };
}

/** Issues documents and queues each for the books, as intake does. */
export async function queue(
  store: Store,
  documents: readonly Document[],
  books: string,
  clock: TestClock,
): Promise<void> {
  const at = instantOf(clock.now());
  await store.transaction(async (tx) => {
    await tx.addDocuments(
      documents.map((document) => ({ document, issuedAt: at, basis: '{}', contentHash: 'h' })),
    );
    await tx.addPostings(documents.map(({ key }) => ({ documentKey: key, books, at })));
  });
}

export async function postingOf(store: Store, key: string): Promise<StoredPosting> {
  const [posting] = await store.postingsOf([key]);
  if (!posting) throw new Error(`no posting of ${key}`);
  return posting;
}

type Step = Outcome | ((document: Document, signal: AbortSignal) => Promise<Outcome>);

/** Books in memory that answer what the test wrote down, by default `booked`. */
export class ScriptedDestination implements Destination {
  readonly kind = 'scripted';
  readonly posts: string[] = [];
  readonly finds: string[] = [];
  /** What is in the books. */
  readonly there = new Set<string>();
  /** Taken in turn, for any document. */
  readonly script: Step[] = [];
  /** For a document, whenever it comes. */
  readonly always = new Map<string, Step>();
  readonly lookups: Lookup[] = [];

  constructor(
    readonly id = 'books',
    readonly can = {
      searchByReference: true,
      mayRepeat: false,
      attachments: false,
      creditNotes: true,
    },
  ) {}

  async post(document: Document, reference: string, signal: AbortSignal): Promise<Outcome> {
    this.posts.push(reference);
    const step = this.always.get(document.key) ?? this.script.shift();
    const outcome = typeof step === 'function' ? await step(document, signal) : step;
    if (outcome && outcome.kind !== 'booked') return outcome;
    this.there.add(reference);
    return outcome ?? { kind: 'booked', ref: `ref-${reference}` };
  }

  async find(_document: Document, reference: string): Promise<Lookup> {
    this.finds.push(reference);
    const scripted = this.lookups.shift();
    if (scripted) return scripted;
    if (!this.there.has(reference)) return { kind: 'absent' };
    return { kind: 'found', ref: `ref-${reference}` };
  }

  async check() {
    return [];
  }
}

/** Such books to which documents go together, at each full hour. */
export class ScriptedBundles extends ScriptedDestination {
  /** The references of each call. */
  readonly calls: (readonly string[])[] = [];
  /** Taken in turn, for a whole call. */
  readonly answers: ((items: readonly BundleItem[]) => Promise<readonly BundleOutcome[]>)[] = [];
  /** Documents that go together. */
  most = Number.POSITIVE_INFINITY;
  /** Documents of which nothing can be made. */
  readonly unmade = new Map<string, Outcome>();

  readonly bundle: Bundling = {
    lastAt: (now) => now - (now % HOUR_MS),
    nextAt: (now) => now - (now % HOUR_MS) + HOUR_MS,
    groupOf: ({ kind }) => kind,
    prepare: async (items) => {
      const aside = new Map(
        items.flatMap((item) => {
          const outcome = this.unmade.get(item.reference);
          return outcome ? [[item, outcome] as const] : [];
        }),
      );
      const inIt = items.filter((item) => !aside.has(item)).slice(0, this.most);
      return { items: inIt, aside, send: (signal) => this.#send(inIt, signal) };
    },
  };

  async #send(
    items: readonly BundleItem[],
    signal: AbortSignal,
  ): Promise<readonly BundleOutcome[]> {
    this.calls.push(items.map(({ reference }) => reference));
    const answer = this.answers.shift();
    if (answer) return answer(items);
    return Promise.all(
      items.map(({ document, reference }) => this.post(document, reference, signal)),
    );
  }
}

const HOUR_MS = 3_600_000;

export function exportDeps(
  store: Store,
  destinations: readonly Destination[],
  clock: TestClock,
): ExportDeps {
  return {
    store,
    destinations,
    clock,
    random: () => 0,
    logger: SILENT,
    holder: 'test:1:1',
    isDead: () => false,
    leaseMs: 60_000,
    sleep: clock.sleep,
  };
}
