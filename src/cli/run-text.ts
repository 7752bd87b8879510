import type { RunReport } from '../poller/run.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { printable } from './table.js';

/** A line a run: what it did, or why it failed and what to do. */
export function runLines(shop: string, runs: readonly RunReport[]): string {
  return runs.map((run) => `${shop}: ${runText(run)}\n`).join('');
}

function runText({ kind, state, counts, error }: RunReport): string {
  const did = Object.entries(counts)
    .map(([name, count]) => `${count} ${words(name)}`)
    .join(', ');
  const name = words(kind);
  switch (state) {
    case 'done':
      return `${name} done${did === '' ? ', nothing new' : `: ${did}`}`;
    case 'stopped':
      return `${name} stopped before its end; it goes on there the next time`;
    case 'failed':
      return `${name} failed: ${printable(error?.message ?? 'unknown')}\n  ${printable(error?.fix ?? '')}`;
  }
}

/** `walkedAgain` is `walked again`. */
function words(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replaceAll('-', ' ');
}

/** Orders came to be blocked, and wait for a person. */
export function hasBlocked(runs: readonly RunReport[]): boolean {
  return runs.some(({ counts }) => (counts['blocked'] ?? 0) > 0);
}

/** The exit code for several reports: trouble that passes, before work in other hands. */
export function worstOf(states: readonly string[]): ExitCode {
  if (states.includes('failed') || states.includes('stopped')) return EXIT.incomplete;
  return states.includes('busy') ? EXIT.busy : EXIT.done;
}
