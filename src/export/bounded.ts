/** How long a call may take, and what stands for its result where it does not keep to that. */
export interface Bounds<T> {
  /** The call's signal aborts when this does, or after `timeoutMs`. */
  readonly abort: AbortSignal;
  readonly timeoutMs: number;
  /** Between asking the call to stop and no longer waiting for it. */
  readonly graceMs: number;
  /** Also where the call throws: nobody knows how far it came. */
  readonly late: (reason: string) => T;
}

/** The call's result, in bounded time and without throwing. */
export async function bounded<T>(
  call: (signal: AbortSignal) => Promise<T>,
  { abort, timeoutMs, graceMs, late }: Bounds<T>,
): Promise<T> {
  const controller = new AbortController();
  let grace: NodeJS.Timeout | undefined;
  let giveUp: (value: T) => void = () => undefined;
  const overdue = new Promise<T>((resolve) => {
    giveUp = resolve;
  });
  const cut = () => {
    controller.abort();
    grace ??= setTimeout(() => giveUp(late('it did not answer in time')), graceMs);
  };
  const timer = setTimeout(cut, timeoutMs);
  abort.addEventListener('abort', cut, { once: true });
  if (abort.aborted) cut();
  try {
    return await Promise.race([call(controller.signal), overdue]);
  } catch (error) {
    return late(error instanceof Error ? error.message : 'it failed without a reason');
  } finally {
    clearTimeout(timer);
    clearTimeout(grace);
    abort.removeEventListener('abort', cut);
  }
}
