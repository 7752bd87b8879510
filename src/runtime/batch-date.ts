import { addDays, type Instant, instantOf, type LocalDate, localDateOf } from '../orders/time.js';
import { epochMsOfLocal, type LocalTime, localDateBefore } from './zoned.js';

export interface BatchSchedule {
  readonly zone: string;
  readonly at: LocalTime;
}

/**
 * The local date whose batch is due and not done; `null` where none is. A batch is due from the
 * first moment on its date at which the wall clock has passed `at`. After a time that the process
 * was down it is the latest date only: one batch covers the whole look-back.
 */
export function dueBatchDate(
  nowMs: number,
  { zone, at }: BatchSchedule,
  lastDone: LocalDate | undefined,
): LocalDate | null {
  const today = localDateOf(nowMs, zone);
  const isPast = nowMs >= epochMsOfLocal(today, at, zone);
  const due = isPast ? today : localDateBefore(today, zone);
  return lastDone !== undefined && lastDone >= due ? null : due;
}

/** When the next batch begins that is not due yet. */
export function nextBatchAt(nowMs: number, { zone, at }: BatchSchedule): Instant {
  const today = localDateOf(nowMs, zone);
  const todayMs = epochMsOfLocal(today, at, zone);
  return instantOf(todayMs > nowMs ? todayMs : epochMsOfLocal(addDays(today, 1), at, zone));
}
