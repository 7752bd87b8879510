import { z } from 'zod';
import type { App } from '../../app.js';
import { minorUnitsOf } from '../../orders/money.js';
import { ORDER_STATES } from '../../orders/states.js';
import { addDays, instantOf } from '../../orders/time.js';
import { startOfLocalDay } from '../../runtime/zoned.js';
import { readStatus } from '../../services/status.js';
import { day, instant, minor } from '../../shapes/scalars.js';
import { statementJson, statementShape } from '../../shapes/statement.js';
import { booksShape, shopShape, statusShape } from '../../shapes/status.js';
import { found, shopId } from '../fields.js';
import { acting, type Operation, reading, wrong } from '../operation.js';
import type { ApiDeps } from '../services.js';
import { asProblem } from '../shop-problem.js';

export const shopListShape = z.object({ items: z.array(shopShape) });
export const booksListShape = z.object({ items: z.array(booksShape) });

export const statsShape = z.object({
  at: instant,
  orders: z.array(
    z.object({
      shop: z.string(),
      state: z.enum(ORDER_STATES),
      currency: z.string(),
      minorUnits: z.int(),
      count: z.int(),
      grossMinor: minor,
    }),
  ),
  postings: z.array(booksShape.pick({ books: true, postings: true })),
  backlog: z
    .array(z.object({ shop: z.string(), count: z.int(), oldestAt: instant.nullable() }))
    .describe('Webhook deliveries not acted on yet.'),
});

export function stateOperations({ app }: ApiDeps): readonly Operation[] {
  const state = { tag: 'State', needs: 'read' } as const;
  return [
    reading(
      {
        ...{ ...state, id: 'getStatus', path: '/api/v1/status', shape: statusShape },
        summary: 'How things stand: shops, books, the daemon.',
      },
      () => readStatus(app),
    ),
    reading(
      {
        ...{ ...state, id: 'listShops', path: '/api/v1/shops', shape: shopListShape },
        summary: 'The shops with their last runs, orders and webhooks.',
      },
      async () => ({ items: (await readStatus(app)).shops }),
    ),
    reading(
      {
        ...{ ...state, id: 'listBooks', path: '/api/v1/books', shape: booksListShape },
        summary: 'The books with their postings, and whether they are paused.',
      },
      async () => ({ items: (await readStatus(app)).books }),
    ),
    reading(
      {
        ...{ ...state, id: 'getStats', path: '/api/v1/stats', shape: statsShape },
        summary: 'Orders and amounts in each state, postings of each books, what waits.',
        query: z.strictObject({
          from: day.optional().describe('Orders created on this day or later.'),
          to: day.optional().describe('Orders created on this day or before.'),
        }),
      },
      ({ query }) => readStats(app, query),
    ),
  ];
}

/** Days are those of the config's zone, as everywhere. */
async function readStats(
  { store, config, clock, destinations }: App,
  period: { from?: string | undefined; to?: string | undefined },
) {
  const startOf = (date: string) => instantOf(startOfLocalDay(date, config.timezone));
  const from = period.from === undefined ? '0000' : startOf(period.from);
  const to = period.to === undefined ? '9999' : startOf(addDays(period.to, 1));
  const orders: z.infer<typeof statsShape>['orders'] = [];
  const backlog: z.infer<typeof statsShape>['backlog'] = [];
  for (const { id: shop } of config.shops) {
    for (const total of await store.stateTotals(shop, from, to)) {
      // An order that was gone before it was ever read has no currency.
      const minorUnits = total.currency === '' ? 0 : minorUnitsOf(total.currency);
      orders.push({ shop, ...total, minorUnits });
    }
    const { count, oldestAt } = await store.nudgeBacklog(shop);
    backlog.push({ shop, count, oldestAt });
  }
  const postings: z.infer<typeof statsShape>['postings'] = [];
  for (const { id } of destinations) {
    postings.push({ books: id, postings: await store.postingCounts(id) });
  }
  return { at: instantOf(clock.now()), orders, postings, backlog };
}

const periodShape = z.strictObject({
  from: day.describe('First day of creation, in the config’s zone.'),
  to: day.describe('Last day of creation.'),
});
type Period = z.infer<typeof periodShape>;

const aShop = z.strictObject({ shop: shopId });
/** A statement walks the shop's whole list of the period. */
const LONGEST_DAYS = 366;

export function statementOperations({ app, audit, once }: ApiDeps): readonly Operation[] {
  const known = (shop: string) =>
    found(
      app.config.shops.find(({ id }) => id === shop),
      'shop',
    );
  return [
    reading(
      {
        ...{ id: 'getStatement', tag: 'Statements', path: '/api/v1/statements/:shop' },
        ...{ needs: 'read', params: aShop, shape: statementShape },
        summary: 'The completeness statement of the latest batch.',
      },
      async ({ params: { shop } }) => {
        const stored = found(await app.store.latestStatement(known(shop).id), 'statement yet');
        return JSON.parse(stored.body);
      },
    ),
    acting(
      once,
      {
        ...{ id: 'makeStatement', tag: 'Statements', needs: 'act' },
        path: '/api/v1/statements/:shop/actions/make',
        ...{ params: aShop, body: periodShape, shape: statementShape },
        summary:
          'Asks the shop for its own count and money of a period, and holds them against ours.',
      },
      async ({ params: { shop }, body, asked }) => {
        known(shop);
        checkPeriod(body);
        await audit.record(asked, 'statement.make', shop, `${body.from} to ${body.to}`);
        return asProblem(async () => statementJson(await app.statement(shop, body, asked.signal)));
      },
    ),
  ];
}

function checkPeriod({ from, to }: Period): void {
  const wrongTo = (detail: string) => wrong([{ in: 'body', name: '/to', detail }]);
  if (to < from) throw wrongTo('It is before `from`.');
  if (to >= addDays(from, LONGEST_DAYS)) throw wrongTo(`Ask for ${LONGEST_DAYS} days at most.`);
}
