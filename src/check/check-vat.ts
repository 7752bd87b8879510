import type { App } from '../app.js';
import { draftInvoice } from '../documents/invoice.js';
import type { Order } from '../orders/order.js';
import { instantOf } from '../orders/time.js';
import { judge } from '../rules/judge.js';
import { type CheckFinding, failure, ok } from './finding.js';

const LOOK_BACK_MS = 30 * 86_400_000;
const MOST_ORDERS = 300;
const PAGE = 100;

/** Whether the VAT mapping, and all else that makes a document, holds for the orders of late. */
export async function* checkVat(
  app: App,
  shopId: string,
  signal: AbortSignal,
): AsyncGenerator<CheckFinding> {
  const about = `shop ${shopId}`;
  const shop = app.config.shops.find(({ id }) => id === shopId);
  if (!shop) return;
  const refusals = new Map<string, { fix: string; numbers: string[] }>();
  let eligible = 0;
  for (const order of await lateOrders(app, shopId, signal)) {
    if (judge(order, shop.statuses).action !== 'forward') continue;
    eligible += 1;
    const drafted = draftInvoice(order, app.config.documents);
    if (drafted.kind !== 'blocked') continue;
    const refusal = refusals.get(drafted.reason) ?? { fix: drafted.fix, numbers: [] };
    refusal.numbers.push(order.number);
    refusals.set(drafted.reason, refusal);
  }
  for (const [reason, { fix, numbers }] of refusals) {
    yield failure(
      about,
      `order ${numbers.slice(0, 5).join(', ')} would be blocked: ${reason}`,
      fix,
    );
  }
  if (refusals.size === 0) {
    yield ok(about, `a document can be made of each of the ${eligible} eligible orders of late`);
  }
}

/** Up to 300 orders of the last month, from its first on. */
async function lateOrders(app: App, shopId: string, signal: AbortSignal): Promise<Order[]> {
  const createdAfter = instantOf(app.clock.now() - LOOK_BACK_MS);
  const orders: Order[] = [];
  for (let page = 1; orders.length < MOST_ORDERS; page += 1) {
    const answer = await app
      .client(shopId)
      .orders({ createdAfter, page, perPage: PAGE }, { source: 'manual', signal });
    orders.push(...answer.orders.map(({ order }) => order));
    if (answer.orders.length + answer.unreadable.length < PAGE) break;
  }
  return orders;
}
