import type { DemoShopState } from './demo-shop.js';
import type { DrivenClock } from './driven-clock.js';
import { lives, type OrderLife } from './life.js';
import type { Random } from './random.js';

interface Event {
  readonly atMs: number;
  readonly run: () => void;
}

export interface ScriptPlan {
  readonly orders: number;
  /** Orders come evenly spread over this time; what becomes of them can take longer. */
  readonly startMs: number;
  readonly endMs: number;
  /** When all orders still on hold or pending are saved within one second; never by default. */
  readonly bulkEditMs?: number;
}

/** How many orders the bulk edit touches (`fact-bulk-tie-*`). */
const BULK = 170;

/** What happens in a shop over some weeks, told when its time comes. The same seed, the same weeks. */
export class ShopScript {
  readonly #events: Event[] = [];

  constructor(
    private readonly shop: DemoShopState,
    private readonly clock: DrivenClock,
    random: Random,
    plan: ScriptPlan,
  ) {
    const between = Math.max(1, (plan.endMs - plan.startMs) / Math.max(1, plan.orders));
    lives(random, plan.orders).forEach((life, index) => {
      this.#placeAt(
        plan.startMs + index * between + random.between(0, between / 1000) * 1000,
        life,
      );
    });
    const { bulkEditMs } = plan;
    if (bulkEditMs !== undefined) this.#add({ atMs: bulkEditMs, run: () => this.#editInBulk() });
  }

  /** How much is still to happen. */
  get remaining(): number {
    return this.#events.length;
  }

  /** Lets everything happen up to that moment, each thing at its own time on the shop's clock. */
  advanceTo(epochMs: number): void {
    for (let next = this.#events[0]; next && next.atMs <= epochMs; next = this.#events[0]) {
      this.#events.shift();
      this.clock.set(next.atMs);
      next.run();
    }
    this.clock.set(epochMs);
  }

  #placeAt(atMs: number, life: OrderLife): void {
    const run = (): void => {
      const id = this.shop.place(life.placement);
      this.#follow(id, life, 0, atMs);
    };
    this.#add({ atMs, run });
  }

  #follow(id: number, life: OrderLife, index: number, sinceMs: number): void {
    const step = life.steps[index];
    if (!step) return;
    const atMs = sinceMs + step.afterMs;
    const run = (): void => {
      if (this.shop.table.get(id)) step.act(this.shop, id);
      this.#follow(id, life, index + 1, atMs);
    };
    this.#add({ atMs, run });
  }

  #editInBulk(): void {
    const newest = this.shop.table.all().filter(({ status }) => status !== 'trash');
    for (const order of newest.slice(-BULK)) this.shop.save(order.id);
  }

  /** Keeps the events in time order; equal times in the order they were added. */
  #add(event: Event): void {
    let at = this.#events.length;
    while (at > 0 && (this.#events[at - 1]?.atMs ?? 0) > event.atMs) at -= 1;
    this.#events.splice(at, 0, event);
  }
}
