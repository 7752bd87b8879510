import { randomBytes } from 'node:crypto';
import { errorBody } from './answers.js';
import { type DemoShopState, type OrderEvent, PhpFatal } from './demo-shop.js';
import { phpJson } from './json.js';
import { type DemoWebhook, orderEventOf } from './webhook-model.js';
import { isSuccess, sendDelivery, sendPing } from './webhook-sender.js';
import { STORE_DECIMALS, wireOrder } from './wire.js';

/** Count at which one more failure disables (README, Webhooks 10 and 11). */
const MOST_FAILURES = 6;

interface Queued {
  readonly webhookId: number;
  readonly orderId: number;
}

/** One delivery that was tried. */
export interface Delivered {
  readonly webhookId: number;
  readonly orderId: number;
  readonly topic: string;
  /** Undefined where there was no answer. */
  readonly status: number | undefined;
}

export type WebhookSettings = Pick<
  DemoWebhook,
  'name' | 'topic' | 'deliveryUrl' | 'secret' | 'status'
>;

/**
 * The demo shop's webhooks. A change queues a delivery; nothing is sent until the queue runs, and
 * the body is built only then (README, Webhooks).
 */
export class ShopWebhooks {
  readonly #webhooks = new Map<number, DemoWebhook>();
  #queue: Queued[] = [];
  #pings: Promise<void>[] = [];
  #running: Promise<Delivered[]> | undefined;
  #lastId = 0;
  readonly counts = { delivered: 0, failed: 0 };

  constructor(
    private readonly shop: DemoShopState,
    private readonly siteUrl: string,
  ) {
    shop.onEvent = (event, orderId) => this.enqueue(event, orderId);
  }

  all(): DemoWebhook[] {
    return [...this.#webhooks.values()];
  }

  get(id: number): DemoWebhook | undefined {
    return this.#webhooks.get(id);
  }

  /** Deliveries that wait for the queue to run. */
  get queued(): number {
    return this.#queue.length;
  }

  create({ secret, ...settings }: WebhookSettings): DemoWebhook {
    this.#lastId += 1;
    const webhook: DemoWebhook = {
      ...settings,
      id: this.#lastId,
      secret: secret === '' ? randomBytes(25).toString('hex') : secret,
      failures: 0,
      isPingPending: false,
      ownerHasRights: true,
      createdMs: this.shop.nowMs(),
      modifiedMs: null,
    };
    this.#webhooks.set(webhook.id, webhook);
    if (webhook.status === 'active') this.#ping(webhook);
    return webhook;
  }

  /** One as it was recorded or saved: nobody is pinged. */
  load(webhook: DemoWebhook): void {
    this.#webhooks.set(webhook.id, webhook);
    this.#lastId = Math.max(this.#lastId, webhook.id);
  }

  /** A changed address is pinged, unless the webhook is not active; the failures stay as they are. */
  update(webhook: DemoWebhook, change: Partial<WebhookSettings>): void {
    const hasMoved = change.deliveryUrl !== undefined && change.deliveryUrl !== webhook.deliveryUrl;
    Object.assign(webhook, change);
    webhook.modifiedMs = this.shop.nowMs();
    if (hasMoved && webhook.status === 'active') this.#ping(webhook);
  }

  remove(id: number): void {
    this.#webhooks.delete(id);
  }

  /** Several changes of an order that waits already are one delivery. */
  enqueue(event: OrderEvent, orderId: number): void {
    for (const { id, status, topic } of this.#webhooks.values()) {
      if (status !== 'active' || orderEventOf(topic) !== event) continue;
      const isQueued = this.#queue.some(
        (other) => other.webhookId === id && other.orderId === orderId,
      );
      if (!isQueued) this.#queue.push({ webhookId: id, orderId });
    }
  }

  /** Lets the pings of what was just made end: the shop answers only then. */
  async pinged(): Promise<void> {
    await Promise.all(this.#pings.splice(0));
  }

  /** Runs the queue until it is empty, as WP-Cron does. Two runs never overlap. */
  async deliver(): Promise<Delivered[]> {
    while (this.#running) await this.#running;
    this.#running = this.#run();
    try {
      return await this.#running;
    } finally {
      this.#running = undefined;
    }
  }

  async #run(): Promise<Delivered[]> {
    const done: Delivered[] = [];
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      const webhook = this.#webhooks.get(next.webhookId);
      if (webhook?.status !== 'active') continue;
      const delivered = await this.#deliverOne(webhook, next.orderId);
      if (delivered) done.push(delivered);
    }
    return done;
  }

  async #deliverOne(webhook: DemoWebhook, orderId: number): Promise<Delivered | undefined> {
    const body = this.#body(webhook, orderId);
    if (body === undefined) return undefined;
    const { siteUrl, shop } = this;
    const status = await sendDelivery(webhook, body, { siteUrl, nowMs: shop.nowMs() });
    if (isSuccess(status)) {
      this.counts.delivered += 1;
      webhook.failures = 0;
    } else {
      this.counts.failed += 1;
      this.#fail(webhook);
    }
    if (webhook.isPingPending) this.#ping(webhook);
    await this.pinged();
    return { webhookId: webhook.id, orderId, topic: webhook.topic, status };
  }

  #fail(webhook: DemoWebhook): void {
    if (webhook.failures < MOST_FAILURES) {
      webhook.failures += 1;
      return;
    }
    webhook.status = 'disabled';
    webhook.modifiedMs = this.shop.nowMs();
  }

  /** What `GET /orders/{id}` says at this moment; undefined where PHP dies over it. */
  #body(webhook: DemoWebhook, orderId: number): string | undefined {
    if (webhook.topic === 'order.deleted') return phpJson({ id: orderId });
    if (!webhook.ownerHasRights) {
      const message = 'Sorry, you cannot view this resource.';
      return phpJson(errorBody('woocommerce_rest_cannot_view', message, 403));
    }
    const order = this.shop.table.get(orderId);
    if (!order) {
      return phpJson(errorBody('woocommerce_rest_shop_order_invalid_id', 'Invalid ID.', 404));
    }
    try {
      this.shop.failOnBad([order]);
    } catch (error) {
      if (error instanceof PhpFatal) return undefined;
      throw error;
    }
    const style = { siteUrl: this.siteUrl, time: this.shop.time, dp: STORE_DECIMALS };
    return phpJson(wireOrder(order, style));
  }

  #ping(webhook: DemoWebhook): void {
    const ping = sendPing(webhook).then((isAnswered) => {
      webhook.isPingPending = !isAnswered;
      // One that arrived is noted with the webhook, which dates it (webhook-list).
      if (isAnswered) webhook.modifiedMs = this.shop.nowMs();
    });
    this.#pings.push(ping);
  }
}
