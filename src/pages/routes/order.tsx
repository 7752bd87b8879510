import { secretsOf } from '../../config/secrets-of.js';
import type { Asked, Reply, Route } from '../../server/route.js';
import { readLife } from '../../services/order-life.js';
import type { StoredOrder } from '../../store/store.js';
import { eventsOf } from '../life.js';
import { refOf, refText } from '../order-refs.js';
import { pageContext } from '../page.js';
import { rawText } from '../raw.js';
import type { PageDeps } from '../services.js';
import { html } from '../view/html.js';
import { OrderPage } from '../view/orders/order-page.js';
import { refusalPage } from './refusal.js';

/** One order whole. */
export function orderRoutes(deps: PageDeps): readonly Route[] {
  const handle = (asked: Asked) => show(asked, deps);
  return [{ method: 'GET', path: '/orders/:shop/:id', needs: 'read', handle }];
}

/** Of a busy order, the latest. */
const MOST_NUDGES = 50;
const MOST_AUDIT = 100;

async function show(asked: Asked, deps: PageDeps): Promise<Reply> {
  const { app, zone } = deps;
  const { store } = app;
  const ref = refOf(`${asked.params['shop'] ?? ''}/${asked.params['id'] ?? ''}`);
  const order = ref && (await store.order(ref.shop, ref.id));
  if (!order) return { ...refusalPage(asked, 404, zone), status: 404 };
  const page = pageContext(asked, zone);
  const life = await readLife(app, order, MOST_NUDGES);
  const refunds = await store.refundsOf(order.shop, order.id);
  const audit = await store.audit({ target: refText(order) }, MOST_AUDIT);
  return html(
    <OrderPage
      page={page}
      life={life}
      refunds={refunds}
      events={eventsOf({ ...life, refunds, audit }, page.words)}
      configFile={app.config.file}
      raw={page.may('raw') ? await rawOf(deps, order) : undefined}
      isMasked={app.config.access.maskPersonalData}
    />,
  );
}

/** `null`: the shop never gave it whole. */
async function rawOf({ app }: PageDeps, { shop, id }: StoredOrder): Promise<string | null> {
  const raw = await app.store.rawOrder(shop, id);
  if (raw === undefined) return null;
  const { maskPersonalData: maskPersonal } = app.config.access;
  return rawText(raw, { secrets: secretsOf(app.config), maskPersonal });
}
