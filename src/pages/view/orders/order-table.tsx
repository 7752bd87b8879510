import type { StoredOrder } from '../../../store/store.js';
import { refText } from '../../order-refs.js';
import type { PageContext } from '../../page.js';
import { Time } from '../parts.js';
import { OrderLink, OrderMoney, Told } from './cells.js';

interface OrderTableProps {
  readonly page: PageContext;
  readonly orders: readonly StoredOrder[];
  /** Boxes to choose by stand before each. */
  readonly canChoose: boolean;
  readonly hasExpiry: boolean;
}

/** Orders that wait, with why and what would release each. */
export function OrderTable({ page, orders, canChoose, hasExpiry }: OrderTableProps) {
  const { common, orders: words } = page.words;
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
            <th class="tight">{common.order}</th>
            <th>{common.customer}</th>
            <th class="amount">{common.amount}</th>
            <th>{common.status}</th>
            <th>{words.since}</th>
            {hasExpiry && <th>{words.expires}</th>}
            <th>{common.why}</th>
          </tr>
        </thead>
        <tbody>
          {orders.map((order) => (
            <tr key={refText(order)}>
              {canChoose && (
                <td class="plain tight">
                  <label class="box">
                    <input type="checkbox" name="order" value={refText(order)} />
                    <span class="visually-hidden">{words.select(order.number)}</span>
                  </label>
                </td>
              )}
              <td data-label={common.order} class="tight">
                <OrderLink order={order} />
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
              <td class="plain">
                <Told text={order.reason} />
                <span class="fix">{words.release[order.state]}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
