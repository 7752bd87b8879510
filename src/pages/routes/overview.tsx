import type { App } from '../../app.js';
import { addDays, instantOf, localDateOf } from '../../orders/time.js';
import { startOfLocalDay } from '../../runtime/zoned.js';
import type { Asked, Reply, Route } from '../../server/route.js';
import { bookedDays } from '../../services/booked-days.js';
import { nextLooks } from '../../services/order-life.js';
import { booksStatus, lastRun, webhookStatus } from '../../services/status.js';
import type { StateTotal } from '../../store/store.js';
import { readNeeds } from '../needs.js';
import { pageContext } from '../page.js';
import type { PageDeps } from '../services.js';
import { html } from '../view/html.js';
import type { OverviewFacts, ShopFacts } from '../view/overview/facts.js';
import { OverviewPage } from '../view/overview/overview-page.js';

/** How things stand, and what needs a person first. */
export function overviewRoutes(deps: PageDeps): readonly Route[] {
  return [{ method: 'GET', path: '/', needs: 'read', handle: (asked) => overview(asked, deps) }];
}

async function overview(asked: Asked, { app, zone }: PageDeps): Promise<Reply> {
  const facts = await readFacts(app, zone, asked.query.get('books'));
  return html(<OverviewPage page={pageContext(asked, zone)} facts={facts} />);
}

const DAYS = 30;
const MOST_QUARANTINED = 100;

async function readFacts(app: App, zone: string, wanted: string | null): Promise<OverviewFacts> {
  const { store, config, clock, destinations } = app;
  const today = localDateOf(clock.now(), zone);
  const first = addDays(today, 1 - DAYS);
  const shops: ShopFacts[] = [];
  const totals: StateTotal[] = [];
  const period = [first, addDays(today, 1)].map((day) => instantOf(startOfLocalDay(day, zone)));
  const [from = '', to = ''] = period;
  for (const shop of config.shops) {
    totals.push(...(await store.stateTotals(shop.id, from, to)));
    shops.push({
      shop: shop.id,
      lastPoll: await lastRun(app, 'poll', shop.id),
      lastBatch: await lastRun(app, 'batch', shop.id),
      webhook: shop.webhook ? await webhookStatus(app, shop.id) : null,
      batchDue: (await app.batchDue(shop.id)) !== null,
    });
  }
  const all = destinations.map(({ id }) => id);
  const chosen = all.find((id) => id === wanted) ?? all[0] ?? '';
  const alerts = await store.openAlerts();
  return {
    needs: await readNeeds(app),
    alerts: alerts.filter(({ clearedAt }) => clearedAt === null),
    quarantined: (await store.quarantine({ open: true, limit: MOST_QUARANTINED })).length,
    totals: added(totals),
    booked: { books: chosen, all, days: await bookedDays(app, chosen, first, DAYS) },
    shops,
    books: await Promise.all(destinations.map(({ id }) => booksStatus(app, id))),
    ...nextLooks(app),
  };
}

/** Those of several shops together. */
function added(totals: readonly StateTotal[]): readonly StateTotal[] {
  const sums = new Map<string, StateTotal>();
  for (const total of totals) {
    const key = `${total.state} ${total.currency}`;
    const { count = 0, grossMinor = 0 } = sums.get(key) ?? {};
    sums.set(key, {
      ...total,
      count: count + total.count,
      grossMinor: grossMinor + total.grossMinor,
    });
  }
  return [...sums.values()];
}
