import type { OrderState, PostingState } from '../../orders/states.js';
import type { ApiWords } from './api.js';
import type { OfficeWords } from './office.js';
import type { OrderWords } from './orders.js';
import type { OverviewWords } from './overview.js';
import type { SetupWords } from './setup.js';
import type { SubscriptionWords } from './subscriptions.js';

/**
 * Every word of the page that is ours. What the rules, shops and books say of an order (its reason, a
 * fix) is told in English as it was stored. Each page has a group of its own, so that they can grow
 * apart.
 */
export interface Words extends OfficeWords {
  readonly language: string;
  readonly product: string;
  readonly nav: {
    readonly label: string;
    readonly overview: string;
    readonly open: string;
    readonly booked: string;
    readonly attention: string;
    readonly runs: string;
    readonly deliveries: string;
    readonly subscriptions: string;
    readonly statement: string;
    readonly configuration: string;
    readonly audit: string;
    readonly api: string;
    readonly skip: string;
    readonly menu: string;
  };
  readonly states: Readonly<Record<OrderState, string>>;
  readonly postings: Readonly<Record<PostingState, string>>;
  readonly common: {
    readonly shop: string;
    readonly order: string;
    readonly customer: string;
    readonly amount: string;
    readonly status: string;
    readonly state: string;
    readonly why: string;
    readonly fix: string;
    readonly at: string;
    readonly books: string;
    readonly document: string;
    readonly older: string;
    readonly newest: string;
    readonly nextPage: string;
    readonly firstPage: string;
    readonly filter: string;
    readonly search: string;
    readonly all: string;
    readonly none: string;
    readonly cancel: string;
    readonly confirm: string;
    readonly language: string;
    readonly logOut: string;
    readonly loggedInAs: (name: string, role: string) => string;
    readonly selected: (count: number) => string;
    readonly never: string;
  };
  readonly login: {
    readonly title: string;
    readonly name: string;
    readonly password: string;
    readonly token: string;
    readonly withName: string;
    readonly withToken: string;
    readonly submit: string;
    readonly wrong: string;
    /** Where nobody is named in the config. */
    readonly tokenFile: (path: string) => string;
  };
  readonly refused: {
    readonly title: string;
    readonly 403: string;
    readonly 404: string;
    readonly 413: string;
    readonly 429: string;
    readonly back: string;
  };
  readonly overview: OverviewWords;
  readonly api: ApiWords;
  readonly setup: SetupWords;
  readonly orders: OrderWords;
  readonly subscriptions: SubscriptionWords;
}
