import type { StoredOrder } from '../../../store/store.js';
import type { PageContext } from '../../page.js';
import { orderPath } from '../parts.js';

/** Leads to the proposal, where the shop changed what was booked. */
export function ProposalLink({
  page,
  order,
}: {
  readonly page: PageContext;
  readonly order: StoredOrder;
}) {
  if (!page.may('act')) return null;
  return (
    <a class="button" href={`${orderPath(order.shop, order.id)}/proposal`}>
      {page.words.orders.proposal.name}…
    </a>
  );
}
