import type { Subscription } from '../outbound/subscription.js';

/** What stands in the form of a subscription, right or wrong. */
export interface SubscriptionDraft {
  readonly url: string;
  readonly category: string;
  readonly events: readonly string[];
  readonly description: string;
}

export const EMPTY_DRAFT: SubscriptionDraft = {
  url: '',
  category: 'all',
  events: [],
  description: '',
};

/** As it was typed. */
export function draftIn(form: URLSearchParams): SubscriptionDraft {
  return {
    url: form.get('url') ?? '',
    category: form.get('category') ?? 'all',
    events: form.getAll('event'),
    description: form.get('description') ?? '',
  };
}

export function draftOf({ url, category, events, description }: Subscription): SubscriptionDraft {
  return { url, category, events, description };
}
