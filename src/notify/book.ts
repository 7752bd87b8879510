import { epochMsOf, type Instant } from '../orders/time.js';
import type { StoredAlert } from '../store/store.js';

/** Something that needs a person. */
export interface Alert {
  /** What it is about, unique: `blocked/main`. */
  readonly key: string;
  /** One line. */
  readonly subject: string;
  readonly message: string;
  /** What a person can do. */
  readonly fix: string;
}

/** What one channel has told and not taken back: when it last told each alert, by its key. */
type Told = ReadonlyMap<string, Instant>;

/** All that is known of alerts; a value, so that a change can be made again on a newer book. */
export interface Book {
  /** Those that are raised, and those whose all-clear some channel still owes. */
  readonly alerts: ReadonlyMap<string, StoredAlert>;
  /** By the channel's name. */
  readonly told: ReadonlyMap<string, Told>;
}

/** Answers the very same book where it changes nothing. */
export type Change = (book: Book) => Book;

export const EMPTY_BOOK: Book = { alerts: new Map(), told: new Map() };

/**
 * An alert that is raised already takes over the newest words, and is told no sooner for it. One
 * whose all-clear has not been told yet goes on as if it had never been away.
 */
export function raised(alert: Alert, now: Instant): Change {
  return (book) => {
    const known = book.alerts.get(alert.key);
    if (known && known.clearedAt === null && saysTheSame(known, alert)) return book;
    const { key, subject, message, fix } = alert;
    const since = { raisedAt: known?.raisedAt ?? now, toldAt: known?.toldAt ?? null };
    return withAlert(book, { key, subject, message, fix, ...since, clearedAt: null });
  };
}

export function cleared(key: string, now: Instant): Change {
  return (book) => {
    const known = book.alerts.get(key);
    if (!known || known.clearedAt !== null) return book;
    return withAlert(book, { ...known, clearedAt: now });
  };
}

/** What a look at everything found. */
export interface Findings {
  readonly raise: readonly Alert[];
  /** Keys of which nothing is known at the moment: they stay as they are. */
  readonly keep: readonly string[];
}

/** Raises what was found, and clears what is of the finder's own and was not. */
export function settled(findings: Findings, owns: (key: string) => boolean, now: Instant): Change {
  return (book) => {
    const stays = new Set([...findings.raise.map(({ key }) => key), ...findings.keep]);
    const over = [...book.alerts.keys()].filter((key) => owns(key) && !stays.has(key));
    const changes = [
      ...findings.raise.map((alert) => raised(alert, now)),
      ...over.map((key) => cleared(key, now)),
    ];
    return changes.reduce((changed, change) => change(changed), book);
  };
}

/** What one message tells; `toldAt` is when this channel last told it. */
export interface News {
  readonly raised: readonly StoredAlert[];
  readonly reminded: readonly StoredAlert[];
  readonly cleared: readonly StoredAlert[];
}

/**
 * What a channel has to tell now. Where one reminder is due, those that are due within the next
 * half of the time between reminders come along, so that a day has one message of them.
 */
export function owed(book: Book, channel: string, nowMs: number, remindMs: number): News {
  const told = book.told.get(channel) ?? new Map<string, Instant>();
  const alerts = [...book.alerts.values()];
  const open = alerts.filter(({ clearedAt }) => clearedAt === null);
  const isToldSince = (ms: number) => (alert: StoredAlert) => {
    const at = told.get(alert.key);
    return at !== undefined && nowMs - epochMsOf(at) >= ms;
  };
  const isReminderDue = open.some(isToldSince(remindMs));
  const asTold = (alert: StoredAlert) => ({ ...alert, toldAt: told.get(alert.key) ?? null });
  return {
    raised: open.filter(({ key }) => !told.has(key)).map(asTold),
    reminded: isReminderDue ? open.filter(isToldSince(remindMs / 2)).map(asTold) : [],
    cleared: alerts.filter(({ key, clearedAt }) => clearedAt !== null && told.has(key)).map(asTold),
  };
}

export function isNothing({ raised, reminded, cleared }: News): boolean {
  return raised.length + reminded.length + cleared.length === 0;
}

/** The channel told it. What changed while it was sending is told by the next message. */
export function tellingOf(channel: string, news: News, now: Instant): Change {
  return (book) => {
    const told = new Map(book.told.get(channel));
    const alerts = new Map(book.alerts);
    for (const { key } of [...news.raised, ...news.reminded]) {
      told.set(key, now);
      const alert = alerts.get(key);
      if (alert) alerts.set(key, { ...alert, toldAt: now });
    }
    for (const { key } of news.cleared) told.delete(key);
    return { alerts, told: new Map(book.told).set(channel, told) };
  };
}

/** Takes away what is over and owed to nobody, and what a channel told of alerts that are gone. */
export function tidied(channels: readonly string[]): Change {
  return (book) => {
    const owing = channels.map((name) => book.told.get(name) ?? new Map<string, Instant>());
    const isDone = ({ key, clearedAt }: StoredAlert) =>
      clearedAt !== null && !owing.some((told) => told.has(key));
    const kept = [...book.alerts].filter(([, alert]) => !isDone(alert));
    const isOrphaned = owing.some((told) => [...told.keys()].some((key) => !book.alerts.has(key)));
    if (kept.length === book.alerts.size && !isOrphaned) return book;
    const told = [...book.told].map(
      ([name, own]) => [name, new Map([...own].filter(([key]) => book.alerts.has(key)))] as const,
    );
    return { alerts: new Map(kept), told: new Map(told) };
  };
}

function saysTheSame(a: Alert, b: Alert): boolean {
  return a.subject === b.subject && a.message === b.message && a.fix === b.fix;
}

function withAlert(book: Book, alert: StoredAlert): Book {
  return { ...book, alerts: new Map(book.alerts).set(alert.key, alert) };
}
