import { setTimeout as sleep } from 'node:timers/promises';
import type { Running } from '../../support/program.js';

/** How a process met its end. */
export type Death = 'killed' | 'ended-before';

/**
 * Kills a process so long after its first sign of work, or after its start where it gives none;
 * unless it ends before by itself.
 */
export async function killAfter(
  { child, ended }: Running,
  hasBegun: () => Promise<boolean>,
  delayMs: number,
): Promise<Death> {
  const isOver = () => child.exitCode !== null || child.signalCode !== null;
  while (!isOver() && !(await hasBegun())) await sleep(2);
  await sleep(delayMs);
  child.kill('SIGKILL');
  const { signal } = await ended;
  return signal === 'SIGKILL' ? 'killed' : 'ended-before';
}
