import type { DemoShopState } from './demo-shop.js';
import type { Json, JsonObject } from './json.js';
import { listParameters } from './list-parameters.js';
import type { Route, RouteContext } from './routes.js';
import { generalSettings, taxSettings } from './site-settings.js';
import type { TaxRate } from './tax-rates.js';

const API = '/wp-json/wc/v3';

export const siteRoutes: readonly Route[] = [
  {
    pattern: /^\/wp-json$/,
    allow: 'GET',
    open: true,
    answer: ({ shop, siteUrl }) => ({ body: siteIndex(shop, siteUrl) }),
  },
  {
    pattern: /^\/wp-json\/wc\/v3$/,
    allow: 'GET',
    open: true,
    answer: ({ siteUrl, fields }) => ({
      body: { namespace: 'wc/v3', _links: { up: [{ href: `${siteUrl}/wp-json/` }] } },
      // Recorded with _fields=namespace: the index keeps its links whatever is asked.
      fields: fields.length > 0 ? [...fields, '_links'] : fields,
    }),
  },
  readOnly('orders/statuses', ({ shop }) =>
    shop.statuses().map(([slug, name]) => ({ slug, name })),
  ),
  readOnly('reports/orders/totals', ({ shop }) => totalsByStatus(shop)),
  readOnly('settings/general', () => generalSettings()),
  readOnly('settings/tax', () => taxSettings()),
  readOnly('system_status', ({ shop, siteUrl }) => systemStatus(shop, siteUrl)),
  readOnly('data/currencies/current', ({ siteUrl }) => currency(siteUrl)),
  {
    pattern: /^\/wp-json\/wc\/v3\/payment_gateways$/,
    allow: 'GET',
    answer: () =>
      allOnOnePage(
        ['bacs', 'cheque', 'cod'].map((id) => ({ id, title: id.toUpperCase(), enabled: true })),
      ),
  },
  {
    pattern: /^\/wp-json\/wc\/v3\/taxes$/,
    allow: 'GET, POST',
    answer: taxTable,
  },
  {
    pattern: /^\/wp-json\/wc\/v3\/taxes\/classes$/,
    allow: 'GET, POST',
    answer: ({ siteUrl }) => allOnOnePage(taxClasses(siteUrl)),
  },
];

function readOnly(path: string, body: (context: RouteContext) => Json): Route {
  return {
    pattern: new RegExp(`^${API}/${path}$`),
    allow: 'GET',
    answer: (context) => ({ body: body(context) }),
  };
}

function allOnOnePage(body: readonly Json[]) {
  return { body, paging: { total: body.length, perPage: 100, page: 1, hrefOf: () => '' } };
}

/** Ten a page, unless more are asked for. */
function taxTable(context: RouteContext) {
  const { shop, siteUrl, request } = context;
  const { page, perPage } = listParameters(request.query, shop.time, []);
  const { rates } = shop.taxes;
  const shown = rates.slice((page - 1) * perPage, page * perPage);
  const hrefOf = (other: number) => `${siteUrl}${API}/taxes?per_page=${perPage}&page=${other}`;
  return {
    body: shown.map((rate) => wireRate(rate, context)),
    paging: { total: rates.length, perPage, page, hrefOf },
  };
}

function siteIndex(shop: DemoShopState, siteUrl: string): JsonObject {
  return {
    name: 'Voorbeeldwinkel',
    description: '',
    url: siteUrl,
    home: siteUrl,
    gmt_offset: shop.time.offsetMs(shop.nowMs()) / 3_600_000,
    timezone_string: shop.time.zone,
    namespaces: NAMESPACES,
  };
}

const NAMESPACES = [
  'oembed/1.0',
  'wc/v3',
  'wc/v1',
  'jetpack/v4',
  'wc-admin',
  'wc-analytics',
  'wc/store',
  'wc/store/v1',
  'wc/private',
  'wc/v2',
  'wc-admin-email',
  'wc-telemetry',
  'wccom-site/v3',
  'wp/v2',
  'wp-site-health/v1',
  'wp-block-editor/v1',
];

function totalsByStatus(shop: DemoShopState): Json {
  const counts = new Map<string, number>();
  for (const { status } of shop.table.all()) counts.set(status, (counts.get(status) ?? 0) + 1);
  return shop.statuses().map(([slug, name]) => ({ slug, name, total: counts.get(slug) ?? 0 }));
}

function currency(siteUrl: string): Json {
  const collection = `${siteUrl}/wp-json/wc/v3/data/currencies`;
  return {
    code: 'EUR',
    name: 'Euro',
    symbol: '&euro;',
    _links: {
      self: [{ href: `${collection}/EUR`, targetHints: { allow: ['GET'] } }],
      collection: [{ href: collection }],
    },
  };
}

function systemStatus(shop: DemoShopState, siteUrl: string): Json {
  const tables = 'Automattic\\WooCommerce\\Internal\\DataStores\\Orders\\OrdersTableDataStore';
  const hpos = shop.storage === 'hpos';
  return {
    environment: { home_url: siteUrl, site_url: siteUrl, version: '10.0.2', wp_version: '6.8.8' },
    settings: {
      api_enabled: false,
      force_ssl: false,
      currency: 'EUR',
      currency_symbol: '&euro;',
      currency_position: 'left_space',
      thousand_separator: '.',
      decimal_separator: ',',
      number_of_decimals: 2,
      order_datastore: hpos ? tables : 'WC_Order_Data_Store_CPT',
      HPOS_enabled: hpos,
      HPOS_sync_enabled: false,
    },
    security: { secure_connection: siteUrl.startsWith('https:'), hide_errors: true },
  };
}

function wireRate(rate: TaxRate, { siteUrl }: RouteContext): Json {
  const collection = `${siteUrl}/wp-json/wc/v3/taxes`;
  const allow = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
  return {
    id: rate.id,
    country: rate.country,
    state: rate.state,
    postcode: rate.postcode,
    city: '',
    rate: rate.percent.toFixed(4),
    name: rate.name,
    priority: rate.priority,
    compound: rate.compound,
    shipping: rate.shipping,
    order: 0,
    class: rate.taxClass,
    postcodes: rate.postcode === '' ? [] : [rate.postcode],
    cities: [],
    _links: {
      self: [{ href: `${collection}/${rate.id}`, targetHints: { allow } }],
      collection: [{ href: collection }],
    },
  };
}

function taxClasses(siteUrl: string): Json[] {
  const named = [
    ['standard', 'Standard rate'],
    ['reduced-rate', 'Reduced rate'],
    ['zero-rate', 'Zero rate'],
  ] as const;
  const collection = [{ href: `${siteUrl}/wp-json/wc/v3/taxes/classes` }];
  return named.map(([slug, name]) => ({ slug, name, _links: { collection } }));
}
