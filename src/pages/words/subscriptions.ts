import type { EventType } from '../../outbound/events.js';
import type { Subscription } from '../../outbound/subscription.js';
import type {
  ConfirmedAction,
  SubscriptionAction,
  SubscriptionDone,
} from '../subscription-actions.js';

/** Words of the pages of outbound webhooks. */
export interface SubscriptionWords {
  readonly lead: string;
  readonly add: string;
  readonly empty: string;
  readonly emptyHow: string;
  readonly states: Readonly<Record<'enabled' | 'failing' | 'disabled' | 'disabledByUs', string>>;
  readonly url: string;
  readonly urlHelp: string;
  readonly category: string;
  readonly categories: Readonly<Record<Subscription['category'], string>>;
  readonly categoryHelp: Readonly<Record<Subscription['category'], string>>;
  readonly events: string;
  readonly eventsHelp: string;
  /** What each one tells. */
  readonly eventAbout: Readonly<Record<EventType, string>>;
  readonly everyEvent: string;
  readonly description: string;
  readonly descriptionHelp: string;
  readonly wants: string;
  readonly delivered: string;
  readonly waiting: string;
  readonly failed: string;
  readonly created: string;
  readonly failingSince: (count: number, since: string) => string;
  readonly previousSecret: (until: string) => string;
  readonly disabledByUs: (at: string) => string;
  readonly wayOut: string;
  readonly newTitle: string;
  readonly editTitle: string;
  readonly save: string;
  readonly create: string;
  readonly problems: (count: number) => string;
  readonly tooMany: (most: number) => string;
  readonly sentBefore: string;
  readonly notWhole: string;
  readonly underWay: string;
  readonly secretTitle: string;
  readonly secretLead: string;
  readonly secret: string;
  readonly secretKeep: string;
  readonly secretLost: string;
  readonly toSubscription: string;
  readonly toList: string;
  readonly actions: Readonly<Record<SubscriptionAction | 'edit' | 'retryOne', string>>;
  readonly effects: Readonly<Record<ConfirmedAction, string>>;
  readonly confirmTitle: (action: string, what: string) => string;
  readonly attempts: string;
  readonly attempt: (id: number) => string;
  readonly number: string;
  readonly event: string;
  readonly answer: string;
  readonly noAnswer: string;
  readonly result: string;
  readonly taken: string;
  readonly failedTab: string;
  readonly noAttempts: string;
  readonly noAttemptsHow: string;
  readonly request: string;
  readonly response: string;
  readonly headers: string;
  readonly body: string;
  readonly unsigned: string;
  readonly begins: string;
  readonly emptyBody: string;
  readonly done: Readonly<Record<SubscriptionDone, string>>;
}
