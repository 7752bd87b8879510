import type { Store } from '../../../src/store/store.js';
import type { ShopClient } from '../../../src/woocommerce/shop-client.js';
import type { Sent } from './stream.js';

const MANY = 1_000_000;
const LATER = '9999-12-31T00:00:00.000Z';

/** Deliveries that got their 2xx and are not in the database, in words. */
export async function notStored(store: Store, accepted: readonly Sent[]): Promise<string[]> {
  const stored = new Map<string, number>();
  const nudges = [
    ...(await store.dueNudges('main', LATER, MANY)),
    ...(await store.doneNudges('main', MANY)),
  ];
  for (const { orderId, topic } of nudges) add(stored, `${topic} of ${orderId}`);
  const told = new Map<string, number>();
  for (const { orderId, event } of accepted) add(told, `order.${event} of ${orderId}`);
  return [...told].flatMap(([name, times]) => {
    const found = stored.get(name) ?? 0;
    return found >= times ? [] : [`${name}: ${times} got a 2xx, ${found} were stored`];
  });
}

function add(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** What of these orders we hold otherwise than the shop says now, in words. */
export async function disagreements(
  store: Store,
  client: ShopClient,
  ids: Iterable<number>,
): Promise<string[]> {
  const wrong = await Promise.all([...ids].map((id) => disagreement(store, client, id)));
  return wrong.flat();
}

async function disagreement(store: Store, client: ShopClient, id: number): Promise<string[]> {
  const held = await store.order('main', id);
  if (!held) return [`order ${id} is not known`];
  const said = await client.order(id, { source: 'manual' });
  if (said.kind !== 'order') return [`order ${id} is ${said.kind} in the shop`];
  const { order, contentHash } = said.observation;
  if (order.status === 'trash') {
    return held.state === 'withdrawn' ? [] : [`order ${id} is ${held.state}, in the shop's trash`];
  }
  if (held.contentHash === contentHash) return [];
  return [
    `order ${id} is held as ${held.status} (${held.source}, read ${held.readAt}), the shop says ${order.status}`,
  ];
}
