import type { Finding } from '../export/destination.js';

/** One thing that `check` found, good or bad, with what it is about. */
export interface CheckFinding extends Finding {
  /** `config`, `database`, `shop main`, `books journal`. */
  readonly about: string;
}

export function ok(about: string, message: string): CheckFinding {
  return { about, level: 'ok', message };
}

export function warning(about: string, message: string, fix: string): CheckFinding {
  return { about, level: 'warning', message, fix };
}

export function failure(about: string, message: string, fix: string): CheckFinding {
  return { about, level: 'error', message, fix };
}
