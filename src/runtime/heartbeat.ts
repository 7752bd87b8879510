import { schedule } from 'node-cron';
import type { Logger } from './logger.js';

export interface Heartbeat {
  stop(): Promise<void>;
}

/**
 * Calls `beat` each minute. All that node-cron is used for: with a zone it leaves out jobs in the
 * spring gap and an hour of jobs in autumn, so what is due is worked out elsewhere, at each beat.
 */
export function startHeartbeat(beat: () => void, logger: Logger): Heartbeat {
  const task = schedule('* * * * *', () => beat(), {
    timezone: 'Etc/UTC',
    // A beat that came late is no matter: the next one finds what is due.
    suppressMissedWarning: true,
    logger: {
      debug: (message) => logger.debug({}, String(message)),
      info: (message) => logger.debug({}, message),
      warn: (message) => logger.warn({}, message),
      error: (message, err) => logger.error({ err: err ?? message }, 'the heartbeat failed'),
    },
  });
  return {
    async stop() {
      await task.destroy();
    },
  };
}
