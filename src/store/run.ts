import type { Instant, LocalDate } from '../orders/time.js';
import type { Place } from './lists.js';

export type RunKind = 'poll' | 'backfill' | 'refund-sweep' | 'batch' | 'export';
export interface NewRun {
  readonly kind: RunKind;
  /** Shop id, or books id for an export. */
  readonly subject: string;
  /** The local date that a batch stands for. */
  readonly localDate: LocalDate | null;
  readonly startedAt: Instant;
}
export interface RunEnd {
  readonly state: 'done' | 'failed' | 'stopped';
  readonly endedAt: Instant;
  readonly counts: Readonly<Record<string, number>>;
  readonly error: string | null;
}
export interface StoredRun extends NewRun, Omit<RunEnd, 'state' | 'endedAt'> {
  readonly id: number;
  readonly state: 'running' | RunEnd['state'];
  readonly endedAt: Instant | null;
}
export interface RunFilter {
  readonly kind?: RunKind;
  readonly subject?: string;
  readonly localDate?: LocalDate;
  readonly state?: StoredRun['state'];
  /** Only what began before: the last run of the page before. */
  readonly before?: Place;
}
