import type { Logger } from './logger.js';

export interface ShutdownOptions {
  /** How long work may take to come to a clean end after the first signal. */
  readonly deadlineMs: number;
  readonly logger: Logger;
  /**
   * Signals this soon after the first count as the same: one Ctrl-C under npm can come twice, from
   * the terminal and from npm. 500 unless told.
   */
  readonly togetherMs?: number;
  /** The process; another emitter in tests. */
  readonly signals?: Pick<NodeJS.EventEmitter, 'on' | 'off'>;
  readonly exit?: (code: number) => void;
}

export interface Shutdown {
  /** Aborts at the first SIGTERM or SIGINT. */
  readonly signal: AbortSignal;
  /** Everything ended: no longer listens, and the deadline is off. */
  done(): void;
}

const SIGNALS = { SIGTERM: 15, SIGINT: 2 } as const;
type SignalName = keyof typeof SIGNALS;

/**
 * The first SIGTERM or SIGINT asks for a clean end; the second, or the deadline, ends the process
 * hard with 128 plus the signal's number. Whatever was cut off is taken up again at the next start.
 */
export function listenForShutdown(options: ShutdownOptions): Shutdown {
  const { deadlineMs, logger, signals = process, exit = process.exit } = options;
  const { togetherMs = 500 } = options;
  const controller = new AbortController();
  let deadline: NodeJS.Timeout | undefined;
  let isSameSignal = false;

  const onSignal = (name: SignalName) => () => {
    const code = 128 + SIGNALS[name];
    if (isSameSignal) return;
    if (controller.signal.aborted) return exit(code);
    logger.info({ signal: name }, 'stopping; a second signal stops at once');
    deadline = setTimeout(() => {
      logger.warn({ deadlineMs }, 'work did not come to an end in time; stopping all the same');
      exit(code);
    }, deadlineMs);
    deadline.unref();
    isSameSignal = togetherMs > 0;
    setTimeout(() => {
      isSameSignal = false;
    }, togetherMs).unref();
    controller.abort(new Error(`stopped by ${name}`));
  };
  const listeners = { SIGTERM: onSignal('SIGTERM'), SIGINT: onSignal('SIGINT') };
  for (const name of ['SIGTERM', 'SIGINT'] as const) signals.on(name, listeners[name]);

  return {
    signal: controller.signal,
    done() {
      clearTimeout(deadline);
      for (const name of ['SIGTERM', 'SIGINT'] as const) signals.off(name, listeners[name]);
    },
  };
}
