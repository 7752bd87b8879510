import { errorBody, type Paging, pageHref } from './answers.js';
import { itemOf, productById } from './catalogue.js';
import type { DemoShopState } from './demo-shop.js';
import { type JsonObject, numberOf, objectOf, objectsOf, parseJson, textOf } from './json.js';
import { type ListParameters, listParameters } from './list-parameters.js';
import { micros } from './micros.js';
import { orderPage } from './order-list.js';
import type { Address, DemoOrder } from './order-model.js';
import { Refusal, type Route, type RouteContext } from './routes.js';
import { STORE_DECIMALS, type WireStyle, wireOrder } from './wire.js';

export const orderRoutes: readonly Route[] = [
  {
    pattern: /^\/wp-json\/wc\/v3\/orders$/,
    allow: 'GET, POST',
    answer: (context) => (context.request.method === 'POST' ? created(context) : listed(context)),
  },
  {
    pattern: /^\/wp-json\/wc\/v3\/orders\/(\d+)$/,
    allow: 'GET, POST, PUT, PATCH, DELETE',
    answer: (context) => {
      const order = existing(context);
      if (context.request.method === 'DELETE') return { body: deleted(order, context) };
      if (['PUT', 'POST', 'PATCH'].includes(context.request.method)) update(order, context);
      return { body: wireOrder(order, styleOf(context)) };
    },
  },
];

/** The style of an answer; `dp` as asked for, by default the store's decimals. */
export function styleOf({ shop, siteUrl, request }: RouteContext): WireStyle {
  const dp = request.query.get('dp');
  return { siteUrl, time: shop.time, dp: dp === null ? STORE_DECIMALS : numberOf(dp) };
}

export function checkedParameters({ shop, request }: RouteContext): ListParameters {
  const statuses = shop.statuses().map(([slug]) => slug);
  return listParameters(request.query, shop.time, statuses);
}

/** The paging of a list at `route`, below the site's address. */
export function pagingOf(
  { request, siteUrl }: RouteContext,
  route: string,
  parameters: ListParameters,
  total: number,
): Paging {
  const { page, perPage, statuses } = parameters;
  const hrefOf = (other: number) =>
    pageHref(`${siteUrl}${route}`, request.query, other, statuses, total === 0);
  return { total, perPage, page, hrefOf };
}

export function requestJson({ request }: RouteContext): JsonObject {
  return request.body === '' ? {} : objectOf(parseJson(request.body));
}

function listed(context: RouteContext) {
  const { shop } = context;
  const parameters = checkedParameters(context);
  const { items, total } = orderPage(shop.table, parameters, (status) => shop.covers(status));
  shop.failOnBad(items);
  const style = styleOf(context);
  return {
    body: items.map((order) => listedOrder(order, style, context.fields)),
    paging: pagingOf(context, '/wp-json/wc/v3/orders', parameters, total),
  };
}

/** What only needs the order's head is answered without making its content. */
function listedOrder(order: DemoOrder, style: WireStyle, fields: readonly string[]): JsonObject {
  const head = ['id', 'status', 'date_modified', 'date_modified_gmt'];
  if (fields.length === 0 || fields.some((field) => !head.includes(field))) {
    return wireOrder(order, style);
  }
  return {
    id: order.id,
    status: order.status,
    date_modified: style.time.localText(order.modifiedMs),
    date_modified_gmt: new Date(order.modifiedMs).toISOString().slice(0, 19),
  };
}

function existing({ shop, ids }: RouteContext): DemoOrder {
  const order = shop.table.get(ids[0] ?? 0);
  if (order) {
    shop.failOnBad([order]);
    return order;
  }
  throw new Refusal(404, errorBody('woocommerce_rest_shop_order_invalid_id', 'Invalid ID.', 404));
}

/** To the bin, or for good with `force`; the answer shows the status from before. */
function deleted(order: DemoOrder, context: RouteContext): JsonObject {
  const { shop, request } = context;
  if (request.query.get('force') === 'true') {
    const body = wireOrder(order, styleOf(context));
    shop.delete(order.id);
    return body;
  }
  if (order.status === 'trash') {
    const message = 'The order has already been deleted.';
    throw new Refusal(410, errorBody('woocommerce_rest_already_trashed', message, 410));
  }
  const statusBefore = order.status;
  shop.trash(order.id);
  return { ...wireOrder(order, styleOf(context)), status: statusBefore };
}

/** Status, meta data and quantities; any PUT saves, so any PUT moves the date (order tables). */
function update(order: DemoOrder, context: RouteContext): void {
  const { shop } = context;
  const body = requestJson(context);
  shop.save(order.id);
  for (const datum of objectsOf(body['meta_data'])) {
    shop.setMeta(order.id, textOf(datum['key']), datum['value'] ?? null);
  }
  const quantities = new Map(
    objectsOf(body['line_items']).map((line) => [numberOf(line['id']), numberOf(line['quantity'])]),
  );
  if (quantities.size > 0) setQuantities(shop, order, quantities);
  if (body['status'] !== undefined) shop.setStatus(order.id, textOf(body['status']));
}

/** A quantity alone leaves the line's totals as they were (`order-x-edited-2-quantity-only`). */
function setQuantities(
  shop: DemoShopState,
  order: DemoOrder,
  quantities: ReadonlyMap<number, number>,
): void {
  shop.change(order.id, (content) => ({
    ...content,
    lines: content.lines.map((line) => ({
      ...line,
      quantity: quantities.get(line.id) ?? line.quantity,
    })),
  }));
}

function created(context: RouteContext) {
  const { shop, siteUrl } = context;
  const body = requestJson(context);
  const id = shop.place({
    status: textOf(body['status']) || 'pending',
    currency: textOf(body['currency']) || 'EUR',
    createdVia: 'rest-api',
    customerId: numberOf(body['customer_id']),
    paymentMethod: textOf(body['payment_method']),
    paymentMethodTitle: textOf(body['payment_method_title']),
    billing: { ...addressOf(body['billing']), email: textOf(objectOf(body['billing'])['email']) },
    shipping: addressOf(body['shipping']),
    cart: {
      pricesIncludeTax: true,
      vatExempt: false,
      coupons: [],
      fees: [],
      items: objectsOf(body['line_items']).flatMap((line) => {
        const product = productById(numberOf(line['product_id']));
        return product ? [itemOf(product, numberOf(line['quantity'] ?? 1))] : [];
      }),
      shipping: objectsOf(body['shipping_lines']).map((line) => ({
        title: textOf(line['method_title']),
        methodId: textOf(line['method_id']),
        net: micros(textOf(line['total']) || '0'),
      })),
    },
  });
  return {
    status: 201,
    body: wireOrder(shop.existing(id), styleOf(context)),
    location: `${siteUrl}/wp-json/wc/v3/orders/${id}`,
    allow: 'GET, POST',
  };
}

function addressOf(value: JsonObject[string] | undefined): Address {
  const from = objectOf(value);
  const member = (name: string): string => textOf(from[name]);
  return {
    first_name: member('first_name'),
    last_name: member('last_name'),
    company: member('company'),
    address_1: member('address_1'),
    address_2: member('address_2'),
    city: member('city'),
    state: member('state'),
    postcode: member('postcode'),
    country: member('country'),
    phone: member('phone'),
  };
}
