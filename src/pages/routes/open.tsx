import type { Asked, Reply, Route } from '../../server/route.js';
import { nextLooks } from '../../services/order-life.js';
import type { OrderFilter, StoredOrder } from '../../store/store.js';
import type { OrderAction } from '../actions.js';
import { refText } from '../order-refs.js';
import { type PageContext, pageContext } from '../page.js';
import { ONCE, PAGE_ROWS, pageOf, withQuery } from '../paging.js';
import type { PageDeps } from '../services.js';
import { html } from '../view/html.js';
import { FormToken, Layout } from '../view/layout.js';
import { Notice } from '../view/notice.js';
import { Pager, ShopChoice } from '../view/orders/cells.js';
import { ORDER_ACTIONS_PATH } from '../view/orders/order-form.js';
import { OrderTable } from '../view/orders/order-table.js';
import { Empty, timeText } from '../view/parts.js';

/** The orders that wait, and those that a person left out. */
export function openRoutes(deps: PageDeps): readonly Route[] {
  return [{ method: 'GET', path: '/open', needs: 'read', handle: (asked) => open(asked, deps) }];
}

async function open(asked: Asked, { app, zone }: PageDeps): Promise<Reply> {
  const page = pageContext(asked, zone);
  const { query } = asked;
  const wanted = query.get('find')?.trim() ?? '';
  const state = query.get('state') === 'ignored' ? 'ignored' : 'parked';
  const orders =
    wanted === ''
      ? await app.store.listOrders(filterOf(query, state), pageOf(query))
      : await app.store.findOrders(wanted.slice(0, 100));
  const { nextPollAt, nextBatchAt } = nextLooks(app);
  const words = page.words.orders;
  const looks = words.nextLook(timeText(page, nextPollAt), timeText(page, nextBatchAt));
  const shops = app.config.shops.map(({ id }) => id);
  return html(
    <Layout page={page} title={page.words.nav.open} lead={words.openLead}>
      <Notice page={page} />
      <Filters page={page} shops={shops} />
      {orders.length === 0 ? (
        <Empty title={wanted === '' ? words.emptyOpen : words.emptyFound}>
          {wanted === '' ? words.emptyOpenMore : words.emptyFoundMore}
        </Empty>
      ) : (
        <Choice page={page} orders={orders} state={state} />
      )}
      {wanted === '' && <Pager page={page} last={lastOf(orders)} />}
      <p class="quiet-text">{looks}</p>
    </Layout>,
  );
}

function filterOf(query: URLSearchParams, state: 'parked' | 'ignored'): OrderFilter {
  const shop = query.get('shop') ?? '';
  const status = query.get('status')?.trim() ?? '';
  return {
    states: [state],
    ...(shop === '' ? {} : { shop }),
    ...(status === '' ? {} : { status }),
  };
}

/** Where the next page begins, where this one is full. */
export function lastOf(orders: readonly StoredOrder[]) {
  const last = orders.length < PAGE_ROWS ? undefined : orders.at(-1);
  return last && { at: last.createdAt, id: refText(last) };
}

function Filters({ page, shops }: { page: PageContext; shops: readonly string[] }) {
  const { common, orders: words, states } = page.words;
  const { query } = page.asked;
  return (
    <form class="row" method="get" action="/open">
      <label>
        {words.findBy}
        <input name="find" value={query.get('find') ?? ''} size={14} maxLength={100} />
      </label>
      <ShopChoice page={page} shops={shops} />
      <label>
        {common.status}
        <input name="status" value={query.get('status') ?? ''} size={12} maxLength={50} />
      </label>
      <label>
        {common.state}
        <select name="state">
          <option value="">{states.parked}</option>
          <option value="ignored" selected={query.get('state') === 'ignored'}>
            {words.leftOut}
          </option>
        </select>
      </label>
      <button type="submit" class="second">
        {common.filter}
      </button>
    </form>
  );
}

interface ChoiceProps {
  readonly page: PageContext;
  readonly orders: readonly StoredOrder[];
  readonly state: 'parked' | 'ignored';
}

const OFFERED: Readonly<Record<ChoiceProps['state'], readonly OrderAction[]>> = {
  parked: ['recheck', 'forward', 'ignore'],
  ignored: ['undo', 'forward', 'recheck'],
};

function Choice({ page, orders, state }: ChoiceProps) {
  const table = (
    <OrderTable
      page={page}
      orders={orders}
      canChoose={page.may('act')}
      hasExpiry={state === 'parked'}
    />
  );
  if (!page.may('act')) return table;
  const { path, query } = page.asked;
  const { orders: words } = page.words;
  return (
    <form method="post" action={ORDER_ACTIONS_PATH}>
      <FormToken page={page} />
      <input type="hidden" name="back" value={withQuery(path, query, ONCE)} />
      {table}
      <div class="actions bulk">
        <span>{words.withSelected}</span>
        {OFFERED[state].map((action, index) => (
          <button
            key={action}
            type="submit"
            name="action"
            value={action}
            class={index === 0 ? undefined : 'second'}
          >
            {words.actions[action]}
          </button>
        ))}
      </div>
    </form>
  );
}
