import { afterEach } from 'vitest';
import { openStore } from '../../../src/store/open-store.js';
import type { Store } from '../../../src/store/store.js';

/** One kind of database that the suite runs on. */
export interface DatabaseUnderTest {
  readonly kind: Store['kind'];
  /** An empty database of its own. */
  freshDatabase(): Promise<string>;
  /** Runs a statement past the store, as somebody with the database's own tool would. */
  tamper(database: string, statement: string): Promise<void>;
}

/** What the tests of one part use. */
export interface Bench {
  readonly under: DatabaseUnderTest;
  /** A store on a database of its own, closed after the test. */
  freshStore(): Promise<Store>;
  /** Another store on the same database. */
  openAt(database: string): Promise<Store>;
}

/** Call inside a `describe`. */
export function benchFor(under: DatabaseUnderTest): Bench {
  const opened: Store[] = [];
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
  });
  const openAt = async (database: string) => {
    const store = await openStore({ database, clock: { now: () => 0 } });
    opened.push(store);
    return store;
  };
  return { under, openAt, freshStore: async () => openAt(await under.freshDatabase()) };
}
