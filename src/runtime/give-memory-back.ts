import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Collects all garbage at once, which takes some hundredths of a second. Node collects when more
 * memory is wanted; a process that has worked hard and then waits for minutes would keep all that
 * its work has used, several times what it needs.
 */
export function giveMemoryBack(): void {
  // The flag only adds `gc` to contexts that are made after it was set.
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('globalThis.gc');
  if (typeof collect === 'function') collect();
}
