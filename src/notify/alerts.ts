import { createHash } from 'node:crypto';
import { type Clock, instantOf } from '../orders/time.js';
import type { Logger } from '../runtime/logger.js';
import type { Store, StoredAlert } from '../store/store.js';
import {
  type Alert,
  type Book,
  type Change,
  cleared,
  type Findings,
  isNothing,
  type News,
  owed,
  raised,
  settled,
  tellingOf,
  tidied,
} from './book.js';
import { type Channel, ChannelError } from './channel.js';
import { createStoredBook } from './stored-book.js';

/** Stored facts that people are told of: once, with reminders and an all-clear. Nothing here throws. */
export interface Alerts {
  raise(alert: Alert): Promise<void>;
  /** Where it is raised; else nothing. */
  clear(key: string): Promise<void>;
  /** Raises what was found, and clears what is of the finder's own and was not found. */
  settle(findings: Findings, owns: (key: string) => boolean): Promise<void>;
  /** Sends what is new, due again or over, in one message a channel; for each heartbeat. */
  tell(signal: AbortSignal): Promise<void>;
  /** What is raised now, also where the store could not take it yet; oldest first. */
  open(): Promise<readonly StoredAlert[]>;
}

export interface AlertsOptions {
  readonly store: Pick<
    Store,
    'openAlerts' | 'cursor' | 'transaction' | 'acquireClaim' | 'releaseClaim'
  >;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly channels: readonly Channel[];
  readonly remindHours: number;
  /** This process, where several may tell from one store: only one does at a time. */
  readonly self?: { readonly holder: string; readonly isDead: (holder: string) => boolean };
}

const CLAIM = 'alerts';
/** Longer than all channels may take. */
const CLAIM_TTL_MS = 5 * 60_000;
const HOUR_MS = 3_600_000;

export function createAlerts(options: AlertsOptions): Alerts {
  const { clock, logger, channels } = options;
  const remindMs = options.remindHours * HOUR_MS;
  const names = channels.map(({ name }) => name);
  const book = createStoredBook({ ...options, channels: names });
  let telling: Promise<void> | undefined;

  const now = () => instantOf(clock.now());
  const change = async (wanted: Change): Promise<void> => {
    const { before, after } = await book.change(wanted);
    logNews(logger, before, after);
  };

  async function tellBy(channel: Channel, signal: AbortSignal): Promise<void> {
    const atMs = clock.now();
    const news = owed(await book.read(), channel.name, atMs, remindMs);
    if (isNothing(news) || signal.aborted) return;
    try {
      await channel.send({ ...news, id: idOf(channel.name, news), atMs }, signal);
    } catch (error) {
      if (!signal.aborted) logFailure(logger, channel, error);
      return;
    }
    await book.change(tellingOf(channel.name, news, now()));
    const counts = { new: news.raised.length, reminders: news.reminded.length };
    logger.info({ channel: channel.name, ...counts, over: news.cleared.length }, 'alerts told');
  }

  async function tellAll(signal: AbortSignal): Promise<void> {
    const free = await claim(options);
    if (!free) return;
    try {
      await Promise.all(channels.map((channel) => tellBy(channel, signal)));
      await book.change(tidied(names));
    } finally {
      await free();
    }
  }

  return {
    raise: (alert) => change(raised(alert, now())),
    clear: (key) => change(cleared(key, now())),
    settle: (findings, owns) => change(settled(findings, owns, now())),
    tell(signal) {
      telling ??= tellAll(signal)
        .catch((err: unknown) => logger.error({ err }, 'telling of alerts failed'))
        .finally(() => {
          telling = undefined;
        });
      return telling;
    },
    async open() {
      const { alerts } = await book.read();
      return [...alerts.values()].filter(({ clearedAt }) => clearedAt === null);
    },
  };
}

/** Undefined where another process tells now. A store that cannot answer keeps nobody from telling. */
async function claim({
  store,
  clock,
  self,
}: AlertsOptions): Promise<(() => Promise<void>) | undefined> {
  const nothing = async () => {};
  if (!self) return nothing;
  const now = instantOf(clock.now());
  const expiresAt = instantOf(clock.now() + CLAIM_TTL_MS);
  try {
    const { taken } = await store.acquireClaim({ name: CLAIM, ...self, now, expiresAt });
    return taken ? () => store.releaseClaim(CLAIM, self.holder).catch(nothing) : undefined;
  } catch {
    return nothing;
  }
}

/** From what is told and which time it is, and not from the words or the hour. */
function idOf(channel: string, news: News): string {
  const steps = Object.entries(news).flatMap(([step, alerts]: [string, readonly StoredAlert[]]) =>
    alerts.map(({ key, raisedAt, toldAt }) => [step, key, raisedAt, toldAt]),
  );
  const digest = createHash('sha256').update(JSON.stringify([channel, steps]));
  return `alert_${digest.digest('hex').slice(0, 32)}`;
}

function logNews(logger: Logger, before: Book, after: Book): void {
  const isOpen = (book: Book, key: string) => book.alerts.get(key)?.clearedAt === null;
  for (const { key, subject, message, fix } of after.alerts.values()) {
    const [was, is] = [isOpen(before, key), isOpen(after, key)];
    if (is && !was) logger.warn({ alert: key, message, fix }, subject);
    if (was && !is) logger.info({ alert: key }, `all clear: ${subject}`);
  }
}

function logFailure(logger: Logger, { name }: Channel, error: unknown): void {
  const text = 'alerts could not be told; it is tried again at the next beat';
  if (error instanceof ChannelError) {
    logger.warn({ channel: name, reason: error.message, fix: error.fix }, text);
  } else {
    logger.error({ channel: name, err: error }, text);
  }
}

export type { Alert };
