import { secretsOf } from '../../config/secrets-of.js';
import { instantOf } from '../../orders/time.js';
import type { Asked, Reply, Route } from '../../server/route.js';
import type { QuarantineEntry } from '../../store/store.js';
import { ShopError } from '../../woocommerce/shop-error.js';
import { pageContext } from '../page.js';
import { rawText } from '../raw.js';
import type { PageDeps } from '../services.js';
import { html } from '../view/html.js';
import {
  DeliveriesPage,
  ROWS_SHOWN as LIMIT,
  DELIVERIES_PATH as PATH,
} from '../view/office/deliveries.js';
import { idIn, pathWith, placeIn } from '../view/office/list.js';
import { QUARANTINE_PATH, QuarantineListPage } from '../view/office/quarantine.js';
import { QuarantinePage } from '../view/office/quarantine-entry.js';

export function deliveryRoutes(deps: PageDeps): readonly Route[] {
  return [
    { method: 'GET', path: PATH, needs: 'read', handle: (asked) => showDeliveries(deps, asked) },
    {
      method: 'GET',
      path: QUARANTINE_PATH,
      needs: 'read',
      handle: (asked) => showQuarantine(deps, asked),
    },
    {
      method: 'GET',
      path: `${QUARANTINE_PATH}/:id`,
      needs: 'raw',
      handle: (asked) => showEntry(deps, asked),
    },
    {
      method: 'POST',
      path: `${QUARANTINE_PATH}/:id/again`,
      needs: 'act',
      handle: (asked) => tryAgain(deps, asked),
    },
  ];
}

function chosenShop({ app }: PageDeps, { query }: Asked): string {
  return app.config.shops.find(({ id }) => id === query.get('shop'))?.id ?? '';
}

async function showDeliveries(deps: PageDeps, asked: Asked): Promise<Reply> {
  const { app, zone } = deps;
  const shop = chosenShop(deps, asked);
  const before = placeIn(asked.query.get('before'));
  const ofShop = shop === '' ? {} : { shop };
  const found = await app.store.nudges({ ...ofShop, ...(before && { before }) }, LIMIT + 1);
  const kept = await app.store.quarantine({ ...ofShop, open: true, before: 0, limit: 10 });
  const page = pageContext(asked, zone);
  const shops = app.config.shops.map(({ id }) => id);
  return html(<DeliveriesPage {...{ page, found, kept, shop, shops }} />);
}

async function showQuarantine(deps: PageDeps, asked: Asked): Promise<Reply> {
  const isOpen = asked.query.get('state') === 'open';
  const found = await deps.app.store.quarantine({
    before: idIn(asked.query.get('before')) ?? 0,
    limit: LIMIT + 1,
    ...(isOpen ? { open: true } : {}),
  });
  const page = pageContext(asked, deps.zone);
  return html(<QuarantineListPage page={page} found={found} isOpen={isOpen} />);
}

async function showEntry(deps: PageDeps, asked: Asked): Promise<Reply> {
  const entry = await entryOf(deps, asked);
  if (!entry) return gone();
  const { config } = deps.app;
  const raw = rawText(entry.raw, {
    secrets: secretsOf(config),
    maskPersonal: config.access.maskPersonalData,
  });
  return html(<QuarantinePage page={pageContext(asked, deps.zone)} entry={entry} raw={raw} />);
}

async function entryOf({ app }: PageDeps, { params }: Asked): Promise<QuarantineEntry | undefined> {
  const id = idIn(params['id'] ?? null);
  return id === undefined ? undefined : (await app.store.quarantine({ id }))[0];
}

function gone(): Reply {
  return { kind: 'redirect', to: pathWith(QUARANTINE_PATH, { done: 'gone' }) };
}

async function tryAgain(deps: PageDeps, asked: Asked): Promise<Reply> {
  const { app, audit } = deps;
  const entry = await entryOf(deps, asked);
  if (!entry || !app.config.shops.some(({ id }) => id === entry.shop)) return gone();
  const { shop, orderId } = entry;
  const detail = `quarantine ${entry.id}`;
  await audit.record(asked, 'quarantine.again', `${shop}/${orderId ?? ''}`, detail);
  const done = await again(deps, entry, asked.signal);
  return { kind: 'redirect', to: pathWith(QUARANTINE_PATH, { done }) };
}

/** An order is read by itself; what names none is over once a poll saw all that the shop changed. */
async function again(
  { app }: PageDeps,
  { id, shop, orderId }: QuarantineEntry,
  signal: AbortSignal,
): Promise<'again' | 'busy' | 'failed'> {
  try {
    if (orderId !== null) {
      await app.recheck(shop, [orderId], signal);
      return 'again';
    }
    const { state } = await app.poll(shop, {}, signal);
    if (state === 'busy') return 'busy';
    if (state !== 'done') return 'failed';
    const now = instantOf(app.clock.now());
    await app.store.transaction((tx) => tx.closeQuarantine([id], now));
    return 'again';
  } catch (error) {
    if (error instanceof ShopError) return 'failed';
    throw error;
  }
}
