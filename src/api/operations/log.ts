import { z } from 'zod';
import type { App } from '../../app.js';
import { instantOf } from '../../orders/time.js';
import { Problem } from '../../server/problem.js';
import { nudgeJson, nudgeShape } from '../../shapes/order.js';
import { day, instant } from '../../shapes/scalars.js';
import type { QuarantineEntry, RunFilter } from '../../store/store.js';
import { closedByPoll } from '../../webhook/kept.js';
import { found, limit, shopId, text } from '../fields.js';
import { acting, type Operation, reading } from '../operation.js';
import { after, pageOf, pageShape, placeIn } from '../paging.js';
import type { ApiDeps } from '../services.js';

const RUN_KINDS = ['poll', 'backfill', 'refund-sweep', 'batch', 'export'] as const;
const RUN_STATES = ['running', 'done', 'failed', 'stopped'] as const;

const runShape = z.object({
  id: z.int(),
  kind: z.enum(RUN_KINDS),
  subject: z.string().describe('Id of the shop, or of the books of an export.'),
  localDate: day.nullable().describe('The day that a batch stands for.'),
  state: z.enum(RUN_STATES),
  startedAt: instant,
  endedAt: instant.nullable(),
  counts: z.record(z.string(), z.number()).readonly(),
  error: z.string().nullable(),
});
export const runPageShape = pageShape(runShape);

const runQuery = z.strictObject({
  kind: z.enum(RUN_KINDS).optional(),
  subject: text.optional(),
  state: z.enum(RUN_STATES).optional(),
  limit,
  after,
});

export const deliveryPageShape = pageShape(
  z.object({ id: z.int(), shop: z.string(), orderId: z.int().nullable(), ...nudgeShape.shape }),
);
const deliveryQuery = z.strictObject({ shop: shopId.optional(), limit, after });

/** Without what arrived, which may hold anything. */
export const quarantineEntryShape = z.object({
  id: z.int(),
  shop: z.string(),
  orderId: z.int().nullable(),
  source: z.string(),
  at: instant,
  reason: z.string(),
  fix: z.string(),
  resolvedAt: instant.nullable(),
});
export const quarantinePageShape = pageShape(quarantineEntryShape);
const quarantineQuery = z.strictObject({
  shop: shopId.optional(),
  state: z.enum(['open', 'all']).default('open').describe('`all`: what was resolved as well.'),
  limit,
  after,
});

function quarantineJson(entry: QuarantineEntry): z.infer<typeof quarantineEntryShape> {
  const { raw: _, ...shown } = entry;
  return shown;
}

const auditShape = z.object({
  id: z.int(),
  at: instant,
  who: z.string(),
  role: z.string(),
  address: z.string(),
  action: z.string(),
  target: z.string(),
  detail: z.string(),
});
export const auditPageShape = pageShape(auditShape);

export function logOperations({ app, audit, once }: ApiDeps): readonly Operation[] {
  const log = { tag: 'Log', needs: 'read' } as const;
  return [
    reading(
      {
        ...{ ...log, id: 'listRuns', path: '/api/v1/runs', query: runQuery, shape: runPageShape },
        summary: 'Polls, batches, sweeps and exports with their counts, newest first.',
      },
      ({ query }) => listRuns(app, query),
    ),
    reading(
      {
        ...{ ...log, id: 'listDeliveries', path: '/api/v1/deliveries', shape: deliveryPageShape },
        summary: 'What webhooks told of orders, acted on or not, newest first.',
        query: deliveryQuery,
      },
      ({ query }) => listDeliveries(app, query),
    ),
    reading(
      {
        ...{ ...log, id: 'listQuarantine', path: '/api/v1/quarantine', shape: quarantinePageShape },
        summary: 'What arrived and could not be used, the latest first.',
        query: quarantineQuery,
      },
      ({ query }) => listQuarantine(app, query),
    ),
    acting(
      once,
      {
        ...{ id: 'closeQuarantine', tag: 'Log', needs: 'act', shape: quarantineEntryShape },
        path: '/api/v1/quarantine/:id/actions/close',
        summary: 'Says that an entry which names no order was seen to.',
        params: z.strictObject({ id: z.coerce.number().int().min(1) }),
      },
      async ({ params: { id }, asked }) => {
        const entry = await closable(app, id);
        await audit.record(asked, 'quarantine.close', String(id));
        const resolvedAt = instantOf(app.clock.now());
        await app.store.transaction((tx) => tx.closeQuarantine([id], resolvedAt));
        return { ...quarantineJson(entry), resolvedAt };
      },
    ),
    reading(
      {
        ...{ id: 'listAudit', tag: 'Log', path: '/api/v1/audit', shape: auditPageShape },
        needs: 'configure',
        summary: 'Who did what, and from where, newest first.',
        query: z.strictObject({ target: text.optional(), limit, after }),
      },
      async ({ query }) => {
        const place = placeIn(query.after, isId);
        const filter = {
          ...(query.target === undefined ? {} : { target: query.target }),
          ...(place && { before: Number(place.id) }),
        };
        const entries = await app.store.audit(filter, query.limit + 1);
        return pageOf(entries, query.limit, (entry) => entry, placeOf);
      },
    ),
  ];
}

const isId = (id: string) => /^\d{1,15}$/.test(id);

async function listRuns({ store }: App, query: z.infer<typeof runQuery>) {
  const { kind, subject, state } = query;
  const place = placeIn(query.after, isId);
  const filter: RunFilter = {
    ...(kind === undefined ? {} : { kind }),
    ...(subject === undefined ? {} : { subject }),
    ...(state === undefined ? {} : { state }),
    ...(place && { before: { at: place.at, id: Number(place.id) } }),
  };
  const runs = await store.runs(filter, query.limit + 1);
  return pageOf(
    runs,
    query.limit,
    (run) => run,
    ({ startedAt, id }) => placeOf({ at: startedAt, id }),
  );
}

const placeOf = ({ at, id }: { readonly at: string; readonly id: number }) => ({
  at,
  id: String(id),
});

async function listDeliveries({ store, config }: App, query: z.infer<typeof deliveryQuery>) {
  const { shop } = query;
  if (shop !== undefined) {
    found(
      config.shops.find(({ id }) => id === shop),
      'shop',
    );
  }
  const place = placeIn(query.after, isId);
  const before = place && { before: { at: place.at, id: Number(place.id) } };
  const ofShop = shop === undefined ? {} : { shop };
  const nudges = await store.nudges({ ...ofShop, ...before }, query.limit + 1);
  return pageOf(
    nudges,
    query.limit,
    (nudge) => ({
      ...{ id: nudge.id, shop: nudge.shop, orderId: nudge.orderId },
      ...nudgeJson(nudge),
    }),
    ({ receivedAt, id }) => placeOf({ at: receivedAt, id }),
  );
}

async function listQuarantine({ store }: App, query: z.infer<typeof quarantineQuery>) {
  const place = placeIn(query.after, isId);
  const entries = await store.quarantine({
    before: place === undefined ? 0 : Number(place.id),
    limit: query.limit + 1,
    ...(query.state === 'open' ? { open: true } : {}),
    ...(query.shop === undefined ? {} : { shop: query.shop }),
  });
  return pageOf(entries, query.limit, quarantineJson, placeOf);
}

/** What is of an order closes by itself once that can be read. */
async function closable({ store }: App, id: number): Promise<QuarantineEntry> {
  const entry = found((await store.quarantine({ id, open: true }))[0], 'open entry');
  if (entry.orderId === null && !closedByPoll(entry)) return entry;
  throw new Problem(409, 'It closes by itself, once its order can be read or the shop was polled.');
}
