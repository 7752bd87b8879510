import type { Clock } from '../orders/time.js';
import { findSite, type Site } from '../woocommerce/find-site.js';
import { createOpenPage } from '../woocommerce/transport.js';

export interface ShopSearch {
  /** What the shop is called in errors. */
  readonly shop: string;
  readonly allowPlainHttp: boolean;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const TIMEOUT_MS = 30_000;
/** Front pages can be large. */
const MAX_BYTES = 8 * 1024 * 1024;

/** The shop behind an address as `readShopAddress` gives it. No key is needed. Throws a ShopError. */
export function findShop(
  url: string,
  { shop, allowPlainHttp, clock, signal }: ShopSearch,
): Promise<Site> {
  const limits = { timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES, concurrency: 1 };
  const open = createOpenPage({ shop, clock, ...limits });
  return findSite(url, { shop, open, allowPlainHttp, nowMs: () => clock.now(), signal });
}
