import type { Clock } from '../src/orders/time.js';

/** Real time, counted from that moment on, that can be moved ahead. */
export function clockFrom(start: string): Clock & { advance(ms: number): void } {
  let aheadMs = Date.parse(start) - Date.now();
  return {
    now: () => Date.now() + aheadMs,
    advance(ms) {
      aheadMs += ms;
    },
  };
}

export const DAY_MS = 86_400_000;
