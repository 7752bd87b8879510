import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../../src/demo/random.js';
import { type Running, until } from '../../support/program.js';

/** What a daemon was at when it was killed. */
export type Moment = 'starting' | 'listening';

export interface Wanted {
  readonly total: number;
  readonly listening: number;
}

/** How long a daemon that listens is let live at most; most of them less. */
const LONGEST_LIFE_MS = 600;

function listens({ output }: Running): boolean {
  return output.err.includes('the server listens');
}

/** Kills one daemon after the other at random moments, and counts at what. */
export class Deaths {
  readonly counts: Record<Moment, number> = { starting: 0, listening: 0 };
  /** From its beginning until it listens: the shortest that was seen. */
  #startMs = 200;
  #victim: Running | undefined;

  constructor(
    private readonly random: Random,
    private readonly wanted: Wanted,
  ) {}

  get total(): number {
    return this.counts.starting + this.counts.listening;
  }

  get isEnough(): boolean {
    return this.total >= this.wanted.total && this.counts.listening >= this.wanted.listening;
  }

  /** Whether the daemon of this moment does. */
  get isListening(): boolean {
    return this.#victim !== undefined && listens(this.#victim);
  }

  /** Throws where the daemon ended by itself. */
  async kill(begin: () => Promise<Running>): Promise<Moment> {
    const missing = this.wanted.listening - this.counts.listening;
    const aim = this.random.chance(missing / Math.max(1, this.wanted.total - this.total))
      ? 'listening'
      : 'starting';
    const victim = await begin();
    const begunMs = performance.now();
    this.#victim = victim;
    if (aim === 'listening') {
      await until(() => listens(victim) || isOver(victim));
      this.#startMs = Math.min(this.#startMs, performance.now() - begunMs);
      await sleep(this.random.next() ** 2 * LONGEST_LIFE_MS);
    } else {
      await sleep(this.#startMs * this.random.next());
    }
    const moment = listens(victim) ? 'listening' : 'starting';
    victim.child.kill('SIGKILL');
    this.#victim = undefined;
    const { signal, code, err } = await victim.ended;
    if (signal !== 'SIGKILL') throw new Error(`the daemon ended by itself with ${code}: ${err}`);
    this.counts[moment] += 1;
    return moment;
  }
}

function isOver({ child }: Running): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
