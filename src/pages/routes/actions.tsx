import type { App } from '../../app.js';
import type { Asked, Reply, Route } from '../../server/route.js';
import {
  type Decision,
  decideOrders,
  isAsDecided,
  type OrderRef,
  recheckOrders,
} from '../../services/decide.js';
import type { StoredOrder } from '../../store/store.js';
import { ShopError } from '../../woocommerce/shop-error.js';
import {
  type DoneCode,
  ORDER_ACTIONS,
  type OrderAction,
  POSTING_ACTIONS,
  type PostingAction,
} from '../actions.js';
import { refsOf, refText } from '../order-refs.js';
import { pageContext } from '../page.js';
import { ONCE, withQuery } from '../paging.js';
import type { PageDeps } from '../services.js';
import { html } from '../view/html.js';
import { ConfirmOrders } from '../view/orders/confirm.js';
import { ConfirmPosting } from '../view/orders/confirm-posting.js';
import { ORDER_ACTIONS_PATH, POSTING_ACTIONS_PATH } from '../view/orders/order-form.js';
import { localPath } from './login.js';
import { refusalPage } from './refusal.js';

/** What people do with orders and postings. Each is asked first, unless the form says it was. */
export function actionRoutes(deps: PageDeps): readonly Route[] {
  return [
    {
      method: 'POST',
      path: ORDER_ACTIONS_PATH,
      needs: 'act',
      handle: (asked) => actOnOrders(asked, deps),
    },
    {
      method: 'POST',
      path: POSTING_ACTIONS_PATH,
      needs: 'act',
      handle: (asked) => actOnPosting(asked, deps),
    },
  ];
}

/** What one form may name: more than a page of a list shows. */
const MOST = 100;

async function actOnOrders(asked: Asked, deps: PageDeps): Promise<Reply> {
  const action = ORDER_ACTIONS.find((each) => each === asked.form.get('action'));
  if (action === undefined) return refusalPage(asked, 404, deps.zone);
  const back = localPath(asked.form.get('back'));
  const orders = await known(deps.app, refsOf(asked.form.getAll('order')).slice(0, MOST));
  if (orders.length === 0) return done(back, 'nothing', {});
  if (asked.form.get('confirmed') !== 'yes') {
    const page = pageContext(asked, deps.zone);
    return html(<ConfirmOrders page={page} action={action} orders={orders} back={back} />);
  }
  for (const order of orders) await deps.audit.record(asked, `order.${action}`, refText(order));
  return action === 'recheck'
    ? recheck(deps.app, orders, back, asked.signal)
    : decide(deps.app, orders, action, back);
}

async function known({ store, config }: App, refs: readonly OrderRef[]): Promise<StoredOrder[]> {
  const found: StoredOrder[] = [];
  for (const { id: shop } of config.shops) {
    const ids = refs.filter((ref) => ref.shop === shop).map(({ id }) => id);
    found.push(...(await store.orders(shop, ids)));
  }
  return found;
}

async function recheck(
  app: App,
  orders: readonly StoredOrder[],
  back: string,
  signal: AbortSignal,
): Promise<Reply> {
  let count = 0;
  try {
    for await (const _ of recheckOrders(app, orders, signal)) count += 1;
  } catch (error) {
    if (!(error instanceof ShopError)) throw error;
    app.logger.warn({ reason: error.message }, 'a recheck from the page failed');
    return done(back, 'shop-failed', {});
  }
  return done(back, 'rechecked', { count });
}

const DECISIONS: Readonly<
  Record<Exclude<OrderAction, 'recheck'>, { decision: Decision; code: DoneCode }>
> = {
  forward: { decision: 'forward', code: 'forwarded' },
  ignore: { decision: 'ignore', code: 'ignored' },
  undo: { decision: null, code: 'given-back' },
};

async function decide(
  app: App,
  orders: readonly StoredOrder[],
  action: Exclude<OrderAction, 'recheck'>,
  back: string,
): Promise<Reply> {
  const { decision, code } = DECISIONS[action];
  const decided = await decideOrders(app, orders, decision);
  const count = decided.filter((order) => isAsDecided(order, decision)).length;
  return done(back, code, {
    count,
    left: decided.length - count,
    undo: action === 'ignore' ? decided.map(refText).join(',') : '',
  });
}

async function actOnPosting(asked: Asked, deps: PageDeps): Promise<Reply> {
  const { form } = asked;
  const action = POSTING_ACTIONS.find((each) => each === form.get('action'));
  const stored = await deps.app.store.document(form.get('document') ?? '');
  const books = deps.app.destinations.find(({ id }) => id === form.get('books'))?.id;
  if (action === undefined || stored === undefined || books === undefined) {
    return refusalPage(asked, 404, deps.zone);
  }
  const { document } = stored;
  const back = localPath(form.get('back'));
  if (form.get('confirmed') !== 'yes') {
    const page = pageContext(asked, deps.zone);
    const props = { page, action, document, books, back };
    return html(<ConfirmPosting {...props} />);
  }
  await deps.audit.record(
    asked,
    `posting.${action}`,
    `${document.shop}/${document.orderId}`,
    `${document.key} in ${books}`,
  );
  const { kind } = await deps.app.worker.release(document.key, books, action);
  return done(back, kind === 'released' ? POSTING_DONE[action] : 'not-waiting', {});
}

const POSTING_DONE: Readonly<Record<PostingAction, DoneCode>> = {
  'send-again': 'sent-again',
  'mark-booked': 'marked-booked',
};

/** Back to where one was, with what came of it as a code and numbers. */
function done(
  back: string,
  code: DoneCode,
  { count = 0, left = 0, undo = '' }: { count?: number; left?: number; undo?: string },
): Reply {
  const [path = '/', query = ''] = back.split('?');
  const said = {
    ...ONCE,
    done: code,
    count: String(count),
    left: left > 0 ? String(left) : '',
    undo,
  };
  return { kind: 'redirect', to: withQuery(path, new URLSearchParams(query), said) };
}
