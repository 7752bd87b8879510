import { type Clock, type Instant, instantOf } from '../orders/time.js';
import type { Logger } from '../runtime/logger.js';
import type { Store, StoreReads, StoreTransaction } from '../store/store.js';
import { type Book, type Change, EMPTY_BOOK } from './book.js';

/** The book of alerts in the store. */
export interface StoredBook {
  read(): Promise<Book>;
  /** Never throws: what cannot be stored now holds in this process, and is stored with the next change. */
  change(change: Change): Promise<{ readonly before: Book; readonly after: Book }>;
}

export interface StoredBookOptions {
  readonly store: Pick<Store, 'openAlerts' | 'cursor' | 'transaction'>;
  readonly channels: readonly string[];
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Under which a channel's part of the book is kept among the cursors. */
const OWNER = 'alerts';
const cursorOf = (channel: string) => `told:${channel}`;

/**
 * Changes are functions of the book, and so can wait for a store that is full or locked, which is
 * the very thing that people must be told of: they are made again on what the store then has.
 */
export function createStoredBook({
  store,
  channels,
  clock,
  logger,
}: StoredBookOptions): StoredBook {
  let waiting: Change[] = [];
  let lastStored: Book = EMPTY_BOOK;
  let turn: Promise<unknown> = Promise.resolve();

  const withWaiting = (book: Book) => waiting.reduce((changed, change) => change(changed), book);

  async function read(): Promise<Book> {
    try {
      lastStored = await load(store, channels);
    } catch (err) {
      logger.warn({ err }, 'the alerts could not be read; going on with what is known');
    }
    return withWaiting(lastStored);
  }

  async function save(): Promise<Book> {
    const now = instantOf(clock.now());
    try {
      lastStored = await store.transaction(async (tx) => {
        const from = await load(tx, channels);
        const to = withWaiting(from);
        await write(tx, from, to, now);
        return to;
      });
      waiting = [];
    } catch (err) {
      logger.warn({ err }, 'the alerts could not be stored yet');
    }
    return withWaiting(lastStored);
  }

  async function make(change: Change): Promise<{ before: Book; after: Book }> {
    const before = await read();
    const isNews = change(before) !== before;
    if (isNews) waiting.push(change);
    // A plain read first, so that a beat without news never takes the write lock.
    return { before, after: isNews || waiting.length > 0 ? await save() : before };
  }

  return {
    read,
    change(change) {
      const made = turn.then(() => make(change));
      turn = made.catch(() => undefined);
      return made;
    },
  };
}

async function load(
  reads: Pick<StoreReads, 'openAlerts' | 'cursor'>,
  channels: readonly string[],
): Promise<Book> {
  const alerts = await reads.openAlerts();
  const told = new Map<string, ReadonlyMap<string, Instant>>();
  for (const channel of channels) {
    const text = await reads.cursor(OWNER, cursorOf(channel));
    const own: Record<string, Instant> = text ? JSON.parse(text) : {};
    told.set(channel, new Map(Object.entries(own)));
  }
  return { alerts: new Map(alerts.map((alert) => [alert.key, alert])), told };
}

async function write(tx: StoreTransaction, from: Book, to: Book, now: Instant): Promise<void> {
  for (const [key, alert] of to.alerts) {
    if (from.alerts.get(key) !== alert) await tx.putAlert(alert);
  }
  for (const key of from.alerts.keys()) if (!to.alerts.has(key)) await tx.removeAlert(key);
  for (const [channel, told] of to.told) {
    if (from.told.get(channel) === told) continue;
    const text = JSON.stringify(Object.fromEntries(told));
    await tx.setCursor(OWNER, cursorOf(channel), text, now);
  }
}
