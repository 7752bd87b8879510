import { type LocalDate, localDateOf } from '../orders/time.js';

/** A time of day, as `03:30`. */
export type LocalTime = string;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  return format;
}

/** What the clock on the wall in `zone` shows, as if it were UTC, in milliseconds. */
export function wallClockMs(epochMs: number, zone: string): number {
  const field: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of formatOf(zone).formatToParts(epochMs)) field[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = field;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (((epochMs % 1000) + 1000) % 1000);
}

function offsetMs(epochMs: number, zone: string): number {
  return wallClockMs(epochMs, zone) - epochMs;
}

const DAY_MS = 86_400_000;

/**
 * The first moment at which the wall clock in `zone` shows that time on that date, or later: a time
 * that a spring night skips is the moment after the gap, one that an autumn night has twice is the
 * first of the two.
 */
export function epochMsOfLocal(date: LocalDate, time: LocalTime, zone: string): number {
  const wallMs = Date.parse(`${date}T${time}Z`);
  // No zone changes its clock twice within two days, so these are the offsets that may be in force.
  const before = offsetMs(wallMs - DAY_MS, zone);
  const after = offsetMs(wallMs + DAY_MS, zone);
  const [high, low] = before > after ? [before, after] : [after, before];
  if (offsetMs(wallMs - high, zone) === high) return wallMs - high;
  if (offsetMs(wallMs - low, zone) === low) return wallMs - low;
  return firstWithOffset(after, wallMs - high, wallMs - low, zone);
}

/** The moment of the change to `offset`, after `earlyMs` and at or before `lateMs`. */
function firstWithOffset(offset: number, earlyMs: number, lateMs: number, zone: string): number {
  let [early, late] = [earlyMs, lateMs];
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (offsetMs(middle, zone) === offset) late = middle;
    else early = middle;
  }
  return late;
}

/** The first moment of that date in `zone`; it is not always 00:00. */
export function startOfLocalDay(date: LocalDate, zone: string): number {
  return epochMsOfLocal(date, '00:00', zone);
}

/** The date before, on the calendar that `zone` had: Samoa never had 2011-12-30. */
export function localDateBefore(date: LocalDate, zone: string): LocalDate {
  return localDateOf(startOfLocalDay(date, zone) - 1, zone);
}
