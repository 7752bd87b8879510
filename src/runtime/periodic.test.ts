import { expect, test } from 'vitest';
import type { Logger } from './logger.js';
import { createPeriodic } from './periodic.js';

function bench(work: (signal: AbortSignal) => Promise<void>, isDue = () => true) {
  const errors: unknown[] = [];
  const ignore = () => {};
  const logger: Logger = {
    debug: ignore,
    info: ignore,
    warn: ignore,
    error: (fields) => errors.push(fields),
    child: () => logger,
  };
  return { task: createPeriodic({ name: 'poll', isDue, work, logger }), errors };
}

/** Work that ends when told. */
function held() {
  const ends: (() => void)[] = [];
  let running = 0;
  let most = 0;
  let runs = 0;
  return {
    work: async () => {
      running += 1;
      runs += 1;
      most = Math.max(most, running);
      await new Promise<void>((resolve) => ends.push(resolve));
      running -= 1;
    },
    end: () => ends.shift()?.(),
    seen: () => ({ runs, most }),
  };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('it never overlaps itself; told while it runs, it runs once more', async () => {
  const { work, end, seen } = held();
  const { task } = bench(work);
  void task.beat();
  void task.beat();
  await turn();
  const told = [task.runNow(), task.runNow()];
  expect(seen().runs).toBe(1);
  end();
  await turn();
  void task.beat();
  expect(seen()).toEqual({ runs: 2, most: 1 });
  end();
  await Promise.all(told);
  expect(seen()).toEqual({ runs: 2, most: 1 });
});

test('it does not run before its time', async () => {
  let runs = 0;
  const { task } = bench(
    async () => {
      runs += 1;
    },
    () => false,
  );
  await task.beat();
  expect(runs).toBe(0);
  await task.runNow();
  expect(runs).toBe(1);
});

test('an error is logged and ends only that run', async () => {
  let runs = 0;
  const { task, errors } = bench(async () => {
    runs += 1;
    throw new Error('no store');
  });
  await task.beat();
  await task.beat();
  expect(runs).toBe(2);
  expect(errors).toMatchObject([{ task: 'poll', err: { message: 'no store' } }, {}]);
});

test('stop aborts the run, waits for its end, and nothing runs afterwards', async () => {
  let state = 'idle';
  const { task, errors } = bench(async (signal) => {
    state = 'running';
    await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  });
  void task.beat();
  await turn();
  void task.runNow();
  await task.stop();
  expect(errors).toEqual([]);
  state = 'stopped';
  await task.runNow();
  expect(state).toBe('stopped');
});
