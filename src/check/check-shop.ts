import type { App } from '../app.js';
import type { ShopAbout } from '../woocommerce/shop-client.js';
import { ShopError } from '../woocommerce/shop-error.js';
import { checkStatuses } from './check-statuses.js';
import { checkVat } from './check-vat.js';
import { type CheckFinding, failure, ok, warning } from './finding.js';

/** Beyond this the shop's clock or ours is wrong enough to confuse people who compare times. */
const SKEW_TOLERATED_MS = 30_000;

/** Connection, authentication, clock, statuses and VAT of one shop. */
export async function* checkShop(
  app: App,
  shopId: string,
  signal: AbortSignal,
): AsyncGenerator<CheckFinding> {
  const about = `shop ${shopId}`;
  yield* checkQuarantine(app, shopId);
  let shop: ShopAbout;
  try {
    shop = await app.client(shopId).about({ source: 'manual', signal, fresh: true });
  } catch (error) {
    if (!(error instanceof ShopError) || signal.aborted) throw error;
    yield failure(about, error.message, error.fix);
    return;
  }
  yield ok(about, `it answers and the key is accepted${describe(shop)}`);
  yield checkClock(about, shop.clockSkewMs);
  if (shop.orderStorage === 'posts') {
    yield warning(
      about,
      'it keeps orders in posts, where changes of meta data do not move the modification date',
      'Nothing must be done: the nightly recheck finds them. High-performance order storage would show them at once.',
    );
  }
  const rules = app.config.shops.find(({ id }) => id === shopId)?.statuses;
  if (rules) yield* checkStatuses(about, rules, shop.statuses);
  yield* checkVat(app, shopId, signal);
}

/** What could not be read and still cannot; the nightly batch tries again. */
async function* checkQuarantine({ store }: App, shopId: string): AsyncGenerator<CheckFinding> {
  for (const entry of await store.quarantine({ shop: shopId, open: true })) {
    const what = `${whatIsKept(entry)} on ${entry.at.slice(0, 10)}: ${entry.reason}`;
    yield warning(`shop ${shopId}`, what, entry.fix);
  }
}

function whatIsKept({ orderId, source }: { orderId: number | null; source: string }): string {
  if (orderId !== null) return `order ${orderId} could not be read`;
  if (source === 'webhook') return 'a delivery of its webhook could not be used';
  return 'something of which it does not tell the id could not be read';
}

function describe(shop: ShopAbout): string {
  const facts = shopFacts(shop);
  return facts.length === 0 ? '' : `: ${facts.join(', ')}`;
}

/** What a shop tells of itself, each in a word or two. */
export function shopFacts({ name, wooCommerceVersion, currency, timezone }: ShopAbout): string[] {
  const version =
    wooCommerceVersion === undefined ? undefined : `WooCommerce ${wooCommerceVersion}`;
  return [name, version, currency, timezone].flatMap((fact) =>
    fact === undefined || fact === '' ? [] : [fact],
  );
}

function checkClock(about: string, skewMs: number): CheckFinding {
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  if (Math.abs(skewMs) <= SKEW_TOLERATED_MS) return ok(about, 'its clock and ours agree');
  const direction = skewMs > 0 ? 'ahead of' : 'behind';
  return warning(
    about,
    `its clock is ${seconds} s ${direction} ours`,
    'Let both machines set their clocks by NTP. No order is lost by it: the shop’s own clock moves the cursor.',
  );
}
