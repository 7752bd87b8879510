import { afterEach, expect, test, vi } from 'vitest';
import { startHeartbeat } from './heartbeat.js';
import { createLogger } from './logger.js';

afterEach(() => {
  vi.useRealTimers();
});

test('it beats each minute, through the night that skips an hour, until it is stopped', async () => {
  vi.useFakeTimers({ now: new Date('2026-03-29T00:30:30Z') });
  let beats = 0;
  const heartbeat = startHeartbeat(
    () => {
      beats += 1;
    },
    createLogger({ level: 'silent', format: 'json' }),
  );
  await vi.advanceTimersByTimeAsync(60 * 60_000);
  expect(beats).toBe(60);
  await heartbeat.stop();
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  expect(beats).toBe(60);
});
