import type { ShopStatus } from '../woocommerce/shop-client.js';
import type { Seen } from './seen.js';

export const STATUS_ACTIONS = ['forward', 'ignore', 'park'] as const;
export type StatusAction = (typeof STATUS_ACTIONS)[number];

/** What is proposed for one of the shop's statuses. */
export interface StatusProposal {
  readonly status: string;
  readonly action: StatusAction;
  /** What was seen of it, and why it is proposed so where that is not plain. */
  readonly note: string;
}

/** WooCommerce's own, in the order in which they are proposed. */
const USUAL: Readonly<Record<string, { readonly action: StatusAction; readonly why?: string }>> = {
  processing: { action: 'forward' },
  completed: { action: 'forward' },
  refunded: { action: 'forward', why: 'booked with the credit note of its refund' },
  cancelled: { action: 'ignore' },
  failed: { action: 'ignore' },
  'checkout-draft': { action: 'ignore' },
  'on-hold': { action: 'park' },
  pending: { action: 'park' },
};

/** As a config writes a status. */
const WRITABLE = /^(?!wc-)[a-z0-9_-]+$/;

/**
 * A rule for each status of the shop. Nothing is guessed: one that is not WooCommerce's own waits, and
 * its note says what would decide. `chosen` is what the owner wants otherwise.
 */
export function proposeStatuses(
  statuses: readonly ShopStatus[],
  seen: Seen['statuses'],
  chosen: ReadonlyMap<string, StatusAction> = new Map(),
): StatusProposal[] {
  const bySlug = new Map(statuses.map((status) => [status.slug, status]));
  const usual = Object.entries(USUAL).map(([status, { action, why }]) => ({
    status,
    action,
    note: [countNote(bySlug.get(status)), why].filter((part) => part !== undefined).join('; '),
  }));
  const others = statuses
    .filter(({ slug }) => !(slug in USUAL) && WRITABLE.test(slug))
    .map((status) => ({
      status: status.slug,
      action: 'park' as const,
      note: `${countNote(status)}; of a plugin: move it to forward if such orders are to be booked${paidNote(seen.get(status.slug))}`,
    }));
  return [...usual, ...others].map((proposal) => {
    const action = chosen.get(proposal.status) ?? proposal.action;
    if (action === proposal.action) return proposal;
    const note = `${countNote(bySlug.get(proposal.status))}; so by your own choice`;
    return { ...proposal, action, note };
  });
}

function countNote(status: ShopStatus | undefined): string {
  if (!status) return 'seen: not in the shop, or it did not tell';
  const { total, name } = status;
  return `seen: ${total} ${total === 1 ? 'order' : 'orders'}${name === '' ? '' : ` ("${name}")`}`;
}

function paidNote(seen: { orders: number; paid: number } | undefined): string {
  return seen === undefined ? '' : ` (${seen.paid} of the ${seen.orders} newest are paid)`;
}
