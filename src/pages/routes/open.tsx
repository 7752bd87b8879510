import type { Asked, Reply, Route } from '../../server/route.js';
import { listOrders, ORDER_SORTS, type OrderList } from '../../services/list-orders.js';
import { nextLooks } from '../../services/order-life.js';
import type { OrderFilter, OrderPage, OrderSort, StoredOrder } from '../../store/store.js';
import type { OrderAction } from '../actions.js';
import { orderPageOf } from '../order-list.js';
import { type PageContext, pageContext } from '../page.js';
import { ONCE, withQuery } from '../paging.js';
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
  const wanted = (query.get('find')?.trim() ?? '').slice(0, LONGEST_SEARCH);
  const state = query.get('state') === 'ignored' ? 'ignored' : 'parked';
  // What is left out does not expire.
  const sorts = ORDER_SORTS.filter((sort) => state === 'parked' || sort !== 'expires');
  const sorting = orderPageOf(query, sorts);
  const { orders, next, isCut } = await found(app.store, filterOf(query, state), sorting, wanted);
  const { nextPollAt, nextBatchAt } = nextLooks(app);
  const words = page.words.orders;
  const looks = words.nextLook(timeText(page, nextPollAt), timeText(page, nextBatchAt));
  const shops = app.config.shops.map(({ id }) => id);
  return html(
    <Layout page={page} title={page.words.nav.open} lead={words.openLead}>
      <Notice page={page} />
      <Filters {...{ page, shops, sorts }} chosen={sorting.sort} />
      {isCut && <p class="note warn">{words.tooMany}</p>}
      {orders.length === 0 ? (
        <Empty title={wanted === '' ? words.emptyOpen : words.emptyFound}>
          {wanted === '' ? words.emptyOpenMore : words.emptyFoundMore}
        </Empty>
      ) : (
        <Choice {...{ page, orders, state, sorting, nextBatchAt }} hasShops={shops.length > 1} />
      )}
      <Pager page={page} last={next} isByTime={sorting.sort === 'created'} />
      <p class="quiet-text">{looks}</p>
    </Layout>,
  );
}

const LONGEST_SEARCH = 100;

/** A number or id that is told whole finds its order, whatever state it is in; else the words decide. */
async function found(
  store: PageDeps['app']['store'],
  filter: OrderFilter,
  sorting: OrderPage,
  wanted: string,
): Promise<OrderList> {
  const exact = wanted === '' ? [] : await store.findOrders(wanted);
  if (exact.length > 0) return { orders: exact, isCut: false };
  return listOrders(store, filter, sorting, wanted);
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

interface FiltersProps {
  readonly page: PageContext;
  readonly shops: readonly string[];
  readonly sorts: readonly OrderSort[];
  readonly chosen: OrderSort;
}

function Filters({ page, shops, sorts, chosen }: FiltersProps) {
  const { common, orders: words, states } = page.words;
  const { query } = page.asked;
  return (
    <form class="row" method="get" action="/open">
      <label>
        {words.findBy}
        <input name="find" value={query.get('find') ?? ''} size={18} maxLength={LONGEST_SEARCH} />
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
      <label>
        {words.sortedBy}
        <select name="sort">
          {sorts.map((sort) => (
            <option key={sort} value={sort} selected={sort === chosen}>
              {words.sorts[sort]}
            </option>
          ))}
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
  readonly sorting: OrderPage;
  readonly nextBatchAt: string;
  readonly hasShops: boolean;
}

const OFFERED: Readonly<Record<ChoiceProps['state'], readonly OrderAction[]>> = {
  parked: ['recheck', 'forward', 'ignore'],
  ignored: ['undo', 'forward', 'recheck'],
};

function Choice({ page, orders, state, ...shown }: ChoiceProps) {
  const table = (
    <OrderTable
      {...{ page, orders, ...shown }}
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
