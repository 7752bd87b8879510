import { expect, it } from 'vitest';
import { createNowAndThen } from './now-and-then.js';

it('tells at once, then no sooner than after its time, with how often it happened', () => {
  let nowMs = 1_000_000;
  const timeToTell = createNowAndThen({ now: () => nowMs }, 60_000);
  expect(timeToTell('a')).toBe(1);
  expect(timeToTell('a')).toBeUndefined();
  expect(timeToTell('b')).toBe(1);
  nowMs += 59_999;
  expect(timeToTell('a')).toBeUndefined();
  nowMs += 1;
  expect(timeToTell('a')).toBe(3);
  // Set back by a day: it goes on from there.
  nowMs -= 86_400_000;
  expect(timeToTell('a')).toBe(1);
  expect(timeToTell('a')).toBeUndefined();
});
