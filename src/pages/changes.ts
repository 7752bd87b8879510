import { setTimeout as sleep } from 'node:timers/promises';
import { whenAborted } from '../runtime/stopping.js';
import type { Changes } from './routes/events.js';

const LOOK_EVERY_MS = 2_000;

/**
 * Looks every two seconds whether something moved (then `marker` answers another text), once for all
 * open pages; nobody looks where no page is open. Any number of processes may make the changes.
 */
export function createChanges(marker: () => Promise<string>): Changes {
  let readers = 0;
  let latest: { marker: string; next: Promise<void> } | undefined;

  const look = async (): Promise<void> => {
    const before = await marker();
    while (readers > 0) {
      await sleep(LOOK_EVERY_MS);
      const after = await marker().catch(() => before);
      if (after !== before) return;
    }
  };
  return async function* changes(signal) {
    readers += 1;
    try {
      const aborted = whenAborted(signal).then(() => 'gone' as const);
      for (;;) {
        latest ??= { marker: '', next: look() };
        const { next } = latest;
        const happened = await Promise.race([next, aborted]);
        if (happened === 'gone') return;
        if (latest?.next === next) latest = undefined;
        yield;
      }
    } finally {
      readers -= 1;
    }
  };
}
