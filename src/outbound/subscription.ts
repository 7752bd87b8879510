import type { Instant } from '../orders/time.js';
import type { DispatchCounts, StoredSubscription } from '../store/store.js';
import { EVENT_CATEGORIES, type EventCategory, type EventType, isEventType } from './events.js';

export const SUBSCRIPTION_CATEGORIES = ['all', ...EVENT_CATEGORIES] as const;
type SubscriptionCategory = 'all' | EventCategory;

/** One outbound webhook, as people and programs see it: without its secret. */
export interface Subscription {
  readonly id: string;
  readonly url: string;
  readonly category: SubscriptionCategory;
  /** Empty: all of its category, those of later versions too. */
  readonly events: readonly EventType[];
  readonly description: string;
  readonly enabled: boolean;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** Until when the secret before the last rotation signs as well; `null` where it does not. */
  readonly previousSecretUntil: Instant | null;
  /** Attempts in a row that failed, and since when. */
  readonly failures: number;
  readonly failingSince: Instant | null;
  readonly deliveredAt: Instant | null;
  /** Set where orderpark itself disabled it. */
  readonly disabled: { readonly at: Instant; readonly reason: string } | null;
  /** Events that wait to be delivered, and those that were given up. */
  readonly waiting: number;
  readonly failed: number;
}

export function subscriptionOf(
  stored: StoredSubscription,
  counts: readonly DispatchCounts[],
  now: Instant,
): Subscription {
  const { disabledAt: at, disabledReason: reason, previousUntil } = stored;
  const own = counts.find(({ subscriptionId }) => subscriptionId === stored.id);
  return {
    id: stored.id,
    url: stored.url,
    ...knownEvents(stored),
    description: stored.description,
    enabled: stored.enabled,
    createdAt: stored.createdAt,
    updatedAt: stored.updatedAt,
    previousSecretUntil: previousUntil !== null && previousUntil > now ? previousUntil : null,
    failures: stored.failures,
    failingSince: stored.failingSince,
    deliveredAt: stored.deliveredAt,
    disabled: at === null || reason === null ? null : { at, reason },
    waiting: own?.waiting ?? 0,
    failed: own?.failed ?? 0,
  };
}

/** What our ids look like: of other texts the database need not be asked, which does not take all of them. */
export const SUBSCRIPTION_ID_FORM = /^sub_\w{1,40}$/;
export const EVENT_ID_FORM = /^evt_\w{1,60}$/;

/** Of an address, which may hold a key, what may stand elsewhere; empty where it is none. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '';
}

/** The stored words, as far as this version knows them. */
export function knownEvents({
  category,
  events,
}: Pick<StoredSubscription, 'category' | 'events'>): Pick<Subscription, 'category' | 'events'> {
  return {
    category: EVENT_CATEGORIES.find((known) => known === category) ?? 'all',
    events: events.filter(isEventType),
  };
}
