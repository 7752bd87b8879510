import type { OrderObservation } from '../../src/orders/observation.js';
import type { Order, Refund } from '../../src/orders/order.js';
import { type Instant, instantOf } from '../../src/orders/time.js';
import { contentHash } from '../../src/woocommerce/content-hash.js';
import type {
  OrdersPage,
  OrdersQuery,
  ReadOptions,
  ShopClient,
  Unreadable,
} from '../../src/woocommerce/shop-client.js';
import { ShopError } from '../../src/woocommerce/shop-error.js';
import { line, order } from './orders.js';
import { WebhookModel } from './webhook-model.js';

interface Kept {
  order: Order;
  refunds: Refund[];
  /** Its status is registered: the list shows it. */
  isRegistered: boolean;
  unreadable: boolean;
}

const DAY_MS = 86_400_000;
/** The oldest bound there is. */
const EVER: Instant = '0000';

/**
 * A shop in memory that lists as WooCommerce does (the corpus): by id, in pages by offset over a
 * list that lives, bounds exclusive at whole seconds, trash and unregistered statuses left out.
 */
export class ShopModel implements ShopClient {
  readonly shop = 'main';
  /** What was asked, as `orders`, `ordersById`, …. */
  readonly asked: string[] = [];
  /** Called before each request is answered: what others do meanwhile, or an error to throw. */
  beforeRequest: (call: string) => void = () => {};
  /** Called before that, at each request: what time passes. */
  always: () => void = () => {};
  hasRefundList = true;
  readonly webhooks = new WebhookModel();
  readonly #orders = new Map<number, Kept>();
  #nextId = 1001;

  constructor(public nowMs: number) {}

  now(): Instant {
    return instantOf(Math.floor(this.nowMs / 1000) * 1000);
  }

  /** Makes an order, and answers its id. */
  create(more: Partial<Order> = {}): number {
    const id = more.id ?? this.#nextId;
    this.#nextId = Math.max(this.#nextId, id) + 1;
    const at = this.now();
    const made = order([line('16.53', { '1': '3.47' })], {
      createdAt: at,
      paidAt: at,
      modifiedAt: at,
      ...more,
      id,
      number: String(id),
    });
    this.#orders.set(id, { order: made, refunds: [], isRegistered: true, unreadable: false });
    return id;
  }

  /** Saves a change; the modification time moves, as it does in the order tables. */
  save(id: number, change: Partial<Order>): void {
    this.writeQuietly(id, { ...change, modifiedAt: this.now() });
  }

  /** Changes an order past WooCommerce: no date moves. */
  writeQuietly(id: number, change: Partial<Order>): void {
    const kept = this.#kept(id);
    kept.order = { ...kept.order, ...change };
  }

  trash(id: number): void {
    this.save(id, { status: 'trash' });
  }

  delete(id: number): void {
    this.#orders.delete(id);
  }

  unregister(id: number): void {
    this.#kept(id).isRegistered = false;
  }

  spoil(id: number, unreadable = true): void {
    this.#kept(id).unreadable = unreadable;
  }

  refund(id: number, refundId: number, grossMinor: number): void {
    const kept = this.#kept(id);
    const { currency, minorUnits, refunds } = kept.order;
    const at = this.now();
    const made = { id: refundId, grossMinor, reason: '' };
    kept.refunds.push({
      ...made,
      shop: this.shop,
      orderId: id,
      currency,
      minorUnits,
      createdAt: at,
      lines: [],
    });
    this.save(id, { refunds: [...refunds, made] });
  }

  /** Moves no date and fires nothing. */
  deleteRefund(id: number, refundId: number): void {
    const kept = this.#kept(id);
    kept.refunds = kept.refunds.filter((refund) => refund.id !== refundId);
    const refunds = kept.order.refunds.filter((refund) => refund.id !== refundId);
    this.writeQuietly(id, { refunds });
  }

  /** The orders that a list shows. */
  listed(): Order[] {
    return [...this.#orders.values()]
      .filter((kept) => kept.order.status !== 'trash' && kept.isRegistered)
      .map((kept) => kept.order)
      .sort((a, b) => a.id - b.id);
  }

  async orders(query: OrdersQuery, read: ReadOptions): Promise<OrdersPage> {
    this.#ask('orders');
    return this.#page(this.#matching(query), query, read);
  }

  async ordersById(ids: readonly number[], read: ReadOptions): Promise<OrdersPage> {
    this.#ask('ordersById');
    const found = this.listed().filter(({ id }) => ids.includes(id));
    return this.#page(found, { page: 1, perPage: 100 }, read);
  }

  async order(id: number, read: ReadOptions) {
    this.#ask('order');
    const kept = this.#orders.get(id);
    if (!kept) return { kind: 'deleted' } as const;
    if (kept.unreadable) return { kind: 'unreadable', unreadable: unreadable(id) } as const;
    return { kind: 'order', observation: this.#observe(kept.order, read) } as const;
  }

  async summaries(query: OrdersQuery, _read: ReadOptions) {
    this.#ask('summaries');
    const all = this.#matching(query);
    return { ...this.#info(all), summaries: slice(all, query), unreadable: [] };
  }

  async refunds({
    createdAfter,
    ...place
  }: {
    createdAfter: Instant;
    page: number;
    perPage: number;
  }) {
    this.#ask('refunds');
    if (!this.hasRefundList) throw new ShopError(this.shop, 'gone', 'no such route', 'Nothing.');
    const all = [...this.#orders.values()]
      .flatMap(({ refunds }) => refunds)
      .filter(({ createdAt }) => isAfter(createdAt, createdAfter))
      .sort((a, b) => a.id - b.id);
    return { ...this.#info(all), refunds: slice(all, place), unreadable: [] };
  }

  async refundsOf({ id }: { id: number }) {
    this.#ask('refundsOf');
    return this.#orders.get(id)?.refunds ?? [];
  }

  async about() {
    this.#ask('about');
    return { statuses: [], clockSkewMs: 0 };
  }

  #ask(call: string): void {
    this.asked.push(call);
    this.always();
    this.beforeRequest(call);
  }

  #kept(id: number): Kept {
    const kept = this.#orders.get(id);
    if (!kept) throw new RangeError(`the shop has no order ${id}`);
    return kept;
  }

  #matching({ modifiedAfter = EVER, createdAfter = EVER, createdBefore }: OrdersQuery): Order[] {
    const before = createdBefore ?? instantOf(this.nowMs + 1000 * DAY_MS);
    return this.listed().filter(
      ({ createdAt, modifiedAt }) =>
        isAfter(modifiedAt, modifiedAfter) &&
        isAfter(createdAt, createdAfter) &&
        isAfter(before, createdAt),
    );
  }

  #page(all: readonly Order[], place: Where, read: ReadOptions): OrdersPage {
    const found = slice(all, place);
    const isSpoiled = ({ id }: Order) => this.#kept(id).unreadable;
    return {
      ...this.#info(all),
      orders: found.filter((one) => !isSpoiled(one)).map((one) => this.#observe(one, read)),
      unreadable: found.filter(isSpoiled).map(({ id }) => unreadable(id)),
    };
  }

  #info(all: readonly unknown[]) {
    return { total: all.length, shopNowMs: Math.floor(this.nowMs / 1000) * 1000 };
  }

  #observe(seen: Order, { source }: ReadOptions): OrderObservation {
    return {
      kind: 'order',
      shop: this.shop,
      orderId: seen.id,
      source,
      readAt: instantOf(this.nowMs),
      order: seen,
      raw: JSON.stringify(seen),
      contentHash: contentHash(seen),
    };
  }
}

type Where = Pick<OrdersQuery, 'page' | 'perPage'>;

function slice<Item>(all: readonly Item[], { page, perPage }: Where): Item[] {
  return all.slice((page - 1) * perPage, page * perPage);
}

/** Exclusive, at whole seconds (recorded fact 1). */
function isAfter(instant: Instant, bound: Instant): boolean {
  return instant.slice(0, 19) > bound.slice(0, 19);
}

function unreadable(orderId: number): Unreadable {
  return { orderId, raw: '{}', reason: 'it has no currency', fix: 'Look at it in the shop.' };
}
