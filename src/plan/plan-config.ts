import type { Config } from '../config/config.js';
import { addDays, type Clock, instantOf, localDateOf } from '../orders/time.js';
import { startOfLocalDay } from '../runtime/zoned.js';
import type { PlanSetup } from './outcome.js';
import {
  type PlanDeps,
  type PlanReport,
  type PlanRequest,
  type PlanShop,
  planChange,
} from './plan.js';

export interface ConfigPlan extends PlanReport {
  readonly days: number;
  /** Shops that the changed config no longer has: their orders are not judged. */
  readonly missingShops: readonly string[];
}

export const PLAN_DAYS = 30;
export const MOST_PLAN_DAYS = 3650;

export type ConfigPlanRequest = { readonly days: number } & Pick<
  PlanRequest,
  'most' | 'signal' | 'onProgress'
>;

/** What a changed config would do to the orders created in the last days. */
export async function planConfig(
  deps: PlanDeps & { readonly clock: Clock },
  configs: { readonly now: Config; readonly then: Config },
  { days, ...more }: ConfigPlanRequest,
): Promise<ConfigPlan> {
  const { now, then } = configs;
  const nowMs = deps.clock.now();
  const first = addDays(localDateOf(nowMs, now.timezone), -days);
  const shops = now.shops.flatMap(({ id }): PlanShop[] => {
    const [before, after] = [setupOf(now, id), setupOf(then, id)];
    return before && after ? [{ id, now: before, then: after }] : [];
  });
  const report = await planChange(deps, {
    shops,
    from: instantOf(startOfLocalDay(first, now.timezone)),
    to: instantOf(nowMs + 1),
    ...more,
  });
  const judged = new Set(shops.map(({ id }) => id));
  const missingShops = now.shops.map(({ id }) => id).filter((id) => !judged.has(id));
  return { days, missingShops, ...report };
}

function setupOf(config: Config, shopId: string): PlanSetup | undefined {
  const shop = config.shops.find(({ id }) => id === shopId);
  return (
    shop && {
      since: instantOf(startOfLocalDay(shop.since, config.timezone)),
      rules: shop.statuses,
      documents: config.documents,
    }
  );
}
