import type { ComponentChildren } from 'preact';
import type { OrderLife } from '../../../services/order-life.js';
import type { OrderPage, OrderSort, StoredOrder } from '../../../store/store.js';
import { sortedBy } from '../../order-list.js';
import { refText } from '../../order-refs.js';
import type { PageContext } from '../../page.js';
import { ONCE, withQuery } from '../../paging.js';
import { Time } from '../parts.js';
import { OrderLink, OrderMoney, Told } from './cells.js';

interface OrderTableProps {
  readonly page: PageContext;
  readonly orders: readonly StoredOrder[];
  /** How they are sorted. */
  readonly sorting: OrderPage;
  /** Boxes to choose by stand before each. */
  readonly canChoose: boolean;
  readonly hasExpiry: boolean;
  readonly hasShops: boolean;
  /** When all that are parked are read again. */
  readonly nextBatchAt: OrderLife['nextBatchAt'];
}

/** Orders that wait, with why and what would release each. */
export function OrderTable(props: OrderTableProps) {
  const { page, orders, sorting, canChoose, hasExpiry } = props;
  const { common, orders: words } = page.words;
  const head = { page, sorting };
  return (
    <div class="sheet scroll">
      <table class="stack">
        <thead>
          <tr>
            {canChoose && (
              <th class="tight">
                <input type="checkbox" data-all="order" aria-label={words.selectAll} hidden />
                <span class="visually-hidden">{words.selectAll}</span>
              </th>
            )}
            <SortHead {...head} by="number" class="tight">
              {common.order}
            </SortHead>
            <th scope="col">{common.customer}</th>
            <SortHead {...head} by="amount" class="amount">
              {common.amount}
            </SortHead>
            <th scope="col">{common.status}</th>
            <SortHead {...head} by="since">
              {words.since}
            </SortHead>
            {hasExpiry && (
              <SortHead {...head} by="expires">
                {words.expires}
              </SortHead>
            )}
            {hasExpiry && <th scope="col">{words.nextLookAt}</th>}
            <th scope="col">{common.why}</th>
          </tr>
        </thead>
        <tbody>
          {orders.map((order) => (
            <OrderRow key={refText(order)} {...props} order={order} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function OrderRow({
  page,
  order,
  canChoose,
  hasExpiry,
  hasShops,
  nextBatchAt,
}: OrderTableProps & { readonly order: StoredOrder }) {
  const { common, orders: words } = page.words;
  return (
    <tr>
      {canChoose && (
        <td class="plain tight">
          <label class="box">
            <input type="checkbox" name="order" value={refText(order)} />
            <span class="visually-hidden">{words.select(order.number)}</span>
          </label>
        </td>
      )}
      <td data-label={common.order} class="tight">
        <span>
          <OrderLink order={order} />
          {hasShops && (
            <>
              <br />
              <small>
                <bdi>{order.shop}</bdi>
              </small>
            </>
          )}
        </span>
      </td>
      <td data-label={common.customer}>
        <bdi class="break">{order.customer}</bdi>
      </td>
      <td data-label={common.amount} class="amount">
        <OrderMoney page={page} order={order} />
      </td>
      <td data-label={common.status}>
        <bdi>{order.status}</bdi>
      </td>
      <td data-label={words.since}>
        <Time page={page} at={order.stateSince} />
      </td>
      {hasExpiry && (
        <td data-label={words.expires}>
          {order.expiresAt && <Time page={page} at={order.expiresAt} />}
        </td>
      )}
      {hasExpiry && (
        <td data-label={words.nextLookAt}>
          {order.state === 'parked' && <Time page={page} at={nextBatchAt} />}
        </td>
      )}
      <td class="plain">
        <Told text={order.reason} />
        <span class="fix">{words.release[order.state]}</span>
      </td>
    </tr>
  );
}

interface SortHeadProps {
  readonly page: PageContext;
  readonly sorting: OrderPage;
  readonly by: OrderSort;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** A heading that sorts by its column; once more, the other way round. */
function SortHead({ page, sorting, by, class: name, children }: SortHeadProps) {
  const { path, query } = page.asked;
  const isSorted = sorting.sort === by;
  const way = sorting.ascending === true ? 'ascending' : 'descending';
  return (
    <th scope="col" class={name} aria-sort={isSorted ? way : undefined}>
      <a href={withQuery(path, query, { ...ONCE, ...sortedBy(by, sorting) })}>
        {children}
        {isSorted && <span aria-hidden="true">{sorting.ascending === true ? ' ↑' : ' ↓'}</span>}
      </a>
    </th>
  );
}
