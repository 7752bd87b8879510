import type { App } from '../src/app.js';
import type { Route } from '../src/server/route.js';
import { type OrderSort, orderPlaceOf, type Store } from '../src/store/store.js';
import { createWeb } from '../src/web.js';
import { SUBSCRIPTION } from './fill-life.js';

/** One address that is measured. */
export interface PageRequest {
  readonly way: 'page' | 'api';
  readonly path: string;
  /** What it stands for, with what would make the line long left out. */
  readonly name: string;
}

type Query = Readonly<Record<string, string>>;

/** What stands for the parameters of a route, and where lists are deep. */
interface Facts {
  readonly parameters: Readonly<Record<string, (path: string) => string>>;
  readonly moment: string;
  readonly document: string;
  readonly posting: string;
  readonly places: Readonly<Record<OrderSort, { at: string; id: string }>>;
}

/**
 * Every GET route of the page and the API as it is, and the lists with each of their filters, searches
 * and sorts and from their middle. Throws where a new route has a parameter that nothing is known of.
 */
export async function pageRequests(app: App): Promise<readonly PageRequest[]> {
  const web = await createWeb(app);
  const facts = await factsOf(app.store);
  const all = (way: PageRequest['way'], routes: readonly Route[], more: Variations) =>
    routes
      .filter(({ method }) => method === 'GET')
      .flatMap(({ path }) => requestsOf(way, path, facts, more[path] ?? []));
  return [
    ...all('page', web.pages, pageVariations(facts)),
    ...all('api', web.api.routes, apiVariations(facts)),
  ];
}

type Variations = Readonly<Record<string, readonly Query[]>>;

function requestsOf(
  way: PageRequest['way'],
  route: string,
  facts: Facts,
  variations: readonly Query[],
): PageRequest[] {
  const path = route.replace(/:(\w+)/g, (_, name: string) => {
    const value = facts.parameters[name];
    if (value === undefined) throw new Error(`what is :${name} of ${route}? Tell page-requests.ts`);
    return encodeURIComponent(value(route));
  });
  const plain = { way, path, name: route };
  const varied = variations.map((query) => ({
    way,
    path: `${path}?${new URLSearchParams(query)}`,
    name: `${route}?${Object.entries(query).map(shortly).join('&')}`,
  }));
  // A list of a single shop has no answer without it.
  return [plain, ...varied];
}

const PLACES = new Set(['at', 'after', 'before']);

function shortly([name, value]: [string, string]): string {
  return PLACES.has(name) ? `${name}=…` : `${name}=${value}`;
}

/** The middle of the orders. */
const MIDDLE = 500_000;

async function factsOf(store: Store): Promise<Facts> {
  const [order] = await store.orders('demo', [MIDDLE]);
  if (!order) throw new Error('the store has no such order');
  const [parked] = await store.listOrders({ states: ['parked'] }, { limit: 1, sort: 'since' });
  if (!parked) throw new Error('nothing is parked');
  const [changed] = await store.listOrders({ states: ['forwarded'], changed: true }, { limit: 1 });
  if (!changed) throw new Error('nothing is changed');
  const [document] = await store.listDocuments({ to: order.createdAt.slice(0, 10) }, { limit: 1 });
  const rejected = await store.listPostings({ states: ['rejected'] }, 200);
  const posting = rejected.at(-1);
  const key = document?.document.key ?? '';
  const sorts = ['created', 'since', 'expires', 'amount', 'number'] as const;
  const places = Object.fromEntries(
    sorts.map((sort) => [sort, orderPlaceOf(sort === 'created' ? order : parked, sort)]),
  );
  return {
    parameters: {
      shop: () => 'demo',
      id(path) {
        if (path.includes('quarantine')) return '2500';
        if (path.includes('subscriptions')) return SUBSCRIPTION;
        return String(path.endsWith('/proposal') ? changed.id : MIDDLE);
      },
      attempt: () => '25000',
      operation: () => 'listOrders',
      key: () => key,
      language: () => 'nl',
      books: () => 'journal',
    },
    moment: order.createdAt,
    document: key,
    posting: posting ? `${posting.books}/${posting.documentKey}` : '',
    places: places as Facts['places'],
  };
}

/** Words of few, of some and of very many orders. */
const SEARCHES = ['fam4242', 'fam42', 'fam', 'fam4242 de', '777777'];

function pageVariations({ places, moment, document, posting }: Facts): Variations {
  const deep = (sort: OrderSort) => ({ sort, at: places[sort].at, after: places[sort].id });
  const older = { at: moment, after: document };
  const sorts = ['since', 'expires', 'amount', 'number'] as const;
  return {
    '/': [{ books: 'journal' }],
    '/open': [
      ...SEARCHES.map((find) => ({ find })),
      ...[{ status: 'on-hold' }, { shop: 'demo' }, { state: 'ignored' }],
      ...sorts.flatMap((sort) => [{ sort }, { ...deep(sort), dir: 'desc' }]),
      ...[
        { sort: 'amount', status: 'on-hold' },
        { find: 'fam', sort: 'amount' },
      ],
      { state: 'ignored', ...deep('created') },
    ],
    '/attention': [
      ...['blocked', 'rejected', 'uncertain', 'expired', 'changed', 'withdrawn'].map((show) => ({
        show,
      })),
      { show: 'expired', at: moment, after: places.created.id },
      { show: 'changed', at: moment, after: places.created.id },
      { show: 'rejected', at: moment, after: posting },
    ],
    '/booked': [
      ...[{ kind: 'credit-note' }, { shop: 'demo' }, older, { kind: 'invoice', ...older }],
      { from: moment.slice(0, 10), to: moment.slice(0, 10) },
    ],
    '/runs': [
      ...[{ kind: 'batch' }, { state: 'failed' }, { kind: 'export', subject: 'journal' }],
      { before: `${moment}~100000` },
    ],
    '/deliveries': [{ shop: 'demo' }, { before: `${moment}~250000` }],
    '/deliveries/quarantine': [{ state: 'open' }, { before: '2500' }],
    '/audit': [{ target: 'demo/77' }, { before: '100000' }],
    '/subscriptions/:id': [{ show: 'failed' }, { before: '25000' }],
    '/statement': [{ shop: 'demo' }],
    '/statement.csv': [{ shop: 'demo' }],
  };
}

function apiVariations({ places, moment, document, posting }: Facts): Variations {
  const cursor = (at: string, id: string) =>
    Buffer.from(JSON.stringify([at, id])).toString('base64url');
  const deep = (sort: OrderSort) => ({ sort, after: cursor(places[sort].at, places[sort].id) });
  const sorts = ['created', 'since', 'expires', 'amount', 'number'] as const;
  return {
    '/api/v1/orders': [
      ...SEARCHES.map((search) => ({ search })),
      ...[{ state: 'parked' }, { state: 'blocked' }, { status: 'on-hold' }, { changed: 'true' }],
      ...[{ number: '777777' }, { limit: '500' }, { sort: 'amount', status: 'processing' }],
      ...sorts.map(deep),
    ],
    '/api/v1/documents': [
      ...[{ kind: 'credit-note' }, { shop: 'demo' }, { number: '777777' }],
      { after: cursor(moment, document) },
    ],
    '/api/v1/postings': [
      ...[{ state: 'rejected' }, { state: 'booked' }, { after: cursor(moment, posting) }],
    ],
    '/api/v1/stats': [{ from: moment.slice(0, 10), to: moment.slice(0, 10) }],
    '/api/v1/runs': [{ kind: 'batch' }, { after: cursor(moment, '100000') }],
    '/api/v1/deliveries': [{ shop: 'demo' }, { after: cursor(moment, '250000') }],
    '/api/v1/quarantine': [{ state: 'all' }, { after: cursor(moment, '2500') }],
    '/api/v1/subscriptions/:id/attempts': [{ failed: 'true' }, { after: cursor(moment, '25000') }],
    '/api/v1/audit': [{ target: 'demo/77' }, { after: cursor(moment, '100000') }],
  };
}
