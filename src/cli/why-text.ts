import type { OrderLife } from '../services/order-life.js';
import type { Nudge } from '../store/store.js';
import { moneyText } from './money-text.js';
import { timeText } from './output.js';

/** The life of an order, and what it takes to tell of it. */
export interface WhyFacts extends OrderLife {
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
    ...nudgeSentences(facts),
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

/** In the order in which they came. */
function nudgeSentences({ nudges, zone }: WhyFacts): string[] {
  return [...nudges].reverse().map((nudge) => {
    const told = `A webhook (${nudge.topic}) told of it ${timeText(nudge.receivedAt, zone)}`;
    return `${told}; ${whatBecameOf(nudge, zone)}.`;
  });
}

function whatBecameOf(
  { outcome, detail, attempts, receivedAt, doneAt, dueAt }: Nudge,
  zone: string,
) {
  switch (outcome) {
    case 'taken': {
      const lagMs = Date.parse(doneAt ?? receivedAt) - Date.parse(receivedAt);
      return `it was read ${lagText(lagMs)} later`;
    }
    case 'polled':
      return 'the shop was polled for it';
    case 'too-old':
      return `${detail || 'it is too old'}, so it was left to the poll`;
    case null:
      return attempts === 0
        ? 'it is about to be read'
        : `it could not be read yet (${detail}) and is tried again ${timeText(dueAt, zone)}`;
  }
}

/** `0.8 s`, `90 s`, `25 min`, `3 h`. */
function lagText(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
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
