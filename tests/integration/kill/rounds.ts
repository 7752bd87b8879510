import { type Random, seededRandom } from '../../../src/demo/random.js';

const COMMANDS = ['poll', 'batch', 'export', 'run'] as const;
export type Command = (typeof COMMANDS)[number];

export const ARGUMENTS: Readonly<Record<Command, readonly string[]>> = {
  poll: ['poll'],
  batch: ['batch', '--force'],
  export: ['export'],
  run: ['run'],
};

/** How long after its first sign of work a process is killed at most; learned as it goes. */
const FIRST_SPAN_MS: Readonly<Record<Command, number>> = {
  poll: 500,
  batch: 900,
  export: 120,
  run: 500,
};

/** Which process is killed next, and when, drawn from one seed. */
export class Rounds {
  readonly #random: Random;
  readonly #left: Record<Command, number>;
  readonly #spanMs = { ...FIRST_SPAN_MS };

  constructor(seed: number, wanted: Readonly<Record<Command, number>>) {
    this.#random = seededRandom(seed);
    this.#left = { ...wanted };
  }

  /** Undefined once each was killed in the middle of its work as often as wanted. */
  next(): { command: Command; delayMs: number; besideExport: boolean } | undefined {
    const open = COMMANDS.filter((command) => this.#left[command] > 0);
    if (open.length === 0) return undefined;
    const command = this.#random.pick(open);
    const delayMs = this.#random.next() * this.#spanMs[command];
    return { command, delayMs, besideExport: command === 'run' && this.#random.chance(0.5) };
  }

  /** It was killed in the middle of its work. */
  hit(command: Command): void {
    this.#left[command] -= 1;
  }

  /** It had ended, or had nothing more to do: the next of its kind is killed sooner. */
  missed(command: Command): void {
    this.#spanMs[command] = Math.max(20, this.#spanMs[command] * 0.8);
  }
}
