import type { DemoShopState } from './demo-shop.js';
import { EVERYDAY, HARD } from './kinds.js';
import { DemoOrder, type OrderContent } from './order-model.js';
import { orderContent } from './placement.js';
import { seededRandom } from './random.js';

const MINUTE_MS = 60_000;
const STATUSES = ['processing', 'completed', 'completed', 'completed', 'on-hold', 'cancelled'];

/**
 * Fills the shop with orders of the time before now, ten minutes apart. An order's content is made
 * from the seed each time it is read, so that a hundred thousand of them need little memory.
 */
export function populate(shop: DemoShopState, seed: number, count: number): void {
  const endMs = shop.nowMs();
  for (let index = 0; index < count; index += 1) {
    const id = shop.table.nextId();
    const createdMs = endMs - (count - index) * 10 * MINUTE_MS;
    const status = STATUSES[(seed + index * 7) % STATUSES.length] ?? 'processing';
    const make = () => madeContent(shop, seed + id, id, status, createdMs);
    shop.table.put(new DemoOrder(id, status, createdMs, createdMs + 5 * MINUTE_MS, make));
  }
}

function madeContent(
  shop: DemoShopState,
  seed: number,
  id: number,
  status: string,
  createdMs: number,
): OrderContent {
  const random = seededRandom(seed);
  const kind = random.pick(random.chance(0.3) ? Object.values(HARD) : EVERYDAY);
  let number = id * 100;
  const next = (): number => {
    number += 1;
    return number;
  };
  const meta = {
    meta: (key: string, value: OrderContent['meta'][number]['value']) => ({
      id: next(),
      key,
      value,
    }),
  };
  return orderContent(id, { ...kind(random), status }, shop.taxes, createdMs, next, meta);
}
