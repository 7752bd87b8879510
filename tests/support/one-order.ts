import type { Document } from '../../src/documents/document.js';
import type { Observation } from '../../src/orders/observation.js';
import type { Order, Refund } from '../../src/orders/order.js';
import { type IntakeBench, observe, openIntake } from './intake.js';

type BenchOptions = Parameters<typeof openIntake>[0];

/** Order 1042 as intake sees it: read after read, each told a second later. */
export interface OneOrder {
  readonly bench: IntakeBench;
  see(seen: Order, refunds?: readonly Refund[]): Promise<void>;
  take(observation: (readAt: string) => Observation): Promise<void>;
  deliver(
    refunds: readonly Refund[],
    complete?: readonly number[],
  ): ReturnType<IntakeBench['intake']['acceptRefunds']>;
  stored(): Promise<NonNullable<Awaited<ReturnType<IntakeBench['store']['order']>>>>;
  documents(): Promise<readonly Document[]>;
  numbers(): Promise<string[]>;
  refunds(): Promise<{ id: number; state: string; documentKey: string | null }[]>;
}

export async function openOneOrder(options?: BenchOptions): Promise<OneOrder> {
  const bench = await openIntake(options);
  const { intake, store } = bench;
  let second = 0;
  const nextInstant = (): string => {
    second += 2;
    const at = (seconds: number) =>
      new Date(Date.parse('2026-11-20T12:00:00.000Z') + seconds * 1000).toISOString();
    bench.setNow(at(second + 1));
    return at(second);
  };
  const documents = async () =>
    (await store.documentsOf('main', 1042)).map(({ document }) => document);
  return {
    bench,
    async see(seen, refunds) {
      const readAt = nextInstant();
      await intake.accept([observe(seen, { readAt, ...(refunds ? { refunds } : {}) })]);
    },
    async take(observation) {
      await intake.accept([observation(nextInstant())]);
    },
    deliver(refunds, complete = []) {
      nextInstant();
      return intake.acceptRefunds({ shop: 'main', source: 'poll', refunds, complete });
    },
    async stored() {
      const found = await store.order('main', 1042);
      if (!found) throw new Error('order 1042 is not stored');
      return found;
    },
    documents,
    numbers: async () => (await documents()).map(({ number }) => number),
    async refunds() {
      const found = await store.refundsOf('main', 1042);
      return found.map(({ refund: { id }, state, documentKey }) => ({ id, state, documentKey }));
    },
  };
}

/** The order as it names its refunds. */
export function naming(seen: Order, ...named: readonly Refund[]): Order {
  return { ...seen, refunds: named.map(({ id, grossMinor }) => ({ id, grossMinor, reason: '' })) };
}

/** The same order, changed so many minutes after. */
export function later(seen: Order, minutes: number, more: Partial<Order> = {}): Order {
  const modifiedAt = new Date(Date.parse(seen.modifiedAt) + minutes * 60_000).toISOString();
  return { ...seen, ...more, modifiedAt };
}
