import { setTimeout as sleep } from 'node:timers/promises';

/** Aborts some time after `signal` did, unless released before. */
export function delayedAbort(
  signal: AbortSignal,
  delayMs: number,
): { readonly signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const arm = () => {
    timer = setTimeout(() => controller.abort(), delayMs);
  };
  if (signal.aborted) arm();
  else signal.addEventListener('abort', arm, { once: true });
  return {
    signal: controller.signal,
    release: () => {
      signal.removeEventListener('abort', arm);
      clearTimeout(timer);
    },
  };
}

/** Resolves after `delayMs`, or as soon as `signal` aborts. */
export async function sleepUntilWoken(delayMs: number, signal: AbortSignal): Promise<void> {
  await sleep(delayMs, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}

/** Resolves as soon as `signal` aborts. */
export function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
