import type { Clock } from '../orders/time.js';

/** A clock that stands still until it is set; it never goes back. */
export class DrivenClock implements Clock {
  constructor(private epochMs: number) {}

  now(): number {
    return this.epochMs;
  }

  set(epochMs: number): void {
    this.epochMs = Math.max(this.epochMs, epochMs);
  }
}
