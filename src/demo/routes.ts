import { type DemoAnswer, errorBody, htmlAnswer, jsonAnswer } from './answers.js';
import type { Authentication, Identity } from './authentication.js';
import type { DemoShopState } from './demo-shop.js';
import type { Json } from './json.js';
import { InvalidParameters, invalidParametersBody, listValues } from './list-parameters.js';
import { orderRoutes } from './order-routes.js';
import { refundRoutes } from './refund-routes.js';
import type { ShopWebhooks } from './shop-webhooks.js';
import { siteRoutes } from './site-routes.js';
import { webhookRoutes } from './webhook-routes.js';

/** A request that has arrived whole. */
export interface DemoRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly host: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

export interface RouteContext {
  readonly shop: DemoShopState;
  readonly webhooks: ShopWebhooks;
  readonly request: DemoRequest;
  /** The address in links, without a slash at its end. */
  readonly siteUrl: string;
  readonly fields: readonly string[];
  /** The part of the path that the route's pattern caught, as numbers. */
  readonly ids: readonly number[];
}

export interface Route {
  readonly pattern: RegExp;
  /** What `Allow` says. */
  readonly allow: string;
  /** Where no key is needed. */
  readonly open?: boolean;
  readonly answer: (context: RouteContext) => Omit<Parameters<typeof jsonAnswer>[0], 'siteUrl'>;
}

/** A refusal that a route words itself. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    readonly status: number,
    readonly body: Json,
  ) {
    super('refused');
  }
}

const ROUTES: readonly Route[] = [...siteRoutes, ...refundRoutes, ...orderRoutes, ...webhookRoutes];

/** Everything the shop answers under `/wp-json/`, after its key was looked at. */
export function createRouter({ shop, webhooks, siteUrl }: Site, authentication: Authentication) {
  const secure = siteUrl.startsWith('https:');
  return (request: DemoRequest): DemoAnswer => {
    const plain = request.query.has('rest_route');
    if (!plain && !request.path.startsWith('/wp-json')) return sitePage(request.path, siteUrl);
    const path = plain ? `/wp-json${request.query.get('rest_route') ?? ''}` : request.path;
    const identity = plain
      ? ({ kind: 'anonymous' } as const)
      : authentication.identify({ ...request, secure });
    return answerTo({ ...request, path }, identity, { shop, webhooks, siteUrl });
  };
}

/** The pages that customers see: the front page, which names the REST API, and nothing else. */
function sitePage(path: string, siteUrl: string): DemoAnswer {
  const api = `${siteUrl}/wp-json/`;
  const head = `<title>Voorbeeldwinkel</title><link rel="https://api.w.org/" href="${api}" />`;
  const page = `<!DOCTYPE html>\n<html lang="nl-NL"><head>${head}</head><body></body></html>`;
  const link = ['Link', `<${api}>; rel="https://api.w.org/"`] as const;
  return htmlAnswer(path === '/' ? 200 : 404, page, [link]);
}

interface Site {
  readonly shop: DemoShopState;
  readonly webhooks: ShopWebhooks;
  readonly siteUrl: string;
}

function answerTo(
  request: DemoRequest,
  identity: Identity,
  { shop, webhooks, siteUrl }: Site,
): DemoAnswer {
  if (identity.kind === 'refused') {
    return jsonAnswer({
      status: 401,
      body: errorBody(identity.code, identity.message, 401),
      siteUrl,
    });
  }
  const path = request.path.replace(/(?<=.)\/$/, '');
  const route = ROUTES.find(({ pattern }) => pattern.test(path));
  const fields = listValues(request.query, '_fields');
  if (!route) {
    const message = 'No route was found matching the URL and request method.';
    return jsonAnswer({ status: 404, body: errorBody('rest_no_route', message, 404), siteUrl });
  }
  const { allow } = route;
  if (request.method === 'OPTIONS') {
    const body = { namespace: 'wc/v3', methods: allow.split(', ') };
    return jsonAnswer({ body, fields, allow, siteUrl });
  }
  if (route.open !== true && !(identity.kind === 'user' && identity.managesShop)) {
    const status = identity.kind === 'user' ? 403 : 401;
    const message = 'Sorry, you cannot list resources.';
    const body = errorBody('woocommerce_rest_cannot_view', message, status);
    return jsonAnswer({ status, body, siteUrl });
  }
  const ids = (route.pattern.exec(path) ?? []).slice(1).map(Number);
  try {
    return jsonAnswer({
      allow,
      fields,
      ...route.answer({ shop, webhooks, request, siteUrl, fields, ids }),
      siteUrl,
    });
  } catch (error) {
    if (error instanceof InvalidParameters) {
      return jsonAnswer({ status: 400, body: invalidParametersBody(error), allow, siteUrl });
    }
    if (error instanceof Refusal) {
      return jsonAnswer({ status: error.status, body: error.body, allow, siteUrl });
    }
    throw error;
  }
}
