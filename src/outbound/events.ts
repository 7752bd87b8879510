import { z } from 'zod';
import { ORDER_STATES } from '../orders/states.js';
import type { Instant } from '../orders/time.js';

/** What subscriptions are told of; documented in docs/outbound-webhooks.md, with an example each. */

/** What an event is about; a subscription is for one of these, or for all. */
export const EVENT_CATEGORIES = ['orders', 'documents', 'operations'] as const;
export type EventCategory = (typeof EVENT_CATEGORIES)[number];

const instant = z.iso.datetime();
const day = z.iso.date();
/** In the smallest unit of the currency. */
const minor = z.int();

/** No names or addresses: who needs those reads the order. */
const order = z.strictObject({
  shop: z.string(),
  orderId: z.int(),
  number: z.string(),
  /** In the shop. */
  status: z.string(),
  state: z.enum(ORDER_STATES),
  reason: z.string(),
  rule: z.string(),
  currency: z.string(),
  minorUnits: z.int(),
  grossMinor: minor,
  taxMinor: minor,
  createdAt: instant,
  modifiedAt: instant,
});

const movedOrder = z.strictObject({
  ...order.shape,
  /** `null` where the order is new. */
  previousState: z.enum(ORDER_STATES).nullable(),
  source: z.string(),
});

const document = z.strictObject({
  documentKey: z.string(),
  kind: z.enum(['invoice', 'credit-note']),
  number: z.string(),
  shop: z.string(),
  orderId: z.int(),
  orderNumber: z.string(),
  /** Of a credit note that corrects one. */
  invoiceNumber: z.string().nullable(),
  date: day,
  currency: z.string(),
  minorUnits: z.int(),
  grossMinor: minor,
  netMinor: minor,
  taxMinor: minor,
});

const waitingPosting = z.strictObject({
  ...document.shape,
  books: z.string(),
  attempt: z.int(),
  reason: z.string(),
  fix: z.string().nullable(),
});

/** By its type. A schema that changes in more than an added key gets the next version. */
export const EVENTS = {
  'order.parked': ofOrder('An order waits, since its status is not eligible yet.'),
  'order.forwarded': ofOrder('An order got its document.'),
  'order.ignored': ofOrder('A rule or a person leaves an order out.'),
  'order.blocked': ofOrder('An order is eligible, and no correct document can be made of it.'),
  'order.expired': ofOrder('An order was parked for the whole look-back.'),
  'order.withdrawn': ofOrder('An order was trashed or deleted in the shop.'),
  'order.changed': event(
    'orders',
    'The shop changed an order after it was booked.',
    z.strictObject({
      ...order.shape,
      /** What differs from what was booked. */
      fields: z.array(z.string()),
    }),
  ),
  'document.issued': event('documents', 'An invoice or credit note was made.', document),
  'document.booked': event(
    'documents',
    'A document is in a books.',
    z.strictObject({
      ...document.shape,
      books: z.string(),
      /** The books' own; `null` where a person marked it as booked. */
      reference: z.string().nullable(),
    }),
  ),
  'posting.rejected': event(
    'documents',
    'A books refused a document; it needs a person.',
    waitingPosting,
  ),
  'posting.uncertain': event(
    'documents',
    'It is not known whether a document arrived in a books; it is looked up.',
    waitingPosting,
  ),
  'batch.completed': event(
    'operations',
    'The nightly batch of a shop came to its end.',
    z.strictObject({
      shop: z.string(),
      /** The day that it stands for. */
      localDate: day.nullable(),
      startedAt: instant,
      endedAt: instant,
      counts: z.record(z.string(), z.number()),
    }),
  ),
  'statement.different': event(
    'operations',
    'The completeness statement shows a difference.',
    z.strictObject({
      shop: z.string(),
      from: instant,
      to: instant,
      /** Orders that make it up. */
      count: z.int(),
      /** Of the first hundred whose id is known. */
      orderIds: z.array(z.int()),
    }),
  ),
  'webhook.disabled': event(
    'operations',
    'A shop disabled the webhooks that lead to us.',
    z.strictObject({ shop: z.string(), message: z.string(), fix: z.string() }),
  ),
  'subscription.disabled': event(
    'operations',
    'Another subscription was disabled, since nothing arrived there any more.',
    z.strictObject({
      subscriptionId: z.string(),
      description: z.string(),
      host: z.string(),
      reason: z.string(),
    }),
  ),
  'subscription.test': event(
    null,
    'A person asked for a test. It goes to the subscription that is tested, whatever it wants.',
    z.strictObject({ subscriptionId: z.string(), message: z.string() }),
  ),
} as const;

export type EventType = keyof typeof EVENTS;
export type EventData<Type extends EventType> = z.output<(typeof EVENTS)[Type]['data']>;

export const EVENT_TYPES = Object.keys(EVENTS) as readonly EventType[];

/** Something to tell, before it has an id. */
export type EventDraft = {
  [Type in EventType]: {
    readonly type: Type;
    readonly at: Instant;
    readonly data: EventData<Type>;
  };
}[EventType];

/** What is posted; `timestamp` is when it happened. */
export function payloadSchema(type: EventType) {
  const { version, data } = EVENTS[type];
  return z.strictObject({
    type: z.literal(type),
    version: z.literal(version),
    timestamp: instant,
    data,
  });
}

/** The text that is posted. */
export function bodyOf({ type, at, data }: EventDraft): string {
  return JSON.stringify({ type, version: EVENTS[type].version, timestamp: at, data });
}

export function isEventType(text: string): text is EventType {
  return Object.hasOwn(EVENTS, text);
}

/** The events that can be chosen under a category. */
export function eventsOf(category: EventCategory | 'all'): readonly EventType[] {
  return EVENT_TYPES.filter((type) => {
    const own = EVENTS[type].category;
    return own !== null && (category === 'all' || own === category);
  });
}

function ofOrder(about: string) {
  return event('orders', about, movedOrder);
}

function event<Category extends EventCategory | null, Data extends z.ZodObject>(
  category: Category,
  about: string,
  data: Data,
) {
  return { category, version: 1, about, data } as const;
}
