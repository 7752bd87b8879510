import type { AddressGuard } from '../runtime/address-guard.js';
import type { StoredSubscription } from '../store/store.js';
import { EVENT_TYPES, EVENTS, eventsOf, isEventType } from './events.js';
import { SUBSCRIPTION_CATEGORIES } from './subscription.js';

/** What a person or program asked for; each key that is absent stays as it is, or is the usual. */
export interface SubscriptionWish {
  readonly url?: string;
  /** `orders`, `documents`, `operations`, or `all`. */
  readonly category?: string;
  /** Empty: all of the category. */
  readonly events?: readonly string[];
  readonly description?: string;
  readonly enabled?: boolean;
}

export interface WishProblem {
  readonly field: 'url' | 'category' | 'events' | 'description';
  readonly message: string;
  readonly fix: string;
}

const LONGEST_URL = 2000;
const LONGEST_DESCRIPTION = 200;

/** What is wrong with a subscription as it would be; empty where nothing is. */
export function problemsOf(
  wanted: Pick<StoredSubscription, 'url' | 'category' | 'events' | 'description'>,
  guard: Pick<AddressGuard, 'judge'>,
): readonly WishProblem[] {
  return [...ofUrl(wanted.url, guard), ...ofEvents(wanted), ...ofDescription(wanted.description)];
}

/** No database keeps all of them, and no page shows them. */
const CONTROL = /\p{Cc}/u;
const CONTROL_PROBLEM = {
  message: 'It has a control character in it, which cannot be seen.',
  fix: 'Write it anew instead of pasting it.',
};

function ofUrl(url: string, guard: Pick<AddressGuard, 'judge'>): WishProblem[] {
  const field = 'url';
  if (CONTROL.test(url)) return [{ field, ...CONTROL_PROBLEM }];
  if (url.length > LONGEST_URL) {
    const message = `It is longer than ${LONGEST_URL} characters.`;
    return [{ field, message, fix: 'Use a shorter address.' }];
  }
  const verdict = guard.judge(url);
  return verdict.kind === 'allowed' ? [] : [{ field, message: verdict.reason, fix: verdict.fix }];
}

function ofEvents({
  category: wanted,
  events,
}: Pick<StoredSubscription, 'category' | 'events'>): WishProblem[] {
  const category = SUBSCRIPTION_CATEGORIES.find((known) => known === wanted);
  if (category === undefined) {
    const message = `There is no category ${JSON.stringify(wanted)}.`;
    return [{ field: 'category', message, fix: `One of ${SUBSCRIPTION_CATEGORIES.join(', ')}.` }];
  }
  const choice = eventsOf(category);
  // No two are the same: among one more than there are, one at least is wrong.
  return events.slice(0, EVENT_TYPES.length + 1).flatMap((event): WishProblem[] => {
    if (choice.some((known) => known === event)) return [];
    const known = isEventType(event) ? EVENTS[event].category : undefined;
    const where = known ? ` of this category; it is of ${known}` : '';
    const message = `${JSON.stringify(event)} is no event${where}.`;
    return [{ field: 'events', message, fix: `Of ${choice.join(', ')}.` }];
  });
}

function ofDescription(description: string): WishProblem[] {
  const field = 'description';
  if (CONTROL.test(description)) return [{ field, ...CONTROL_PROBLEM }];
  if (description.length <= LONGEST_DESCRIPTION) return [];
  const message = `It is longer than ${LONGEST_DESCRIPTION} characters.`;
  return [{ field, message, fix: 'Say it in fewer words.' }];
}
