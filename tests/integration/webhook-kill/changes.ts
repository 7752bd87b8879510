import type { DemoShopState } from '../../../src/demo/demo-shop.js';
import { EVERYDAY } from '../../../src/demo/kinds.js';
import { micros } from '../../../src/demo/micros.js';
import type { Random } from '../../../src/demo/random.js';
import type { Stream } from './stream.js';

/** What an order becomes next; an order that is in none of these stays as it is. */
const NEXT_STATUS: Readonly<Record<string, string>> = {
  'on-hold': 'pending',
  pending: 'processing',
  processing: 'completed',
};
const FIRST_STATUSES = ['pending', 'pending', 'processing', 'on-hold'];
/** So little that it can be given back a few times. */
const REFUND = micros('0.05');

/** Waiting orders, placed whenever the shop's clock says. */
export function placeWaiting(state: DemoShopState, random: Random, count: number): number[] {
  return Array.from({ length: count }, () => place(state, random, 'on-hold'));
}

/** One thing after the other that happens to orders, drawn by chance. */
export class Changes {
  constructor(
    private readonly state: DemoShopState,
    private readonly stream: Stream,
    private readonly random: Random,
    /**
     * Orders of long before that are only ever changed in the database, past their date: no poll
     * finds that, so a webhook's word for it is all there is until the night.
     */
    private readonly unseen: readonly number[],
  ) {}

  next(): void {
    const drawn = this.random.next();
    if (drawn < 0.25) this.#moveUnseen();
    else if (drawn < 0.5) place(this.state, this.random, this.random.pick(FIRST_STATUSES));
    else if (drawn < 0.8) this.#move();
    else if (drawn < 0.9) this.#refund();
    else if (drawn < 0.95) this.#trash();
    else this.#restore();
  }

  #moveUnseen(): void {
    const id = this.#oneOf(this.unseen.filter((each) => this.#following(each) !== undefined));
    const status = id === undefined ? undefined : this.#following(id);
    if (id === undefined || status === undefined) return;
    this.state.setStatusInDatabase(id, status);
    this.stream.tell('updated', id);
  }

  #move(): void {
    const id = this.#oneOf(this.#seen().filter((each) => this.#following(each) !== undefined));
    const status = id === undefined ? undefined : this.#following(id);
    if (id !== undefined && status !== undefined) this.state.setStatus(id, status);
  }

  #refund(): void {
    const id = this.#oneOf(this.#seenAs('processing', 'completed'));
    if (id !== undefined) this.state.refund(id, { amount: REFUND, reason: 'cent', lines: [] });
  }

  #trash(): void {
    const id = this.#oneOf(this.#seenAs('pending', 'processing', 'completed'));
    if (id !== undefined) this.state.trash(id);
  }

  #restore(): void {
    const id = this.#oneOf(this.#seenAs('trash'));
    if (id !== undefined) this.state.restore(id);
  }

  #following(id: number): string | undefined {
    return NEXT_STATUS[this.state.existing(id).status];
  }

  #seenAs(...statuses: readonly string[]): number[] {
    return this.#seen().filter((id) => statuses.includes(this.state.existing(id).status));
  }

  #seen(): number[] {
    const ids = this.state.table.all().map(({ id }) => id);
    return ids.filter((id) => !this.unseen.includes(id));
  }

  #oneOf(ids: readonly number[]): number | undefined {
    return ids.length === 0 ? undefined : this.random.pick(ids);
  }
}

function place(state: DemoShopState, random: Random, status: string): number {
  return state.place({ ...random.pick(EVERYDAY)(random), status });
}
