import type { HistoryEntry, StoredDocument, StoredOrder, StoredPosting } from '../store/store.js';
import { moneyText } from './money-text.js';
import { timeText } from './output.js';

/** All that there is to say of why an order is where it is. */
export interface WhyFacts {
  readonly order: StoredOrder;
  readonly documents: readonly StoredDocument[];
  readonly postings: readonly StoredPosting[];
  readonly history: readonly HistoryEntry[];
  /** When the nightly batch runs next. */
  readonly nextBatchAt: string;
  /** When the shop is polled next. */
  readonly nextPollAt: string;
  readonly zone: string;
  readonly configFile: string;
}

/** In plain sentences: state, rule, since when, what would release it, when it is looked at next. */
export function whySentences(facts: WhyFacts): string[] {
  const { order, zone, configFile } = facts;
  const since = timeText(order.stateSince, zone);
  const rule =
    order.ruleLine === null
      ? `rule "${order.rule}"`
      : `rule "${order.rule}" (${configFile}:${order.ruleLine})`;
  return [
    `Order ${order.number} of shop ${order.shop} (id ${order.id}, ${moneyText(order.grossMinor, order.currency)}) is ${order.state} since ${since}.`,
    order.reason,
    `Decided by ${rule}; the shop says its status is "${order.status}", last modified ${timeText(order.modifiedAt, zone)}.`,
    ...documentSentences(facts),
    ...changeSentences(facts),
    release(facts),
    next(facts),
  ].filter((sentence) => sentence !== '');
}

function documentSentences({ documents, postings, zone }: WhyFacts): string[] {
  return documents.map(({ document, issuedAt }) => {
    const own = postings.filter(({ documentKey }) => documentKey === document.key);
    const where = own.map(
      ({ books, state, reference, reason }) =>
        `${state} in ${books}${reference === null ? '' : ` as ${reference}`}${state === 'booked' || reason === '' ? '' : ` (${reason})`}`,
    );
    const kind = document.kind === 'invoice' ? 'Invoice' : 'Credit note';
    const amount = moneyText(document.grossMinor, document.currency);
    return `${kind} ${document.number} over ${amount}, dated ${document.date}, was made ${timeText(issuedAt, zone)} and is ${where.join(', ') || 'for no books'}.`;
  });
}

function changeSentences({ order }: WhyFacts): string[] {
  return order.changes.map(
    ({ field, booked, now }) =>
      `Changed in the shop after it was booked: ${field}, from "${booked}" to "${now}".`,
  );
}

function release({ order }: WhyFacts): string {
  switch (order.state) {
    case 'parked':
      return 'It is booked once its status in the shop is one that a rule forwards; or now, with `orderpark orders forward`.';
    case 'expired':
      return 'A change of its status in the shop still releases it; or `orderpark orders recheck` gives it another look-back, and `orderpark orders forward` books it now.';
    case 'blocked':
      return 'It is booked by itself once what is said above is put right, in the shop or in the configuration.';
    case 'ignored':
      return order.decision === 'ignore'
        ? 'It is left out until that decision is taken back: `orderpark orders ignore --undo`.'
        : 'A change of its status in the shop, or of the rule, would bring it back; or `orderpark orders forward`.';
    case 'withdrawn':
      return 'It comes back by itself if the shop restores it.';
    case 'forwarded':
      return '';
  }
}

function next({ order, nextBatchAt, nextPollAt, zone }: WhyFacts): string {
  const poll = `A change in the shop is seen at the next poll, ${timeText(nextPollAt, zone)}`;
  if (order.state === 'parked') {
    const until =
      order.expiresAt === null ? '' : `, each night until ${timeText(order.expiresAt, zone)}`;
    return `${poll}; it is rechecked ${timeText(nextBatchAt, zone)}${until}.`;
  }
  if (order.state === 'blocked')
    return `${poll}; it is tried again ${timeText(nextBatchAt, zone)}.`;
  return `${poll}.`;
}

/** One line a change of state. */
export function historyLines({ history, zone }: WhyFacts): string[] {
  return history.map(({ at, from, to, status, reason, source }) => {
    const change = from === null ? to : from === to ? `still ${to}` : `${from} -> ${to}`;
    return `${timeText(at, zone)}  ${change}  (${source}, status ${status}): ${reason}`;
  });
}
