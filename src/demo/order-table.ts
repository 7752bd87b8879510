import type { DemoOrder, DemoRefund } from './order-model.js';

export type SortKey = 'createdMs' | 'modifiedMs';

/** All orders of the demo shop, with an index by id and, made when asked for, by date. */
export class OrderTable {
  readonly #byId = new Map<number, DemoOrder>();
  readonly #ascending: DemoOrder[] = [];
  readonly #refundOrders = new Map<number, number>();
  readonly #sorted = new Map<SortKey, readonly DemoOrder[]>();
  #highestId = 0;

  get size(): number {
    return this.#byId.size;
  }

  /** Ascending by id. */
  all(): readonly DemoOrder[] {
    return this.#ascending;
  }

  get(id: number): DemoOrder | undefined {
    return this.#byId.get(id);
  }

  /** Orders and refunds share one sequence, as in WordPress. */
  nextId(): number {
    this.#highestId += 1;
    return this.#highestId;
  }

  get highestId(): number {
    return this.#highestId;
  }

  /** So that ids of what was deleted are not given again. */
  continueFrom(highestId: number): void {
    this.#highestId = Math.max(this.#highestId, highestId);
  }

  /** Puts an order in the place of an older one with its id, or adds it. */
  put(order: DemoOrder): void {
    this.#byId.set(order.id, order);
    const at = this.#positionOf(order.id);
    const replaces = this.#ascending[at]?.id === order.id ? 1 : 0;
    this.#ascending.splice(at, replaces, order);
    this.#highestId = Math.max(this.#highestId, order.id);
    this.touch();
  }

  /** Notes that these refunds are there, so that they are found by their own ids. */
  indexRefunds(refunds: readonly DemoRefund[]): void {
    for (const refund of refunds) {
      this.#refundOrders.set(refund.id, refund.orderId);
      this.#highestId = Math.max(this.#highestId, refund.id);
    }
  }

  remove(id: number): void {
    if (!this.#byId.delete(id)) return;
    this.#ascending.splice(this.#positionOf(id), 1);
    this.touch();
  }

  /** To be called once a date was changed: the date indexes are then made anew. */
  touch(): void {
    this.#sorted.clear();
  }

  /** Ascending by a date, then by id. */
  sortedBy(key: SortKey): readonly DemoOrder[] {
    const known = this.#sorted.get(key);
    if (known) return known;
    const sorted = [...this.#ascending].sort((one, other) => one[key] - other[key]);
    this.#sorted.set(key, sorted);
    return sorted;
  }

  /** All refunds that still exist, newest first. */
  refunds(): DemoRefund[] {
    const orderIds = new Set(this.#refundOrders.values());
    const found = [...orderIds].flatMap((id) => this.#byId.get(id)?.content.refunds ?? []);
    return found.sort((one, other) => other.createdMs - one.createdMs || other.id - one.id);
  }

  #positionOf(id: number): number {
    let low = 0;
    let high = this.#ascending.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#ascending[middle]?.id ?? 0) < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
