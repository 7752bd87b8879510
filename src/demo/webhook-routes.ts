import { errorBody } from './answers.js';
import { type JsonObject, textOf } from './json.js';
import { listParameters } from './list-parameters.js';
import { requestJson } from './order-routes.js';
import { Refusal, type Route, type RouteContext } from './routes.js';
import type { WebhookSettings } from './shop-webhooks.js';
import { type DemoWebhook, isTopic, wireWebhook } from './webhook-model.js';

const ROUTE = '/wp-json/wc/v3/webhooks';

export const webhookRoutes: readonly Route[] = [
  {
    pattern: /^\/wp-json\/wc\/v3\/webhooks$/,
    allow: 'GET, POST',
    answer: (context) => (context.request.method === 'POST' ? created(context) : listed(context)),
  },
  {
    pattern: /^\/wp-json\/wc\/v3\/webhooks\/(\d+)$/,
    allow: 'GET, POST, PUT, PATCH, DELETE',
    answer: (context) => {
      const webhook = existing(context);
      const { webhooks, request } = context;
      if (['PUT', 'POST', 'PATCH'].includes(request.method)) {
        webhooks.update(webhook, checked(requestJson(context)));
      }
      const body = wire(webhook, context);
      if (request.method === 'DELETE') {
        if (request.query.get('force') !== 'true') throw noTrash();
        webhooks.remove(webhook.id);
      }
      return { body };
    },
  },
];

function wire(webhook: DemoWebhook, { siteUrl, shop }: RouteContext): JsonObject {
  return wireWebhook(webhook, siteUrl, shop.time);
}

function listed(context: RouteContext) {
  const { request, shop, siteUrl, webhooks } = context;
  const { page, perPage, order, orderby } = listParameters(request.query, shop.time, []);
  const all = webhooks.all();
  const byDate = (one: DemoWebhook, other: DemoWebhook) =>
    orderby === 'id' ? one.id - other.id : one.createdMs - other.createdMs || one.id - other.id;
  // Equal dates come in the order of their ids, whichever way they are sorted (webhook-list).
  const sorted =
    order === 'asc' || orderby !== 'id'
      ? all.sort((one, other) => byDate(one, other))
      : all.sort((one, other) => byDate(other, one));
  const shown = sorted.slice((page - 1) * perPage, page * perPage);
  const hrefOf = (other: number) => `${siteUrl}${ROUTE}?page=${other}`;
  return {
    body: shown.map((webhook) => wire(webhook, context)),
    paging: { total: all.length, perPage, page, hrefOf },
  };
}

function created(context: RouteContext) {
  const { webhooks, siteUrl, shop } = context;
  const body = requestJson(context);
  const { topic, deliveryUrl, ...rest } = checked(body);
  if (topic === undefined) throw badTopic();
  if (deliveryUrl === undefined) throw badUrl();
  const webhook = webhooks.create({
    name: nameAt(shop.nowMs()),
    secret: '',
    status: 'active',
    ...rest,
    topic,
    deliveryUrl,
  });
  return {
    status: 201,
    body: wire(webhook, context),
    location: `${siteUrl}${ROUTE}/${webhook.id}`,
    allow: 'GET, POST',
  };
}

/** What WordPress takes of a body. Throws Refusal. */
function checked(body: JsonObject): Partial<WebhookSettings> {
  const given = (name: string) => (body[name] === undefined ? undefined : textOf(body[name]));
  const topic = given('topic');
  const deliveryUrl = given('delivery_url');
  const status = statusIn(given('status'));
  const [name, secret] = [given('name'), given('secret')];
  if (topic !== undefined && !isTopic(topic)) throw badTopic();
  if (deliveryUrl !== undefined && !isAddress(deliveryUrl)) throw badUrl();
  return {
    ...(name === undefined ? {} : { name }),
    ...(topic === undefined ? {} : { topic }),
    ...(deliveryUrl === undefined ? {} : { deliveryUrl }),
    ...(secret === undefined ? {} : { secret }),
    ...(status === undefined ? {} : { status }),
  };
}

function statusIn(text: string | undefined): DemoWebhook['status'] | undefined {
  return (['active', 'paused', 'disabled'] as const).find((status) => status === text);
}

function isAddress(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text);
}

/** `Webhook created on Nov 20, 2026 @ 04:06 PM` (`webhook-create-blocked-port`). */
function nameAt(nowMs: number): string {
  const text = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', ...options }).format(nowMs);
  const day = text({ month: 'short', day: '2-digit', year: 'numeric' });
  const time = text({ hour: '2-digit', minute: '2-digit' }).replaceAll('\u202f', ' ');
  return `Webhook created on ${day} @ ${time}`;
}

function existing({ webhooks, ids }: RouteContext): DemoWebhook {
  const webhook = webhooks.get(ids[0] ?? 0);
  if (webhook) return webhook;
  const code = 'woocommerce_rest_shop_webhook_invalid_id';
  throw new Refusal(404, errorBody(code, 'ID is invalid.', 404));
}

function noTrash(): Refusal {
  const message = 'Webhooks do not support trashing.';
  return new Refusal(501, errorBody('woocommerce_rest_trash_not_supported', message, 501));
}

function badTopic(): Refusal {
  const message = 'Webhook topic is required and must be valid.';
  const code = 'woocommerce_rest_shop_webhook_invalid_topic';
  return new Refusal(400, errorBody(code, message, 400));
}

function badUrl(): Refusal {
  const message = 'Webhook delivery URL must be a valid URL starting with http:// or https://.';
  const code = 'woocommerce_rest_shop_webhook_invalid_delivery_url';
  return new Refusal(400, errorBody(code, message, 400));
}
