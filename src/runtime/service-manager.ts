import { spawn } from 'node:child_process';
import type { Logger } from './logger.js';

type Env = Readonly<Record<string, string | undefined>>;

/** What a service manager is told: that the service works, or that it is coming to an end. */
export type ServiceState = 'READY=1' | 'STOPPING=1';

/** Longer than systemd takes, and short enough to be no hindrance. */
const DEADLINE_MS = 5_000;

/**
 * Tells systemd (`Type=notify`) how the service is; does nothing where no service manager asks. Node
 * opens no sockets of the kind that systemd listens on, so systemd's own small program sends the word;
 * for that the unit says `NotifyAccess=all`. Never throws.
 */
export function tellServiceManager(state: ServiceState, env: Env, logger: Logger): Promise<void> {
  const socket = env['NOTIFY_SOCKET'];
  if (socket === undefined || socket === '') return Promise.resolve();
  return new Promise((resolve) => {
    const failed = (reason: string) => {
      logger.warn({ state, reason }, 'systemd-notify could not tell the service manager');
      resolve();
    };
    // It needs none of our secrets.
    const child = spawn('systemd-notify', [state], {
      env: { PATH: env['PATH'], NOTIFY_SOCKET: socket },
      stdio: 'ignore',
      timeout: DEADLINE_MS,
    });
    child.once('error', (error) => failed(error.message));
    child.once('exit', (code, signal) => {
      if (code === 0) resolve();
      else failed(signal === null ? `it ended with code ${code}` : `it was ended by ${signal}`);
    });
  });
}
