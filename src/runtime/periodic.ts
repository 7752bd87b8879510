import type { Logger } from './logger.js';

export interface PeriodicOptions {
  readonly name: string;
  /** Whether its time has come; asked at each beat while it is not running. */
  readonly isDue: () => boolean | Promise<boolean>;
  readonly work: (signal: AbortSignal) => Promise<void>;
  readonly logger: Logger;
}

/** A task that runs when told or when its time comes, and never twice at the same time. */
export interface Periodic {
  /** The heartbeat: runs it if it is due and not running. Resolves when there is nothing left to do. */
  beat(): Promise<void>;
  /** Runs it now; while it runs, once more afterwards, since what it is to see may be newer. */
  runNow(): Promise<void>;
  /** Aborts the run that is under way and waits for its end; nothing runs afterwards. */
  stop(): Promise<void>;
}

export function createPeriodic({ name, isDue, work, logger }: PeriodicOptions): Periodic {
  const controller = new AbortController();
  const { signal } = controller;
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  /** Never rejects: an error ends this run and not the task. */
  const guarded = async (run: () => Promise<void>): Promise<void> => {
    try {
      if (!signal.aborted) await run();
    } catch (err) {
      if (!signal.aborted) logger.error({ task: name, err }, 'the task failed');
    }
  };
  const start = (run: () => Promise<void>): Promise<void> => {
    running = guarded(run).finally(() => {
      running = undefined;
    });
    return running;
  };
  const runIfDue = async () => {
    if (await isDue()) await work(signal);
  };

  const runNow = (): Promise<void> => {
    if (!running) return start(() => work(signal));
    next ??= running.then(() => {
      next = undefined;
      return runNow();
    });
    return next;
  };

  return {
    beat: () => running ?? start(runIfDue),
    runNow,
    async stop() {
      controller.abort();
      await next;
      await running;
    },
  };
}
