/** Why a request was stopped by us, if it was. */
export type DeadlineState = 'open' | 'aborted' | 'expired';

export interface Deadline {
  readonly signal: AbortSignal;
  state(): DeadlineState;
  clear(): void;
}

/**
 * One signal for "the caller stops" and "it takes too long". axios's own timeout starts again with
 * every byte that drips in. Listeners are taken off again, since the caller's signal lives long.
 */
export function deadline(parent: AbortSignal | undefined, timeoutMs: number): Deadline {
  const controller = new AbortController();
  let state: DeadlineState = 'open';
  const stop = (why: DeadlineState) => {
    if (state === 'open') state = why;
    controller.abort();
  };
  const onAbort = () => stop('aborted');
  const timer = setTimeout(() => stop('expired'), timeoutMs);
  parent?.addEventListener('abort', onAbort, { once: true });
  if (parent?.aborted) onAbort();
  return {
    signal: controller.signal,
    state: () => state,
    clear() {
      clearTimeout(timer);
      parent?.removeEventListener('abort', onAbort);
    },
  };
}
