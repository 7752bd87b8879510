import type { Clock } from '../orders/time.js';
import type { Json, JsonObject } from './json.js';
import { type Micros, sumMicros } from './micros.js';
import type { DemoRefund, MetaDatum, OrderContent } from './order-model.js';
import { DemoOrder } from './order-model.js';
import { OrderTable } from './order-table.js';
import { orderContent, type Placement } from './placement.js';
import type { TaxTable } from './pricing.js';
import { recordedOrder, recordedRefund } from './recorded.js';
import { createRefund, type RefundRequest } from './refunding.js';
import { type SiteTime, siteTime, wholeSecond } from './site-time.js';
import { RECORDED_RATES, type TaxRate } from './tax-rates.js';

/** Where orders are kept decides what moves `date_modified` (README, "What changes"). */
export type OrderStorage = 'hpos' | 'posts';

export interface DemoShopOptions {
  readonly clock: Clock;
  /** The site's zone, an IANA name. */
  readonly timezone: string;
  readonly storage?: OrderStorage;
  readonly rates?: readonly TaxRate[];
}

/** What a shop's webhooks tell of an order. */
export type OrderEvent = 'created' | 'updated' | 'deleted' | 'restored';

/** The statuses of WooCommerce itself, with the names `/orders/statuses` gives. */
const OWN_STATUSES: readonly (readonly [slug: string, name: string])[] = [
  ['pending', 'Pending payment'],
  ['processing', 'Processing'],
  ['on-hold', 'On hold'],
  ['completed', 'Completed'],
  ['cancelled', 'Cancelled'],
  ['refunded', 'Refunded'],
  ['failed', 'Failed'],
];
const DRAFT = ['checkout-draft', 'Draft'] as const;
const OWN_SLUGS: ReadonlySet<string> = new Set([...OWN_STATUSES, DRAFT].map(([slug]) => slug));

/**
 * The demo shop's orders and what its people do with them. Every action happens at the shop's clock
 * and moves `date_modified` exactly where a real shop does.
 */
export class DemoShopState {
  readonly table = new OrderTable();
  readonly time: SiteTime;
  readonly storage: OrderStorage;
  taxes: TaxTable;
  /** Orders that PHP fails on: they spoil every answer they are part of. */
  failing: ReadonlySet<number> = new Set();
  /** Told of every change that a real shop's webhooks tell of (README, "What changes"). */
  onEvent: (event: OrderEvent, orderId: number) => void = () => {};
  readonly #clock: Clock;
  readonly #customStatuses = new Map<string, string>([['partly-shipped', 'Partly shipped']]);
  #metaId = 0;
  #lineId = 0;

  constructor(options: DemoShopOptions) {
    this.#clock = options.clock;
    this.time = siteTime(options.timezone);
    this.storage = options.storage ?? 'hpos';
    const base = { country: 'NL', state: '', postcode: '' };
    this.taxes = { rates: options.rates ?? RECORDED_RATES, base };
  }

  /** The shop's clock, at whole seconds. */
  nowMs(): number {
    return wholeSecond(this.#clock.now());
  }

  /** Slug and name of every registered status, in the order the shop lists them. */
  statuses(): (readonly [slug: string, name: string])[] {
    return [...OWN_STATUSES, ...this.#customStatuses, DRAFT];
  }

  /** What `status=any` covers: on the older storage also a status no plugin registers any more. */
  covers(status: string): boolean {
    if (status === 'trash') return false;
    return this.storage === 'posts' || OWN_SLUGS.has(status) || this.#customStatuses.has(status);
  }

  registerStatus(slug: string, name: string): void {
    this.#customStatuses.set(slug, name);
  }

  /** The plugin goes; its orders stay, with a status nobody knows. */
  unregisterStatus(slug: string): void {
    this.#customStatuses.delete(slug);
  }

  /** A new order, worked out from its cart. Returns its id. */
  place(placement: Placement): number {
    const id = this.table.nextId();
    const nowMs = this.nowMs();
    const content = orderContent(id, placement, this.taxes, nowMs, () => this.nextLineId(), this);
    this.table.put(new DemoOrder(id, placement.status, nowMs, nowMs, () => content));
    // A draft of the checkout is only saved; it counts as created once the checkout is finished.
    if (placement.status !== DRAFT[0]) this.onEvent('created', id);
    this.onEvent('updated', id);
    return id;
  }

  /** An order as it was recorded, with its refunds where they were recorded too. */
  loadRecorded(order: JsonObject, refunds: readonly JsonObject[] = []): void {
    const loaded = recordedOrder(order, refunds);
    this.table.put(loaded);
    this.table.indexRefunds(loaded.content.refunds);
  }

  /** A refund as it was recorded, added to its order. */
  loadRecordedRefund(orderId: number, refund: JsonObject): void {
    const order = this.existing(orderId);
    const loaded = recordedRefund(refund, orderId);
    const others = order.content.refunds.filter(({ id }) => id !== loaded.id);
    order.content = { ...order.content, refunds: [loaded, ...others] };
    this.table.indexRefunds([loaded]);
  }

  /** To be called with what an answer is about to show. Throws PhpFatal. */
  failOnBad(orders: readonly DemoOrder[]): void {
    const bad = orders.find(({ id }) => this.failing.has(id));
    if (bad) throw new PhpFatal(`order ${bad.id}`);
  }

  existing(id: number): DemoOrder {
    const order = this.table.get(id);
    if (!order) throw new RangeError(`the demo shop has no order ${id}`);
    return order;
  }

  /** By REST, by the shop's code or in the back office; sets the dates of payment and completion. */
  setStatus(id: number, status: string): void {
    const order = this.existing(id);
    if (order.status === status) {
      this.save(id);
      return;
    }
    const isCheckoutDone = order.status === DRAFT[0];
    order.status = status;
    this.#setDates(order, status);
    this.#bump(order);
    this.onEvent('updated', id);
    if (isCheckoutDone) this.onEvent('created', id);
    if (status === 'refunded') this.#refundTheRest(id);
  }

  /** Directly in the database: nothing else moves. */
  setStatusInDatabase(id: number, status: string): void {
    this.existing(id).status = status;
  }

  /** A `save()` or a PUT that changes nothing: moves the date on the order tables only. */
  save(id: number): void {
    if (this.storage === 'hpos') this.#bump(this.existing(id));
    this.onEvent('updated', id);
  }

  setMeta(id: number, key: string, value: Json): void {
    this.edit(id, (content) => ({
      ...content,
      meta: [...content.meta.filter((datum) => datum.key !== key), this.meta(key, value)],
    }));
    this.save(id);
  }

  /** Any other change of an order, saved: moves the date. */
  change(id: number, change: (content: OrderContent) => OrderContent): void {
    this.edit(id, change);
    this.#bump(this.existing(id));
    this.onEvent('updated', id);
  }

  /** A change that moves nothing, as by `wc_delete_order_item()` or in the database. */
  edit(id: number, change: (content: OrderContent) => OrderContent): void {
    const order = this.existing(id);
    order.content = change(order.content);
  }

  /** Throws a RangeError for more than is left. Returns the refund's id. */
  refund(id: number, request: RefundRequest): number {
    const order = this.existing(id);
    const numbers = { id: this.table.nextId(), nowMs: this.nowMs() };
    const refund = createRefund(order, request, numbers, this.taxes.rates, {
      line: () => this.nextLineId(),
      meta: (key, value) => this.meta(key, value),
    });
    this.#addRefund(order, refund);
    if (leftOf(order.content) <= 0) {
      order.status = 'refunded';
    }
    this.#bump(order);
    this.onEvent('updated', id);
    return refund.id;
  }

  /** Moves nothing and fires nothing (README, "What changes"). */
  deleteRefund(orderId: number, refundId: number): void {
    this.edit(orderId, (content) => ({
      ...content,
      refunds: content.refunds.filter((refund) => refund.id !== refundId),
    }));
  }

  trash(id: number): void {
    const order = this.existing(id);
    order.statusBeforeTrash = order.status;
    order.status = 'trash';
    this.#bump(order);
    this.onEvent('deleted', id);
  }

  restore(id: number): void {
    const order = this.existing(id);
    order.status = order.statusBeforeTrash ?? 'pending';
    this.#bump(order);
    this.onEvent('restored', id);
  }

  /** For good: the id is then unknown, and no webhook tells of it. */
  delete(id: number): void {
    this.table.remove(id);
  }

  nextLineId(): number {
    this.#lineId += 1;
    return this.#lineId;
  }

  meta(key: string, value: Json): MetaDatum {
    this.#metaId += 1;
    return { id: this.#metaId, key, value };
  }

  /** So that numbers go on after those of a loaded state. */
  continueFrom(lineId: number, metaId: number): void {
    this.#lineId = Math.max(this.#lineId, lineId);
    this.#metaId = Math.max(this.#metaId, metaId);
  }

  numbers(): { readonly lineId: number; readonly metaId: number } {
    return { lineId: this.#lineId, metaId: this.#metaId };
  }

  #addRefund(order: DemoOrder, refund: DemoRefund): void {
    order.content = { ...order.content, refunds: [refund, ...order.content.refunds] };
    this.table.indexRefunds([refund]);
  }

  /** The status alone makes a refund without lines (README, Money). */
  #refundTheRest(id: number): void {
    const order = this.existing(id);
    const amount = leftOf(order.content);
    if (amount > 0) this.refund(id, { amount, reason: 'Order fully refunded.', lines: [] });
  }

  /** Cash on delivery is paid on completion, everything else with processing (README, Shapes 8). */
  #setDates(order: DemoOrder, status: string): void {
    const { content } = order;
    const nowMs = this.nowMs();
    const pays =
      status === 'completed' || (status === 'processing' && content.paymentMethod !== 'cod');
    order.content = {
      ...content,
      paidMs: content.paidMs ?? (pays ? nowMs : null),
      completedMs: status === 'completed' ? nowMs : content.completedMs,
    };
  }

  #bump(order: DemoOrder): void {
    order.modifiedMs = this.nowMs();
    this.table.touch();
  }
}

/** PHP died over an order (README, Authentication and errors: one bad order spoils its page). */
export class PhpFatal extends Error {
  override readonly name = 'PhpFatal';
}

/** What can still be given back. */
function leftOf(content: OrderContent): Micros {
  return content.total - sumMicros(content.refunds.map((refund) => refund.amount));
}
