import type { StoredOrder } from '../../../store/store.js';
import type { OrderAction } from '../../actions.js';
import { refText } from '../../order-refs.js';
import type { PageContext } from '../../page.js';
import { Layout } from '../layout.js';
import { moneyText, OrderBadge } from '../parts.js';
import { OrderLink, OrderMoney } from './cells.js';
import { OrderForm } from './order-form.js';

interface ConfirmProps {
  readonly page: PageContext;
  readonly action: OrderAction;
  readonly orders: readonly StoredOrder[];
  readonly back: string;
}

/** Names what will happen with each order, before it does. */
export function ConfirmOrders({ page, action, orders, back }: ConfirmProps) {
  const { common, orders: words } = page.words;
  const title = words.confirmTitle(words.actions[action], common.selected(orders.length));
  return (
    <Layout page={page} title={title} lead={words.effects[action]}>
      <div class="sheet scroll">
        <table class="stack">
          <thead>
            <tr>
              <th>{common.order}</th>
              <th>{common.customer}</th>
              <th>{common.state}</th>
              <th class="amount">{common.amount}</th>
            </tr>
          </thead>
          <tbody>
            {orders.map((order) => (
              <tr key={refText(order)}>
                <td data-label={common.order}>
                  <OrderLink order={order} />
                </td>
                <td data-label={common.customer}>
                  <bdi class="break">{order.customer}</bdi>
                </td>
                <td data-label={common.state}>
                  <OrderBadge page={page} state={order.state} />
                </td>
                <td data-label={common.amount} class="amount">
                  <OrderMoney page={page} order={order} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>
        <strong>
          {words.confirmSum}: {common.selected(orders.length)}, {sumText(page, orders)}
        </strong>
      </p>
      <div class="actions">
        <OrderForm
          page={page}
          action={action}
          refs={orders.map(refText)}
          back={back}
          isConfirmed
          label={common.confirm}
        />
        <a class="button second" href={back}>
          {common.cancel}
        </a>
      </div>
    </Layout>
  );
}

/** What they come to together, each currency by itself. */
function sumText(page: PageContext, orders: readonly StoredOrder[]): string {
  const sums = new Map<string, { minor: number; minorUnits: number }>();
  for (const { currency, minorUnits, grossMinor } of orders) {
    const minor = (sums.get(currency)?.minor ?? 0) + grossMinor;
    sums.set(currency, { minor, minorUnits });
  }
  return [...sums]
    .map(([currency, { minor, minorUnits }]) => moneyText(page, minor, minorUnits, currency))
    .join(', ');
}
