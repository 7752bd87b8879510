import { formatMinor } from '../orders/money.js';
import type { Instant } from '../orders/time.js';
import type { OrderLife } from '../services/order-life.js';
import type { AuditEntry, StoredRefund } from '../store/store.js';
import type { Words } from './words/words.js';

/** One thing that happened to an order. */
export interface LifeEvent {
  readonly at: Instant;
  readonly title: string;
  /** As it was stored, in English; may be empty. */
  readonly detail: string;
}

interface LifeFacts extends OrderLife {
  readonly refunds: readonly StoredRefund[];
  readonly audit: readonly AuditEntry[];
}

/** All that happened to an order, the first thing first. Pure. */
export function eventsOf(facts: LifeFacts, words: Words): readonly LifeEvent[] {
  return [
    ...historyEvents(facts, words),
    ...documentEvents(facts, words),
    ...facts.refunds.map(({ refund, state, reason }) => ({
      at: refund.createdAt,
      title: `${words.orders.events.refund} ${refund.id}: ${formatMinor(refund.grossMinor, refund.minorUnits)} ${refund.currency}`,
      detail: `${state}: ${reason}`,
    })),
    ...facts.nudges.map(({ receivedAt, topic, outcome, detail }) => ({
      at: receivedAt,
      title: `${words.orders.events.webhook}: ${topic}`,
      detail: [outcome ?? '', detail].filter((text) => text !== '').join(': '),
    })),
    ...facts.audit.map(({ at, who, action, detail }) => ({
      at,
      title: `${words.orders.events.person}: ${who}`,
      detail: [action, detail].filter((text) => text !== '').join(' '),
    })),
  ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function historyEvents({ history }: LifeFacts, { states, orders }: Words): LifeEvent[] {
  return history.map(({ at, from, to, status, reason, source }) => {
    const { seen, still } = orders.events;
    const change =
      from === null
        ? `${seen}: ${states[to]}`
        : from === to
          ? `${still} ${states[to]}`
          : `${states[from]} → ${states[to]}`;
    return { at, title: `${change} (${status}, ${source})`, detail: reason };
  });
}

function documentEvents({ documents, postings }: LifeFacts, words: Words): LifeEvent[] {
  return [
    ...documents.map(({ document, issuedAt }) => ({
      at: issuedAt,
      title: `${words.orders.events.made}: ${document.kind === 'invoice' ? words.orders.invoice : words.orders.creditNote} ${document.number}`,
      detail: document.notes.join(' '),
    })),
    ...postings.map(({ updatedAt, books, state, reference, reason }) => ({
      at: updatedAt,
      title: `${books}: ${words.postings[state]}`,
      detail: reference ?? reason,
    })),
  ];
}
