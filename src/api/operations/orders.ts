import { z } from 'zod';
import type { App } from '../../app.js';
import { ORDER_STATES } from '../../orders/states.js';
import { Problem } from '../../server/problem.js';
import { documentJson, documentShape, proposalJson, proposalShape } from '../../shapes/document.js';
import {
  historyJson,
  historyShape,
  orderJson,
  orderShape,
  refundJson,
  refundShape,
} from '../../shapes/order.js';
import type { OrderFilter, StoredOrder } from '../../store/store.js';
import { anOrder, found, limit, shopId, text } from '../fields.js';
import { acting, type Operation, reading } from '../operation.js';
import { after, pageOf, pageShape, placeIn } from '../paging.js';
import type { ApiDeps } from '../services.js';
import { asProblem } from '../shop-problem.js';

export const orderPageShape = pageShape(orderShape);

/** An order whole. */
export const orderDetailShape = z.object({
  ...orderShape.shape,
  documents: z.array(documentShape),
  refunds: z.array(refundShape),
  history: z.array(historyShape),
});

const orderQuery = z.strictObject({
  shop: shopId.optional(),
  state: z.array(z.enum(ORDER_STATES)).optional().describe('May be given several times.'),
  status: text.optional().describe('In the shop.'),
  number: text.optional().describe('As customers know it, or the id: answers all at once.'),
  changed: z.enum(['true']).optional().describe('Only what the shop changed after booking.'),
  limit,
  after,
});
type OrderQuery = z.infer<typeof orderQuery>;

export function orderOperations(deps: ApiDeps): readonly Operation[] {
  const { app } = deps;
  return [
    reading(
      {
        ...{ id: 'listOrders', tag: 'Orders', path: '/api/v1/orders', needs: 'read' },
        summary: 'Orders, newest first.',
        query: orderQuery,
        shape: orderPageShape,
      },
      ({ query }) => listOrders(app, query),
    ),
    reading(
      {
        ...{ id: 'getOrder', tag: 'Orders', path: '/api/v1/orders/:shop/:id', needs: 'read' },
        summary: 'One order with its history, documents, postings and refunds.',
        params: anOrder,
        shape: orderDetailShape,
      },
      async ({ params: { shop, id } }) =>
        wholeOrder(app, found(await app.store.order(shop, id), 'order')),
    ),
    orderAction(deps, 'recheck', 'Reads the order from its shop again, now.'),
    orderAction(deps, 'forward', 'Books the order whatever the rules say.'),
    orderAction(deps, 'ignore', 'Leaves the order out whatever the rules say.'),
    orderAction(deps, 'undo', 'Gives the order back to the rules.'),
    ...proposalOperations(deps),
  ];
}

async function listOrders({ store }: App, query: OrderQuery) {
  const place = placeIn(query.after, (id) => /^[^/]+\/\d{1,15}$/.test(id));
  if (query.number !== undefined) {
    const orders = await store.findOrders(query.number);
    return { items: orders.filter((order) => isWanted(order, query)).map(orderJson), next: null };
  }
  const page = { limit: query.limit + 1, ...(place && { after: place }) };
  const orders = await store.listOrders(filterOf(query), page);
  return pageOf(orders, query.limit, orderJson, ({ createdAt, shop, id }) => ({
    at: createdAt,
    id: `${shop}/${id}`,
  }));
}

function filterOf({ shop, state, status, changed }: OrderQuery): OrderFilter {
  return {
    ...(shop === undefined ? {} : { shop }),
    ...(state === undefined ? {} : { states: state }),
    ...(status === undefined ? {} : { status }),
    ...(changed === undefined ? {} : { changed: true }),
  };
}

function isWanted(order: StoredOrder, { shop, state, status, changed }: OrderQuery): boolean {
  return (
    (shop === undefined || order.shop === shop) &&
    (state === undefined || state.includes(order.state)) &&
    (status === undefined || order.status === status) &&
    (changed === undefined || order.changes.length > 0)
  );
}

async function wholeOrder({ store }: App, order: StoredOrder) {
  const { shop, id } = order;
  const documents = await store.documentsOf(shop, id);
  const postings = await store.postingsOf(documents.map(({ document }) => document.key));
  return {
    ...orderJson(order),
    documents: documents.map((stored) => documentJson(stored, postings)),
    refunds: (await store.refundsOf(shop, id)).map(refundJson),
    history: (await store.history(shop, id)).map(historyJson),
  };
}

/** What the shop changed after booking: credited, and booked again, once a person says so. */
function proposalOperations({ app, audit, once }: ApiDeps): readonly Operation[] {
  const { intake } = app;
  return [
    reading(
      {
        ...{ id: 'getProposal', tag: 'Orders', needs: 'act', params: anOrder },
        path: '/api/v1/orders/:shop/:id/proposal',
        summary: 'What it would come to, now, to credit what was booked and book the order again.',
        shape: proposalShape,
      },
      async ({ params: { shop, id } }) => {
        const proposal = found(
          isShop(app, shop) ? await intake.propose(shop, id) : undefined,
          'order',
        );
        if (proposal.kind === 'none') throw notProposed(proposal);
        return proposalJson(proposal);
      },
    ),
    acting(
      once,
      {
        ...{ id: 'acceptProposal', tag: 'Orders', needs: 'act', params: anOrder },
        path: '/api/v1/orders/:shop/:id/actions/accept-proposal',
        summary: 'Credits what was booked and books the order again, if it is still as proposed.',
        body: z.strictObject({ mark: text.describe('Of the proposal that is accepted.') }),
        shape: orderDetailShape,
      },
      async ({ params: { shop, id }, body: { mark }, asked }) => {
        found(isShop(app, shop) ? await app.store.order(shop, id) : undefined, 'order');
        await audit.record(asked, 'order.accept-proposal', `${shop}/${id}`, mark);
        const accepted = found(await intake.acceptProposal(shop, id, mark), 'order');
        switch (accepted.kind) {
          case 'accepted':
            return wholeOrder(app, found(await app.store.order(shop, id), 'order'));
          case 'outdated':
            throw new Problem(409, 'The order is not as it was when this was proposed.', {
              fix: 'Get the proposal again, and accept that.',
            });
          case 'none':
            throw notProposed(accepted);
        }
      },
    ),
  ];
}

function notProposed({ reason, fix }: { reason: string; fix: string }): Problem {
  return new Problem(422, reason, { fix });
}

function isShop({ config }: App, shop: string): boolean {
  return config.shops.some(({ id }) => id === shop);
}

type Action = 'recheck' | 'forward' | 'ignore' | 'undo';

function orderAction({ app, audit, once }: ApiDeps, action: Action, summary: string): Operation {
  return acting(
    once,
    {
      ...{ id: `${action}Order`, tag: 'Orders', needs: 'act', summary },
      path: `/api/v1/orders/:shop/:id/actions/${action}`,
      params: anOrder,
      shape: orderShape,
    },
    async ({ params: { shop, id }, asked }) => {
      found(await app.store.order(shop, id), 'order');
      await audit.record(asked, `order.${action}`, `${shop}/${id}`);
      await act(app, action, shop, id, asked.signal);
      return orderJson(found(await app.store.order(shop, id), 'order'));
    },
  );
}

async function act(app: App, action: Action, shop: string, id: number, signal: AbortSignal) {
  switch (action) {
    case 'recheck':
      if (!isShop(app, shop)) return found(undefined, 'shop');
      return asProblem(() => app.recheck(shop, [id], signal));
    case 'forward':
    case 'ignore':
      return app.intake.decide(shop, id, action);
    case 'undo':
      return app.intake.decide(shop, id, null);
  }
}
