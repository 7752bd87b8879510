import { expect, test } from 'vitest';
import { createCronTimer, nextCronAt } from './cron.js';

const next = (cron: string, after: string, zone = 'Europe/Amsterdam') =>
  new Date(nextCronAt(cron, Date.parse(after), zone)).toISOString();

test.each([
  ['strictly after', '*/15 * * * *', '2026-06-10T10:15:00Z', '2026-06-10T10:30:00.000Z'],
  ['seconds count', '*/15 * * * *', '2026-06-10T10:14:59Z', '2026-06-10T10:15:00.000Z'],
  ['in the zone', '0 8 * * *', '2026-06-10T10:00:00Z', '2026-06-11T06:00:00.000Z'],
  ['weekdays', '0 8 * * 1-5', '2026-06-12T10:00:00Z', '2026-06-15T06:00:00.000Z'],
  ['0 and 7 are Sunday', '0 8 * * 7', '2026-06-10T10:00:00Z', '2026-06-14T06:00:00.000Z'],
  [
    'either day where both are named',
    '0 8 13 * 5',
    '2026-06-12T10:00:00Z',
    '2026-06-13T06:00:00.000Z',
  ],
  ['a month ahead', '30 4 1 1 *', '2026-06-12T10:00:00Z', '2027-01-01T03:30:00.000Z'],
  ['a leap day', '0 0 29 2 *', '2026-06-12T10:00:00Z', '2028-02-28T23:00:00.000Z'],
  ['the spring gap', '30 2 * * *', '2026-03-28T12:00:00Z', '2026-03-29T01:00:00.000Z'],
  ['not again after the gap', '30 2 * * *', '2026-03-29T01:00:00Z', '2026-03-30T00:30:00.000Z'],
  ['through the repeated hour', '*/15 * * * *', '2026-10-25T00:45:00Z', '2026-10-25T01:00:00.000Z'],
])('%s', (_, cron, after, expected) => {
  expect(next(cron, after)).toBe(expected);
});

test('polls keep their distance in the nights when the clock changes', () => {
  for (const night of ['2026-03-28T23:00:00Z', '2026-10-24T23:00:00Z']) {
    let at = Date.parse(night);
    for (let step = 0; step < 24; step += 1) {
      const following = nextCronAt('*/15 * * * *', at, 'Europe/Amsterdam');
      expect(following - at).toBe(15 * 60_000);
      at = following;
    }
  }
});

test('what never comes is said so', () => {
  expect(() => next('0 0 30 2 *', '2026-06-10T10:00:00Z')).toThrow(/impossible/);
});

test('a timer answers once for each moment that came, and once for many missed', () => {
  let nowMs = Date.parse('2026-06-10T10:10:00Z');
  const isDue = createCronTimer('*/15 * * * *', 'Europe/Amsterdam', { now: () => nowMs });
  expect(isDue()).toBe(false);
  nowMs += 5 * 60_000;
  expect(isDue()).toBe(true);
  expect(isDue()).toBe(false);
  nowMs += 3_600_000;
  expect(isDue()).toBe(true);
  expect(isDue()).toBe(false);
});
