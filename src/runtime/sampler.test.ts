import { expect, test } from 'vitest';
import { createSampler } from './sampler.js';

/** A value that is counted each time it is read, and takes `tookMs` of a clock that a test moves. */
function bench(tookMs: number) {
  const state = { nowMs: 0, reads: 0, fails: false };
  const sample = createSampler(
    async () => {
      state.nowMs += tookMs;
      state.reads += 1;
      if (state.fails) throw new Error('no');
      return state.reads;
    },
    { elapsedMs: () => state.nowMs, leastMs: 10_000, share: 0.01 },
  );
  return { state, sample };
}

test('what is quickly read is used for the least time', async () => {
  const { state, sample } = bench(1);
  expect(await sample()).toBe(1);
  state.nowMs += 9_999;
  expect(await sample()).toBe(1);
  state.nowMs += 1;
  expect(await sample()).toBe(2);
});

test('what takes long is read so rarely that it takes no more than its share', async () => {
  const { state, sample } = bench(5_000);
  await sample();
  state.nowMs += 499_999;
  expect(await sample()).toBe(1);
  state.nowMs += 1;
  expect(await sample()).toBe(2);
});

test('those who ask meanwhile share one reading', async () => {
  const { sample } = bench(1);
  expect(await Promise.all([sample(), sample(), sample()])).toEqual([1, 1, 1]);
});

test('a failure is told, and tried again after the same time', async () => {
  const { state, sample } = bench(1);
  state.fails = true;
  await expect(sample()).rejects.toThrow('no');
  state.fails = false;
  await expect(sample()).rejects.toThrow('no');
  state.nowMs += 10_000;
  expect(await sample()).toBe(2);
});
