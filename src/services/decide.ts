import type { App } from '../app.js';
import type { StoredOrder } from '../store/store.js';

/** An order as people point at it. */
export interface OrderRef {
  readonly shop: string;
  readonly id: number;
}

/** `null` gives orders back to the rules. */
export type Decision = 'forward' | 'ignore' | null;

/** Carries out a person's decision on each; answers those that are known, as they are then. */
export async function decideOrders(
  { intake }: Pick<App, 'intake'>,
  orders: readonly OrderRef[],
  decision: Decision,
): Promise<StoredOrder[]> {
  const decided: StoredOrder[] = [];
  for (const { shop, id } of orders) {
    const order = await intake.decide(shop, id, decision);
    if (order) decided.push(order);
  }
  return decided;
}

/** An order with its document stays as it is; to ignore it says that a person saw to the rest. */
export function isAsDecided({ state }: StoredOrder, decision: Decision): boolean {
  return (
    decision === null || state === 'forwarded' || (decision === 'ignore' && state === 'ignored')
  );
}

/** Orders that are read at once. */
const STRIDE = 100;

/** Reads orders from their shops again; yields them as they are then. Throws ShopError. */
export async function* recheckOrders(
  { recheck, store }: Pick<App, 'recheck' | 'store'>,
  orders: readonly OrderRef[],
  signal: AbortSignal,
): AsyncGenerator<StoredOrder> {
  const byShop = new Map<string, number[]>();
  for (const { shop, id } of orders) byShop.set(shop, [...(byShop.get(shop) ?? []), id]);
  for (const [shop, ids] of byShop) {
    for (let from = 0; from < ids.length; from += STRIDE) {
      const some = ids.slice(from, from + STRIDE);
      await recheck(shop, some, signal);
      yield* await store.orders(shop, some);
    }
  }
}
