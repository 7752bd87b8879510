import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ORDER_STATES, type PostingState } from '../../../src/orders/states.js';
import { systemClock } from '../../../src/runtime/clock.js';
import { openStore } from '../../../src/store/open-store.js';

/** What a killed process left in the database. */
export interface Autopsy {
  /** The work that it had in hand, by its claims and its postings; empty where it had none. */
  readonly inHand: readonly string[];
  readonly integrity: readonly string[];
  readonly postings: ReadonlyMap<string, PostingState>;
  /** Every order that is in a state. */
  readonly orderIds: readonly number[];
}

const FILES = ['orderpark.db', 'orderpark.db-wal'];

/**
 * Looks at a copy, so that the log which the dead process left behind is found by the next
 * orderpark and not by this test.
 */
export async function examine(folder: string, pid: number): Promise<Autopsy> {
  const copy = mkdtempSync(join(tmpdir(), 'orderpark-autopsy-'));
  try {
    for (const name of FILES) {
      if (existsSync(join(folder, name))) copyFileSync(join(folder, name), join(copy, name));
    }
    return await read(join(copy, 'orderpark.db'), pid);
  } finally {
    rmSync(copy, { recursive: true });
  }
}

async function read(database: string, pid: number): Promise<Autopsy> {
  const store = await openStore({ database, clock: systemClock, random: Math.random });
  try {
    const isIts = ({ holder }: { holder: string | null }) => holder?.split(':')[1] === `${pid}`;
    const claims = (await store.claims()).filter(isIts).map(({ name }) => name);
    const postings = await store.listPostings({}, 1_000_000);
    const isSending = postings.some((each) => each.state === 'sending' && isIts(each));
    const ofShop = { shop: 'main', states: ORDER_STATES, afterId: 0, limit: 1_000_000 };
    return {
      orderIds: await store.orderIds(ofShop),
      inHand: [...claims.filter((name) => name !== 'daemon'), ...(isSending ? ['export'] : [])],
      integrity: await store.integrityProblems(),
      postings: new Map(postings.map(({ documentKey, state }) => [documentKey, state])),
    };
  } finally {
    await store.close();
  }
}
