import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, type LocalDate, localDateOf } from '../orders/time.js';
import { dueBatchDate } from './batch-date.js';
import { startOfLocalDay, wallClockMs } from './zoned.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const FIRST = '2020-01-01';
const YEARS_MS = 10 * 365.25 * DAY_MS;

test.each([
  ['before its time: the night before', '2026-06-10T01:29:00Z', undefined, '2026-06-09'],
  ['at its time', '2026-06-10T01:30:00Z', undefined, '2026-06-10'],
  ['done', '2026-06-10T01:31:00Z', '2026-06-10', null],
  ['after a week of downtime: the latest only', '2026-06-10T12:00:00Z', '2026-06-03', '2026-06-10'],
  ['a clock that was set back', '2026-06-08T12:00:00Z', '2026-06-10', null],
])('%s', (_, now, lastDone, expected) => {
  const schedule = { zone: 'Europe/Amsterdam', at: '03:30' };
  expect(dueBatchDate(Date.parse(now), schedule, lastDone)).toBe(expected);
});

test('02:30 in the night that skips it is due at 03:00, and in the one that has it twice once', () => {
  const schedule = { zone: 'Europe/Amsterdam', at: '02:30' };
  const done = runMinutes(
    schedule,
    Date.parse('2026-03-28T12:00Z'),
    Date.parse('2026-03-29T12:00Z'),
  );
  expect(done).toEqual([['2026-03-29', '2026-03-29T01:00:00.000Z']]);
  const autumn = runMinutes(
    schedule,
    Date.parse('2026-10-24T12:00Z'),
    Date.parse('2026-10-25T12:00Z'),
  );
  expect(autumn).toEqual([['2026-10-25', '2026-10-25T00:30:00.000Z']]);
});

const zones = [
  'Europe/Amsterdam',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Africa/Casablanca',
];
const times = fc
  .integer({ min: 0, max: 1439 })
  .map((minute) => new Date(minute * MINUTE_MS).toISOString().slice(11, 16));

describe.each(zones)('ten years in %s', (zone) => {
  test('a process that is always up does each local date once, with a beat each minute', () => {
    const changes = changesOf(zone);
    const ordinary = fc
      .integer({ min: 1, max: 3650 })
      .map((day) => Date.parse(FIRST) + day * DAY_MS);
    const nights = changes.length > 0 ? fc.constantFrom(...changes) : ordinary;
    const nearChange = nights.chain((change) =>
      // Half of the times of day lie within the hours around the change of the clock.
      fc.oneof(times, minutesAround(change, zone)).map((at) => ({ change, at })),
    );
    const cases = fc.oneof(nearChange, fc.record({ change: ordinary, at: times }));
    fc.assert(
      fc.property(cases, ({ change, at }) => {
        const from = change - DAY_MS;
        const to = change + 2 * DAY_MS;
        const done = runMinutes({ zone, at }, from, to).map(([date]) => date);
        const first = done[0] ?? '';
        const last = done.at(-1) ?? '';
        const days = Math.round((Date.parse(last) - Date.parse(first)) / DAY_MS) + 1;
        expect(done).toEqual(Array.from({ length: days }, (_, day) => addDays(first, day)));
        expect(days).toBeGreaterThanOrEqual(2);
      }),
      { numRuns: 20 },
    );
  });

  test('whatever the downtime, no date is done twice and the latest is always caught up', () => {
    const downtimes = fc.array(fc.integer({ min: 1, max: 20 * 1440 }), {
      minLength: 200,
      maxLength: 300,
    });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: YEARS_MS }), downtimes, times, (start, gaps, at) => {
        const done: LocalDate[] = [];
        let now = Date.parse(FIRST) + start;
        for (const minutes of gaps) {
          now += minutes * MINUTE_MS;
          const due = dueBatchDate(now, { zone, at }, done.at(-1));
          if (due !== null) done.push(due);
          const today = localDateOf(now, zone);
          const yesterday = localDateOf(startOfLocalDay(today, zone) - 1, zone);
          expect([today, yesterday]).toContain(done.at(-1));
        }
        expect(done).toEqual([...new Set(done)].sort());
      }),
      { numRuns: 5 },
    );
  });
});

/** Each date as it is done, and when; the night before the start counts as done. */
function runMinutes(schedule: { zone: string; at: string }, from: number, to: number) {
  const done: [LocalDate, string][] = [];
  let lastDone = dueBatchDate(from, schedule, undefined) ?? undefined;
  for (let now = from; now <= to; now += MINUTE_MS) {
    const due = dueBatchDate(now, schedule, lastDone);
    if (due === null) continue;
    done.push([due, new Date(now).toISOString()]);
    lastDone = due;
  }
  return done;
}

/** Midnights (UTC) of the days on which the clock changes. */
function changesOf(zone: string): number[] {
  const changes: number[] = [];
  const offset = (at: number) => wallClockMs(at, zone) - at;
  for (let at = Date.parse(FIRST); at < Date.parse(FIRST) + YEARS_MS; at += DAY_MS) {
    if (offset(at) !== offset(at + DAY_MS)) changes.push(at);
  }
  return changes;
}

function minutesAround(change: number, zone: string) {
  let at = change;
  const offset = wallClockMs(at, zone) - at;
  while (at < change + DAY_MS && wallClockMs(at, zone) - at === offset) at += MINUTE_MS;
  return fc
    .integer({ min: -90, max: 90 })
    .map((minutes) =>
      new Date(wallClockMs(at, zone) + minutes * MINUTE_MS).toISOString().slice(11, 16),
    );
}
