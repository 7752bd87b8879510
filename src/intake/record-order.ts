import type { Order } from '../orders/order.js';
import { searchWords } from '../orders/search-words.js';
import type { Instant } from '../orders/time.js';
import type { StoredOrder } from '../store/store.js';
import type { Desk } from './desk.js';
import type { Picture } from './picture.js';
import type { Conclusion } from './settle-order.js';

/** Writes where an order ended, with a line of history where that is news. */
export function recordOrder(
  desk: Desk,
  picture: Picture,
  stored: StoredOrder | undefined,
  conclusion: Conclusion,
): StoredOrder {
  const { order } = picture;
  const { state, verdict, reason, changes, issued } = conclusion;
  const next: StoredOrder = {
    shop: order.shop,
    id: order.id,
    number: order.number,
    status: order.status,
    currency: order.currency,
    minorUnits: order.minorUnits,
    grossMinor: order.grossMinor,
    taxMinor: order.taxMinor,
    customer: customerOf(order),
    createdAt: order.createdAt,
    modifiedAt: order.modifiedAt,
    contentHash: picture.contentHash,
    readAt: picture.readAt,
    source: picture.source,
    state,
    stateSince: stored?.state === state ? stored.stateSince : desk.now,
    reason,
    rule: verdict.rule,
    ruleLine: verdict.line ?? null,
    expiresAt: state === 'parked' ? expiry(desk, picture, stored) : null,
    decision: picture.decision,
    changes,
    words: wordsOf(order),
  };
  const isNews = stored === undefined || issued.length > 0 || differs(stored, next);
  if (!isNews && picture.unchanged && sameTail(stored, next)) return stored;
  desk.putOrder(next, picture.raw);
  if (isNews) {
    desk.addHistory(next, stored?.state ?? null);
  }
  return next;
}

/** From its last change; a person's recheck gives it a whole window from now. */
function expiry(desk: Desk, picture: Picture, stored: StoredOrder | undefined): Instant {
  const { createdAt, modifiedAt } = picture.order;
  const lastChange = modifiedAt > createdAt ? modifiedAt : createdAt;
  const byChange = desk.options.expiryOf(lastChange);
  const byPerson = stored?.state === 'expired' ? desk.options.expiryOf(desk.now) : byChange;
  const before = picture.unchanged ? (stored?.expiresAt ?? '') : '';
  return [byChange, byPerson, before].reduce((latest, at) => (at > latest ? at : latest));
}

function differs(stored: StoredOrder, next: StoredOrder): boolean {
  return (
    stored.state !== next.state ||
    stored.status !== next.status ||
    stored.reason !== next.reason ||
    stored.decision !== next.decision ||
    JSON.stringify(stored.changes) !== JSON.stringify(next.changes)
  );
}

/** Nothing that is shown has changed: not worth a write. */
function sameTail(stored: StoredOrder, next: StoredOrder): boolean {
  return (
    stored.rule === next.rule &&
    stored.ruleLine === next.ruleLine &&
    stored.expiresAt === next.expiresAt
  );
}

function wordsOf({ number, billing, shipping }: Order): readonly string[] {
  const name = ({ firstName, lastName, company }: Order['billing']) =>
    `${firstName} ${lastName} ${company}`;
  return searchWords(number, name(billing), billing.email, name(shipping));
}

function customerOf({ billing, shipping }: Order): string {
  const name = (address: Order['billing']) => `${address.firstName} ${address.lastName}`.trim();
  return billing.company || name(billing) || name(shipping);
}
