import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Running, startNode, until } from '../../support/program.js';

/**
 * Daemons whose files Node has read already, and that begin at a signal: reading them takes several
 * times as long as all else of a start, so the next one does it while the one before lives.
 */
export class LoadedDaemons {
  readonly #args: readonly string[];
  #next: Running | undefined;
  #last: Running | undefined;

  constructor(dist: string, config: string) {
    const main = pathToFileURL(join(dist, 'cli/program.js')).href;
    const gate = `
      import ${JSON.stringify(main)};
      await new Promise((resolve) => {
        const open = setInterval(() => {}, 60_000);
        process.once('SIGUSR2', () => { clearInterval(open); resolve(); });
        process.stdout.write('loaded');
      });`;
    const url = `data:text/javascript,${encodeURIComponent(gate)}`;
    this.#args = ['--import', url, join(dist, 'main.js'), 'run', '--config', config];
  }

  /** One that begins now. */
  async begin(): Promise<Running> {
    const daemon = this.#next ?? startNode(this.#args);
    this.#last = daemon;
    await until(
      () => daemon.output.out.includes('loaded') || daemon.child.exitCode !== null,
      () => daemon.output.err,
    );
    daemon.child.kill('SIGUSR2');
    this.#next = startNode(this.#args);
    return daemon;
  }

  /** Kills the one that has not begun, and the one before it where it still lives. */
  async close(): Promise<void> {
    for (const daemon of [this.#last, this.#next]) {
      daemon?.child.kill('SIGKILL');
      await daemon?.ended;
    }
  }
}
