import { errorBody } from './answers.js';
import { type JsonObject, numberOf, objectsOf, textOf } from './json.js';
import { micros } from './micros.js';
import type { DemoRefund } from './order-model.js';
import { checkedParameters, pagingOf, requestJson, styleOf } from './order-routes.js';
import { Refusal, type Route, type RouteContext } from './routes.js';
import { wireRefund } from './wire.js';

export const refundRoutes: readonly Route[] = [
  {
    pattern: /^\/wp-json\/wc\/v3\/refunds$/,
    allow: 'GET',
    answer: (context) => {
      const refunds = context.shop.table.refunds();
      return listed(context, refunds, '/wp-json/wc/v3/refunds', true);
    },
  },
  {
    pattern: /^\/wp-json\/wc\/v3\/orders\/(\d+)\/refunds$/,
    allow: 'GET, POST',
    answer: (context) => {
      if (context.request.method === 'POST') return created(context);
      // A deleted order's refunds are an empty list, not a 404 (order-deleted-refunds-404).
      const id = context.ids[0] ?? 0;
      const refunds = context.shop.table.get(id)?.content.refunds ?? [];
      return listed(context, refunds, `/wp-json/wc/v3/orders/${id}/refunds`, false);
    },
  },
  {
    pattern: /^\/wp-json\/wc\/v3\/orders\/(\d+)\/refunds\/(\d+)$/,
    allow: 'GET, DELETE',
    answer: (context) => {
      const [orderId = 0, refundId = 0] = context.ids;
      const refunds = context.shop.table.get(orderId)?.content.refunds ?? [];
      const refund = refunds.find(({ id }) => id === refundId);
      if (!refund) {
        const code = 'woocommerce_rest_invalid_order_refund_id';
        throw new Refusal(404, errorBody(code, 'Invalid order refund ID.', 404));
      }
      const body = wireRefund(refund, styleOf(context), false);
      if (context.request.method === 'DELETE') context.shop.deleteRefund(orderId, refundId);
      return { body };
    },
  },
];

function listed(
  context: RouteContext,
  refunds: readonly DemoRefund[],
  route: string,
  withParent: boolean,
) {
  const parameters = checkedParameters(context);
  const { after, before, perPage, page, order, orderby, exclude, include } = parameters;
  const matching = refunds.filter(
    (refund) =>
      (after === undefined || refund.createdMs > after) &&
      (before === undefined || refund.createdMs < before) &&
      !exclude.has(refund.id) &&
      (include === undefined || include.includes(refund.id)),
  );
  const byId = (one: DemoRefund, other: DemoRefund): number => other.id - one.id;
  const descending = matching.sort((one, other) =>
    orderby === 'id' ? byId(one, other) : other.createdMs - one.createdMs || byId(one, other),
  );
  const ordered = order === 'asc' ? descending.reverse() : descending;
  const start = parameters.offset ?? (page - 1) * perPage;
  const items = ordered.slice(start, start + perPage);
  const total = items.length === 0 ? 0 : matching.length;
  const style = styleOf(context);
  return {
    body: items.map((refund) => wireRefund(refund, style, withParent)),
    paging: pagingOf(context, route, parameters, total),
  };
}

function created(context: RouteContext) {
  const { shop, ids, siteUrl } = context;
  const orderId = ids[0] ?? 0;
  const body = requestJson(context);
  const amount = body['amount'];
  if (!shop.table.get(orderId)) {
    const code = 'woocommerce_rest_invalid_order_id';
    throw new Refusal(404, errorBody(code, 'Invalid order ID.', 404));
  }
  const id = refundOrRefuse(() =>
    shop.refund(orderId, {
      ...(amount === undefined ? {} : { amount: micros(textOf(amount)) }),
      reason: textOf(body['reason']),
      lines: objectsOf(body['line_items']).map(refundLine),
    }),
  );
  const refund = shop.existing(orderId).content.refunds.find((made) => made.id === id);
  return {
    status: 201,
    body: refund ? wireRefund(refund, styleOf(context), false) : null,
    location: `${siteUrl}/wp-json/wc/v3/orders/${orderId}/refunds/${id}`,
  };
}

function refundLine(line: JsonObject) {
  return {
    lineId: numberOf(line['id']),
    quantity: numberOf(line['quantity']),
    net: micros(textOf(line['refund_total']) || '0'),
    taxes: objectsOf(line['refund_tax']).map((tax) => ({
      rateId: tax['id'] ?? 0,
      tax: micros(textOf(tax['refund_total']) || '0'),
    })),
  };
}

/** Too much is a 500, with a bare number as its data (refund-create-too-much-500). */
function refundOrRefuse(refund: () => number): number {
  try {
    return refund();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const code = 'woocommerce_rest_cannot_create_order_refund';
    throw new Refusal(500, { code, message: error.message, data: 500 });
  }
}
