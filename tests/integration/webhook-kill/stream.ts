import type { OrderEvent } from '../../../src/demo/demo-shop.js';
import { phpJson } from '../../../src/demo/json.js';
import type { DemoShop } from '../../../src/demo/shop-server.js';
import type { DemoWebhook } from '../../../src/demo/webhook-model.js';
import { sendDelivery } from '../../../src/demo/webhook-sender.js';
import { STORE_DECIMALS, wireOrder } from '../../../src/demo/wire.js';

/** One delivery and what became of it. */
export interface Sent {
  readonly orderId: number;
  readonly event: OrderEvent;
  /** How many changes of the order were told of before; the body is as of then. */
  readonly version: number;
  /** What the order was then. */
  readonly shopStatus: string;
  /** Undefined where there was no answer. */
  readonly answer: number | undefined;
}

/**
 * Sends what the shop's webhooks would, each at once and beside the others, so that several are under
 * way at any moment. The shop's own queue sends one after the other, and is switched off after seven
 * failures; here the stream shall go on while nobody listens.
 */
export class Stream {
  readonly sent: Sent[] = [];
  readonly #versions = new Map<number, number>();
  readonly #underWay = new Set<Promise<void>>();

  constructor(
    private readonly shop: DemoShop,
    private readonly target: Pick<DemoWebhook, 'deliveryUrl' | 'secret'>,
  ) {
    shop.state.onEvent = (event, orderId) => this.tell(event, orderId);
  }

  tell(event: OrderEvent, orderId: number): void {
    const version = (this.#versions.get(orderId) ?? 0) + 1;
    this.#versions.set(orderId, version);
    const sending = this.#send(event, orderId, version);
    this.#underWay.add(sending);
    void sending.finally(() => this.#underWay.delete(sending));
  }

  /** Until what is under way was answered, or was not. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  get accepted(): Sent[] {
    return this.sent.filter(({ answer }) => answer === 200);
  }

  /** Orders of whose last change a delivery told that got its 2xx. */
  toldToTheEnd(): Set<number> {
    const last = this.accepted.filter((one) => one.version === this.#versions.get(one.orderId));
    return new Set(last.map(({ orderId }) => orderId));
  }

  async #send(event: OrderEvent, orderId: number, version: number): Promise<void> {
    const { state, url } = this.shop;
    const order = state.existing(orderId);
    const style = { siteUrl: url, time: state.time, dp: STORE_DECIMALS };
    const body = phpJson(event === 'deleted' ? { id: orderId } : wireOrder(order, style));
    const shopStatus = order.status;
    const site = { siteUrl: url, nowMs: state.nowMs() };
    const answer = await sendDelivery(this.#webhook(event), body, site);
    this.sent.push({ orderId, event, version, shopStatus, answer });
  }

  #webhook(event: OrderEvent): DemoWebhook {
    return {
      ...this.target,
      id: EVENTS.indexOf(event) + 1,
      name: `orderpark ${event}`,
      status: 'active',
      topic: `order.${event}`,
      failures: 0,
      isPingPending: false,
      ownerHasRights: true,
      createdMs: 0,
      modifiedMs: null,
    };
  }
}

const EVENTS: readonly OrderEvent[] = ['created', 'updated', 'deleted', 'restored'];
