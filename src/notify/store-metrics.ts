import { ORDER_STATES, POSTING_STATES } from '../orders/states.js';
import { type Clock, epochMsOf } from '../orders/time.js';
import type { Metrics, Sample } from '../runtime/metrics.js';
import type { NudgeBacklog, StoreReads } from '../store/store.js';

export interface StoreMetricsDeps {
  readonly store: Pick<
    StoreReads,
    | 'nudgeBacklog'
    | 'stateTotals'
    | 'postingCounts'
    | 'openAlerts'
    | 'runs'
    | 'subscriptions'
    | 'dispatchCounts'
  >;
  readonly clock: Clock;
  readonly shops: readonly string[];
  readonly books: readonly string[];
}

/** Every creation date lies between. */
const EVER = { from: '0000-01-01T00:00:00.000Z', to: '9999-12-31T23:59:59.999Z' };

/** Gauges of what is stored: waiting nudges, orders, postings and dispatches by state, polls, alerts. */
export function addStoreMetrics(metrics: Metrics, deps: StoreMetricsDeps): void {
  const { store, clock, shops, books } = deps;
  const each = (ids: readonly string[], read: (id: string) => Promise<readonly Sample[]>) => () =>
    inTurn(ids, read);
  const backlogOf = (value: (backlog: NudgeBacklog) => number) => async (shop: string) => [
    { labels: { shop }, value: value(await store.nudgeBacklog(shop)) },
  ];
  metrics.gauge(
    {
      name: 'orderpark_nudges_waiting',
      help: 'Webhook deliveries that have not been acted on yet.',
      labels: ['shop'],
    },
    each(
      shops,
      backlogOf(({ count }) => count),
    ),
  );
  metrics.gauge(
    {
      name: 'orderpark_nudges_oldest_seconds',
      help: 'Age of the oldest of them; 0 where there is none.',
      labels: ['shop'],
    },
    each(
      shops,
      backlogOf(({ oldestAt }) => secondsSince(oldestAt, clock)),
    ),
  );
  metrics.gauge(
    { name: 'orderpark_orders', help: 'Orders in each state.', labels: ['shop', 'state'] },
    each(shops, (shop) => ordersOf(deps, shop)),
  );
  metrics.gauge(
    { name: 'orderpark_postings', help: 'Postings in each state.', labels: ['books', 'state'] },
    each(books, async (id) => {
      const counts = await store.postingCounts(id);
      return POSTING_STATES.map((state) => ({
        labels: { books: id, state },
        value: counts[state],
      }));
    }),
  );
  metrics.gauge(
    {
      name: 'orderpark_last_poll_timestamp_seconds',
      help: 'When a poll of the shop last came to a good end.',
      labels: ['shop'],
    },
    each(shops, async (shop) => {
      const [run] = await store.runs({ kind: 'poll', subject: shop, state: 'done' }, 1);
      return run?.endedAt ? [{ labels: { shop }, value: epochMsOf(run.endedAt) / 1000 }] : [];
    }),
  );
  metrics.gauge(
    {
      name: 'orderpark_dispatches',
      help: 'Events that wait to be delivered to a subscription, and those that were given up.',
      labels: ['subscription', 'state'],
    },
    () => dispatchesOf(store),
  );
  metrics.gauge(
    { name: 'orderpark_alerts_open', help: 'Alerts that are raised.', labels: [] },
    async () => {
      const open = (await store.openAlerts()).filter(({ clearedAt }) => clearedAt === null);
      return [{ labels: {}, value: open.length }];
    },
  );
}

async function ordersOf({ store }: StoreMetricsDeps, shop: string): Promise<readonly Sample[]> {
  const totals = await store.stateTotals(shop, EVER.from, EVER.to);
  return ORDER_STATES.map((state) => {
    const counts = totals.filter((total) => total.state === state).map(({ count }) => count);
    return { labels: { shop, state }, value: counts.reduce((sum, count) => sum + count, 0) };
  });
}

/** Of each subscription, those too for which nothing waits. */
async function dispatchesOf(store: StoreMetricsDeps['store']): Promise<readonly Sample[]> {
  const counts = await store.dispatchCounts();
  return (await store.subscriptions()).flatMap(({ id: subscription }) => {
    const own = counts.find(({ subscriptionId }) => subscriptionId === subscription);
    return DISPATCH_STATES.map((state) => ({
      labels: { subscription, state },
      value: own?.[state] ?? 0,
    }));
  });
}

const DISPATCH_STATES = ['waiting', 'failed'] as const;

function secondsSince(at: string | null, clock: Clock): number {
  return at === null ? 0 : Math.max(clock.now() - epochMsOf(at), 0) / 1000;
}

async function inTurn(
  ids: readonly string[],
  read: (id: string) => Promise<readonly Sample[]>,
): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  for (const id of ids) samples.push(...(await read(id)));
  return samples;
}
