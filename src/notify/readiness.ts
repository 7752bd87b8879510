import { type Clock, epochMsOf, instantOf } from '../orders/time.js';
import { nextCronAt } from '../runtime/cron.js';
import type { Health, HealthCheck } from '../runtime/health-check.js';
import type { StoreReads } from '../store/store.js';
import type { BooksSource } from './read-facts.js';

export interface ReadinessDeps {
  readonly store: Pick<StoreReads, 'claims' | 'runs'>;
  readonly clock: Clock;
  readonly atWorkSinceMs: number;
  readonly shops: readonly string[];
  readonly books: readonly BooksSource[];
  /** Cron expression of the polls, and its zone. */
  readonly poll: string;
  readonly zone: string;
  /** When the last heartbeat came; undefined: none yet. */
  readonly lastBeatMs: () => number | undefined;
}

/** Two beats left out and half a minute: the heart has stopped. */
const LONGEST_SILENCE_MS = 150_000;
const INTERVALS = 3;

/** What `/readyz` asks: database, schedules, each shop, each books. */
export function readinessChecks(deps: ReadinessDeps): readonly HealthCheck[] {
  return [
    { name: 'database', look: () => database(deps) },
    { name: 'schedules', look: async () => schedules(deps) },
    ...deps.shops.map((shop) => shopCheck(deps, shop)),
    ...deps.books.map((books) => ({ name: `books ${books.id}`, look: () => booksHealth(books) })),
  ];
}

async function database({ store }: ReadinessDeps): Promise<Health> {
  await store.claims();
  return { ok: true, detail: 'it can be read' };
}

function schedules({ clock, lastBeatMs }: ReadinessDeps): Health {
  const last = lastBeatMs();
  if (last === undefined) return { ok: false, detail: 'no heartbeat yet' };
  const ok = clock.now() - last < LONGEST_SILENCE_MS;
  return { ok, detail: `the last heartbeat was at ${instantOf(last)}` };
}

/**
 * Polls of a shop must come to a good end: none for three intervals means trouble. The time before
 * this process began does not count, nor does a first read, which may take hours.
 */
function shopCheck(deps: ReadinessDeps, shop: string): HealthCheck {
  const { store, clock, atWorkSinceMs } = deps;
  const overdueAt = remembered((sinceMs) => intervalsAfter(sinceMs, deps));
  return {
    name: `shop ${shop}`,
    async look() {
      const [done] = await store.runs({ kind: 'poll', subject: shop, state: 'done' }, 1);
      const doneAt = done?.endedAt ?? undefined;
      const doneMs = doneAt === undefined ? 0 : epochMsOf(doneAt);
      const detail = doneAt === undefined ? 'not polled yet' : `polled at ${doneAt}`;
      if (clock.now() <= overdueAt(Math.max(doneMs, atWorkSinceMs))) return { ok: true, detail };
      const [first] = await store.runs({ kind: 'backfill', subject: shop }, 1);
      if (first?.state === 'running') return { ok: true, detail: 'its first read goes on' };
      const [last] = await store.runs({ kind: 'poll', subject: shop }, 1);
      const why = last?.error ?? first?.error;
      return { ok: false, detail: `${detail}${why ? `; since then: ${why}` : ''}` };
    },
  };
}

function intervalsAfter(sinceMs: number, { poll, zone }: ReadinessDeps): number {
  let at = sinceMs;
  for (let count = 0; count < INTERVALS; count += 1) at = nextCronAt(poll, at, zone);
  return at;
}

/** Walking a weekly schedule minute by minute is not for each request. */
function remembered(compute: (input: number) => number): (input: number) => number {
  let last: { readonly input: number; readonly output: number } | undefined;
  return (input) => {
    if (last?.input !== input) last = { input, output: compute(input) };
    return last.output;
  };
}

async function booksHealth({ pause }: BooksSource): Promise<Health> {
  const paused = await pause();
  if (!paused) return { ok: true, detail: 'not paused' };
  return { ok: false, detail: `paused since ${paused.since}: ${paused.reason}` };
}
