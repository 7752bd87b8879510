import type { Difference, StoredOrder } from '../../../store/store.js';
import type { AttentionTab, OrderAction } from '../../actions.js';
import { refText } from '../../order-refs.js';
import type { PageContext } from '../../page.js';
import { ONCE, withQuery } from '../../paging.js';
import { Time } from '../parts.js';
import { OrderLink, OrderMoney, Told } from './cells.js';
import { OrderForm } from './order-form.js';
import { ProposalLink } from './proposal-link.js';

type Tab = Exclude<AttentionTab, 'rejected' | 'uncertain'>;

const OFFERED: Readonly<Record<Tab, readonly OrderAction[]>> = {
  blocked: ['recheck', 'ignore'],
  expired: ['recheck', 'forward', 'ignore'],
  changed: ['recheck'],
  withdrawn: ['recheck'],
};

interface NeedyOrdersProps {
  readonly page: PageContext;
  readonly tab: Tab;
  readonly orders: readonly StoredOrder[];
}

/** Orders that need a person, each with its reason, what to do, and a button where one helps. */
export function NeedyOrders({ page, tab, orders }: NeedyOrdersProps) {
  const { common, orders: words } = page.words;
  return (
    <ul class="cases">
      {orders.map((order) => (
        <li key={refText(order)} class="sheet case">
          <p class="case-head">
            <strong>
              {common.order} <OrderLink order={order} />
            </strong>
            <bdi class="break">{order.customer}</bdi>
            <span class="amount">
              <OrderMoney page={page} order={order} />
            </span>
            <span class="quiet-text">
              <bdi>{order.shop}</bdi>, {words.since.toLowerCase()}{' '}
              <Time page={page} at={order.stateSince} />
            </span>
          </p>
          <p>
            <Told text={order.reason} />
          </p>
          <Changes page={page} changes={order.changes} />
          {page.may('act') && <OrderActions page={page} order={order} actions={OFFERED[tab]} />}
        </li>
      ))}
    </ul>
  );
}

interface OrderActionsProps {
  readonly page: PageContext;
  readonly order: StoredOrder;
  readonly actions: readonly OrderAction[];
}

/** A recheck harms nothing, and is done at once. */
export function OrderActions({ page, order, actions }: OrderActionsProps) {
  const { path, query } = page.asked;
  return (
    <div class="actions">
      {order.changes.length > 0 && <ProposalLink page={page} order={order} />}
      {actions.map((action, index) => (
        <OrderForm
          key={action}
          page={page}
          action={action}
          refs={[refText(order)]}
          back={withQuery(path, query, ONCE)}
          style={index === 0 && order.changes.length === 0 ? undefined : 'second'}
          isConfirmed={action === 'recheck'}
        />
      ))}
    </div>
  );
}

interface ChangesProps {
  readonly page: PageContext;
  readonly changes: readonly Difference[];
}

/** The same under a heading, where there are any. */
export function ChangesSection({ page, changes }: ChangesProps) {
  if (changes.length === 0) return null;
  return (
    <section>
      <h2>{page.words.orders.changes}</h2>
      <div class="sheet">
        <Changes page={page} changes={changes} />
      </div>
    </section>
  );
}

/** What the shop changed after the order was booked, field by field. */
function Changes({ page, changes }: ChangesProps) {
  if (changes.length === 0) return null;
  const { orders: words } = page.words;
  return (
    <div class="scroll">
      <table class="stack changes">
        <thead>
          <tr>
            <th>{words.field}</th>
            <th>{words.wasBooked}</th>
            <th>{words.isNow}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ field, booked, now }) => (
            <tr key={field}>
              <td data-label={words.field}>
                <bdi>{field}</bdi>
              </td>
              <td data-label={words.wasBooked}>
                <bdi class="break">{booked}</bdi>
              </td>
              <td data-label={words.isNow}>
                <bdi class="break">{now}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
