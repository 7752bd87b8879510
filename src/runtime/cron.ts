import { parse } from 'node-cron';
import { addDays, type Clock, type LocalDate, localDateOf } from '../orders/time.js';
import { startOfLocalDay, wallClockMs } from './zoned.js';

const MINUTE_MS = 60_000;
/** 29 February on a given weekday comes round within 40 years, in the worst case. */
const LONGEST_SEARCH_DAYS = 366 * 41;

interface Cron {
  isDay(date: LocalDate): boolean;
  isMinute(wallMs: number): boolean;
}

/**
 * The first moment after `afterMs` that a cron expression of five fields names, on the clock of
 * `zone`. A time that a spring night skips counts at the moment after the gap, so that no day is
 * left out; an hour that autumn has twice counts twice.
 */
export function nextCronAt(expression: string, afterMs: number, zone: string): number {
  const cron = readCron(expression);
  const first = Math.floor(afterMs / MINUTE_MS) * MINUTE_MS + MINUTE_MS;
  let date = localDateOf(first, zone);
  for (let days = 0; days < LONGEST_SEARCH_DAYS; days += 1) {
    if (cron.isDay(date)) {
      const end = startOfLocalDay(addDays(date, 1), zone);
      const found = firstIn(cron, Math.max(first, startOfLocalDay(date, zone)), end, zone);
      if (found !== undefined) return found;
    }
    date = addDays(date, 1);
  }
  throw new RangeError(`no such moment ever comes: ${expression}`);
}

function firstIn(cron: Cron, fromMs: number, toMs: number, zone: string): number | undefined {
  let shownMs = wallClockMs(fromMs - MINUTE_MS, zone);
  for (let at = fromMs; at < toMs; at += MINUTE_MS) {
    const wallMs = wallClockMs(at, zone);
    // More than one minute where the clock was set forward since.
    const skippedFrom = Math.max(shownMs + MINUTE_MS, wallMs - (wallMs % 86_400_000));
    for (let minute = Math.min(skippedFrom, wallMs); minute <= wallMs; minute += MINUTE_MS) {
      if (cron.isMinute(minute)) return at;
    }
    shownMs = wallMs;
  }
  return undefined;
}

function readCron(expression: string): Cron {
  const fields = expression.trim().split(/\s+/);
  const parsed = parse(expression);
  const [hours, minutes, months] = [parsed.hour, parsed.minute, parsed.month].map(
    (list) => new Set(list),
  );
  const daysOfMonth = new Set(parsed.dayOfMonth.map(Number));
  const weekdays = new Set(parsed.dayOfWeek.map((day) => Number(day) % 7));
  const eitherDay = !fields[2]?.startsWith('*') && !fields[4]?.startsWith('*');
  return {
    isDay(date) {
      const day = new Date(`${date}T00:00:00Z`);
      const byMonth = daysOfMonth.has(day.getUTCDate());
      const byWeek = weekdays.has(day.getUTCDay());
      // Where both are restricted, either will do (POSIX crontab).
      const isDay = eitherDay ? byMonth || byWeek : byMonth && byWeek;
      return isDay && months?.has(day.getUTCMonth() + 1) === true;
    },
    isMinute(wallMs) {
      const wall = new Date(wallMs);
      return hours?.has(wall.getUTCHours()) === true && minutes?.has(wall.getUTCMinutes()) === true;
    },
  };
}

/** Answers, each time it is asked, whether a moment of the cron expression has come since. */
export function createCronTimer(expression: string, zone: string, clock: Clock): () => boolean {
  let nextMs = nextCronAt(expression, clock.now(), zone);
  return () => {
    const nowMs = clock.now();
    if (nowMs < nextMs) return false;
    nextMs = nextCronAt(expression, nowMs, zone);
    return true;
  };
}
