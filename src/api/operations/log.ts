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

export const deliveryListShape = z.object({
  items: z.array(
    z.object({ id: z.int(), shop: z.string(), orderId: z.int().nullable(), ...nudgeShape.shape }),
  ),
});

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
export const quarantineListShape = z.object({ items: z.array(quarantineEntryShape) });

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
        ...{ ...log, id: 'listDeliveries', path: '/api/v1/deliveries', shape: deliveryListShape },
        summary: 'Webhook deliveries of a shop: what waits, then what was acted on last.',
        query: z.strictObject({ shop: shopId, limit }),
      },
      ({ query }) => listDeliveries(app, query.shop, query.limit),
    ),
    reading(
      {
        ...{ ...log, id: 'listQuarantine', path: '/api/v1/quarantine', shape: quarantineListShape },
        summary:
          'What arrived and could not be used and is still open, in the order of its arrival.',
        query: z.strictObject({ shop: shopId.optional(), limit }),
      },
      async ({ query: { shop, limit: most } }) => {
        const filter = { open: true, limit: most, ...(shop === undefined ? {} : { shop }) };
        return { items: (await app.store.quarantine(filter)).map(quarantineJson) };
      },
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
        return pageOf(
          entries,
          query.limit,
          (entry) => entry,
          ({ at, id }) => ({ at, id: String(id) }),
        );
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
    ({ startedAt, id }) => ({ at: startedAt, id: String(id) }),
  );
}

/** Later than anything is due. */
const EVER = '9999-12-31T23:59:59.999Z';

async function listDeliveries({ store, config }: App, shop: string, most: number) {
  found(
    config.shops.find(({ id }) => id === shop),
    'shop',
  );
  const waiting = await store.dueNudges(shop, EVER, most);
  const done = await store.doneNudges(shop, most);
  const items = [...waiting, ...done]
    .slice(0, most)
    .map((nudge) => ({ id: nudge.id, shop, orderId: nudge.orderId, ...nudgeJson(nudge) }));
  return { items };
}

/** What is of an order closes by itself once that can be read. */
async function closable({ store }: App, id: number): Promise<QuarantineEntry> {
  const open = await store.quarantine({ open: true, nameless: true });
  const entry = open.find((each) => each.id === id && !closedByPoll(each));
  if (entry) return entry;
  const isOpen = (await store.quarantine({ open: true })).some((each) => each.id === id);
  found(isOpen || undefined, 'open entry');
  throw new Problem(409, 'It closes by itself, once its order can be read or the shop was polled.');
}
