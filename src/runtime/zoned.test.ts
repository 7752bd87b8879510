import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, localDateOf } from '../orders/time.js';
import { epochMsOfLocal, localDateBefore, startOfLocalDay, wallClockMs } from './zoned.js';

const at = (date: string, time: string, zone: string) =>
  new Date(epochMsOfLocal(date, time, zone)).toISOString();

test.each([
  ['an ordinary time', '2026-01-05', '03:30', 'Europe/Amsterdam', '2026-01-05T02:30:00.000Z'],
  [
    'a time skipped in spring',
    '2026-03-29',
    '02:30',
    'Europe/Amsterdam',
    '2026-03-29T01:00:00.000Z',
  ],
  [
    'the first of two in autumn',
    '2026-10-25',
    '02:30',
    'Europe/Amsterdam',
    '2026-10-25T00:30:00.000Z',
  ],
  [
    'a gap of half an hour',
    '2026-10-04',
    '02:15',
    'Australia/Lord_Howe',
    '2026-10-03T15:30:00.000Z',
  ],
  ['an offset of 5:45', '2026-07-01', '03:30', 'Asia/Kathmandu', '2026-06-30T21:45:00.000Z'],
  ['a date that never was', '2011-12-30', '03:30', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
])('%s', (_, date, time, zone, expected) => {
  expect(at(date, time, zone)).toBe(expected);
});

test('a day whose midnight is skipped starts at the moment after the gap', () => {
  expect(new Date(startOfLocalDay('2026-04-24', 'Africa/Cairo')).toISOString()).toBe(
    '2026-04-23T22:00:00.000Z',
  );
});

test('the date before is the one that the calendar had', () => {
  expect(localDateBefore('2011-12-31', 'Pacific/Apia')).toBe('2011-12-29');
  expect(localDateBefore('2026-03-01', 'Europe/Amsterdam')).toBe('2026-02-28');
});

const zones = ['Europe/Amsterdam', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Casablanca'];

test('it is the first moment that shows that time or a later one on that date', () => {
  const time = fc.integer({ min: 0, max: 1439 });
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: 0, max: 3650 }),
      time,
      (zone, day, minute) => {
        const date = addDays('2024-01-01', day);
        const text = new Date(minute * 60_000).toISOString().slice(11, 16);
        const epochMs = epochMsOfLocal(date, text, zone);
        const wallMs = Date.parse(`${date}T${text}Z`);
        expect(wallClockMs(epochMs, zone)).toBeGreaterThanOrEqual(wallMs);
        expect(wallClockMs(epochMs - 1, zone)).toBeLessThan(wallMs);
        expect(localDateOf(epochMs, zone)).toBe(date);
      },
    ),
    { numRuns: 1000 },
  );
});
