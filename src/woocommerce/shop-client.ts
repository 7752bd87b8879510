import type { OrderObservation } from '../orders/observation.js';
import type { Refund } from '../orders/order.js';
import type { Source } from '../orders/states.js';
import type { Instant } from '../orders/time.js';

/** One shop's REST API, as the legs use it. Every call may throw a ShopError, and nothing else. */
export interface ShopClient {
  readonly shop: string;
  /** One page of the list, status any. A page past the end has no orders. */
  orders(query: OrdersQuery, read: ReadOptions): Promise<OrdersPage>;
  /** Orders by id, at most 100; trashed, deleted and unregistered-status orders are left out by the shop. */
  ordersById(ids: readonly number[], read: ReadOptions): Promise<OrdersPage>;
  /** One order, whatever its status; `deleted` where the shop answers 404. */
  order(id: number, read: ReadOptions): Promise<SingleOrder>;
  /** Id, status, total and dates only: for the completeness statement. */
  summaries(query: OrdersQuery, read: ReadOptions): Promise<SummariesPage>;
  /** All refunds of the shop (WooCommerce 9.0 and later). */
  refunds(query: RefundsQuery, read: ReadOptions): Promise<RefundsPage>;
  refundsOf(order: { id: number; currency: string }, read: ReadOptions): Promise<readonly Refund[]>;
  /** What the shop is and how it is set up; parts it does not tell are absent. */
  about(read: ReadOptions): Promise<ShopAbout>;
  /** The only thing that is ever written to a shop; it needs a key with the permission Read/Write. */
  readonly webhooks: ShopWebhooks;
}

/** The same, with what is asked once, to propose a config; the legs need none of it. */
export interface NewShopClient extends ShopClient {
  readonly setup: ShopSetup;
}

/** How the shop is set up. Asked past every cache. */
export interface ShopSetup {
  /** Values by the id of the setting, as `woocommerce_default_country`. */
  settings(group: 'general' | 'tax', call: CallOptions): Promise<ReadonlyMap<string, string>>;
  taxRates(call: CallOptions): Promise<readonly ShopTaxRate[]>;
  taxClasses(
    call: CallOptions,
  ): Promise<readonly { readonly slug: string; readonly name: string }[]>;
  paymentGateways(call: CallOptions): Promise<readonly ShopGateway[]>;
}

/** A line of the shop's tax table of today; what an order was charged stands in the order alone. */
export interface ShopTaxRate {
  readonly id: number;
  /** Empty: of every country. */
  readonly country: string;
  readonly state: string;
  readonly postcode: string;
  /** In per cent without zeros at its end, as `9.975`; whatever the shop wrote where it is no number. */
  readonly percent: string;
  readonly name: string;
  /** `standard`, `reduced-rate`, …; on a line of an order the standard class is an empty text. */
  readonly taxClass: string;
}

export interface ShopGateway {
  readonly id: string;
  readonly title: string;
  readonly enabled: boolean;
}

/** The webhooks of a shop, ours and others'. */
export interface ShopWebhooks {
  /** All of them, asked past every cache. */
  list(call: CallOptions): Promise<readonly ShopWebhook[]>;
  /** `undefined` where there is none of that id. */
  get(id: number, call: CallOptions): Promise<ShopWebhook | undefined>;
  /**
   * Made as active, for API version 3 (the version of the API it is made through). Sent once: where
   * the answer is lost it may have been made all the same, so list before another attempt.
   */
  create(webhook: NewShopWebhook, call: CallOptions): Promise<ShopWebhook>;
  update(id: number, change: ShopWebhookChange, call: CallOptions): Promise<ShopWebhook>;
  /** For good; one that is gone already is no error. */
  remove(id: number, call: CallOptions): Promise<void>;
}

export type CallOptions = Pick<ReadOptions, 'signal'>;

export interface ShopWebhook {
  readonly id: number;
  readonly name: string;
  /** `active`, `paused` by a person, or `disabled` after the 7th failed delivery in a row. */
  readonly status: string;
  readonly topic: string;
  readonly deliveryUrl: string;
  /** When it was last changed: of a disabled one, when it was disabled. `null` where never. */
  readonly modifiedAt: Instant | null;
}

/** The secret is never told again. */
export interface NewShopWebhook {
  readonly name: string;
  readonly topic: string;
  readonly deliveryUrl: string;
  readonly secret: string;
}

export interface ShopWebhookChange extends Partial<NewShopWebhook> {
  readonly status?: 'active' | 'paused';
}

export interface ReadOptions {
  readonly source: Source;
  readonly signal?: AbortSignal;
  /** Ask past every cache. */
  readonly fresh?: boolean;
}

/** Bounds are exclusive, at whole seconds (recorded fact 1). */
export interface OrdersQuery {
  readonly modifiedAfter?: Instant;
  readonly createdAfter?: Instant;
  readonly createdBefore?: Instant;
  /** 1-based. Ordered by id, ascending. */
  readonly page: number;
  /** 1 to 100. */
  readonly perPage: number;
}

export interface RefundsQuery {
  readonly createdAfter: Instant;
  readonly page: number;
  readonly perPage: number;
}

export interface PageInfo {
  /** X-WP-Total; `null` where the header is missing. */
  readonly total: number | null;
  /** The shop's clock when it answered (the Date header), or ours where it sent none. */
  readonly shopNowMs: number;
}

export interface OrdersPage extends PageInfo {
  readonly orders: readonly OrderObservation[];
  /** Items that are there but cannot be used; they hold no one else back. */
  readonly unreadable: readonly Unreadable[];
}

/** One order (or refund) that the shop, or we, could not read. */
export interface Unreadable {
  /** `null` where the shop fails before it tells. */
  readonly orderId: number | null;
  readonly raw: string;
  readonly reason: string;
  readonly fix: string;
}

export type SingleOrder =
  | { readonly kind: 'order'; readonly observation: OrderObservation }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'unreadable'; readonly unreadable: Unreadable };

export interface OrderSummary {
  readonly id: number;
  readonly status: string;
  readonly currency: string;
  readonly grossMinor: number;
  readonly taxMinor: number;
  readonly createdAt: Instant;
  readonly modifiedAt: Instant;
}

export interface SummariesPage extends PageInfo {
  readonly summaries: readonly OrderSummary[];
  readonly unreadable: readonly Unreadable[];
}

export interface RefundsPage extends PageInfo {
  readonly refunds: readonly Refund[];
  readonly unreadable: readonly Unreadable[];
}

/** A registered status, by its slug without `wc-`, with how many orders have it. */
export interface ShopStatus {
  readonly slug: string;
  readonly name: string;
  readonly total: number;
}

export interface ShopAbout {
  readonly name?: string;
  readonly timezone?: string;
  readonly wooCommerceVersion?: string;
  readonly currency?: string;
  /** `hpos`: order tables; `posts`: the older storage. */
  readonly orderStorage?: 'hpos' | 'posts';
  readonly statuses: readonly ShopStatus[];
  /** The shop's clock less ours, in milliseconds, to about a second. */
  readonly clockSkewMs: number;
}
