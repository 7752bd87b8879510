import type { App } from '../app.js';
import type { OrderFilter } from '../store/store.js';
import type { AttentionTab } from './actions.js';

/** How much of each kind waits for a person; what changed after booking is counted up to `MOST_COUNTED`. */
export type Needs = Readonly<Record<AttentionTab, number>>;

/** Beyond this a page says `1000+`, so that it costs the same however much waits. */
export const MOST_COUNTED = 1000;

/** The kinds that are orders, and which they are. */
export const ORDER_TABS: Readonly<
  Record<Exclude<AttentionTab, 'rejected' | 'uncertain'>, OrderFilter>
> = {
  blocked: { states: ['blocked'] },
  expired: { states: ['expired'] },
  changed: { states: ['forwarded', 'blocked'], changed: true },
  withdrawn: { states: ['withdrawn'], changed: true },
};

export async function readNeeds({ store, config, destinations }: App): Promise<Needs> {
  const needs = { blocked: 0, rejected: 0, uncertain: 0, expired: 0, changed: 0, withdrawn: 0 };
  for (const { id } of config.shops) {
    for (const { state, count } of await store.allTotals(id)) {
      if (state === 'blocked' || state === 'expired') needs[state] += count;
    }
  }
  for (const tab of ['changed', 'withdrawn'] as const) {
    needs[tab] = await store.countOrders(ORDER_TABS[tab], MOST_COUNTED);
  }
  for (const { id } of destinations) {
    const counts = await store.postingCounts(id);
    needs.rejected += counts.rejected;
    needs.uncertain += counts.uncertain;
  }
  return needs;
}
