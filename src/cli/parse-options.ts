import { InvalidArgumentError } from 'commander';
import { isDay } from '../config/fields.js';

/** A day as `2026-11-20`. */
export function dayOption(text: string): string {
  if (!isDay(text)) throw new InvalidArgumentError('Expected a day, as 2026-11-20.');
  return text;
}

export function countOption(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(count) || count < 1) {
    throw new InvalidArgumentError('Expected a whole number from 1.');
  }
  return count;
}

export function portOption(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) throw new InvalidArgumentError('Expected a port, 1 to 65535.');
  return port;
}
