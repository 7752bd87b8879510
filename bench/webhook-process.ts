import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Figures } from './webhook-figures.js';

/** A server that is measured, in a process of its own. */
export interface MeasuredProcess {
  readonly url: string;
  figures(): Promise<Figures>;
  stop(): Promise<void>;
}

/** Starts a program of this folder that says its address first, and its figures when asked. */
export async function startMeasured(
  program: string,
  args: readonly string[],
  execArgv: readonly string[] = [],
): Promise<MeasuredProcess> {
  const path = new URL(program, import.meta.url).pathname;
  const child = fork(path, args, { execArgv: [...execArgv] });
  const ended = once(child, 'exit');
  const failed = ended.then((): never => {
    throw new Error(`${program} ended`);
  });
  // Looked at only while something is waited for.
  failed.catch(() => undefined);
  const answer = async () => (await Promise.race([once(child, 'message'), failed]))[0];
  const { url }: { url: string } = await answer();
  return {
    url,
    async figures() {
      const answered = answer();
      child.send('figures');
      const figures: Figures = await answered;
      return figures;
    },
    async stop() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}
