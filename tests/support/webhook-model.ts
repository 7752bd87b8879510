import type {
  NewShopWebhook,
  ShopWebhook,
  ShopWebhookChange,
  ShopWebhooks,
} from '../../src/woocommerce/shop-client.js';
import { ShopError } from '../../src/woocommerce/shop-error.js';

/** A shop's webhooks in memory; the secrets can be looked at, as nobody can over REST. */
export class WebhookModel implements ShopWebhooks {
  readonly kept: ShopWebhook[] = [];
  readonly secrets = new Map<number, string>();
  /** What was written, as `create order.updated`, `update 3`, `remove 3`. */
  readonly writes: string[] = [];
  /** Called before each request: may throw, and so refuse it. */
  beforeRequest: (call: string) => void = () => {};
  /** Called after each change: may throw, and so lose its answer. */
  afterChange: (call: string) => void = () => {};
  #nextId = 1;

  async list(): Promise<readonly ShopWebhook[]> {
    this.beforeRequest('list');
    return [...this.kept];
  }

  async get(id: number): Promise<ShopWebhook | undefined> {
    this.beforeRequest('get');
    return this.kept.find((webhook) => webhook.id === id);
  }

  async create({ secret, ...webhook }: NewShopWebhook): Promise<ShopWebhook> {
    this.beforeRequest('create');
    const made = this.add(webhook, secret);
    this.writes.push(`create ${made.topic}`);
    this.afterChange('create');
    return made;
  }

  async update(id: number, change: ShopWebhookChange): Promise<ShopWebhook> {
    this.beforeRequest('update');
    const at = this.kept.findIndex((webhook) => webhook.id === id);
    const known = this.kept[at];
    if (!known) throw new ShopError('main', 'gone', 'there is no such webhook', 'Nothing.');
    const { secret, ...visible } = change;
    if (secret !== undefined) this.secrets.set(id, secret);
    const changed = { ...known, ...visible };
    this.kept[at] = changed;
    this.writes.push(`update ${id}`);
    this.afterChange('update');
    return changed;
  }

  async remove(id: number): Promise<void> {
    this.beforeRequest('remove');
    const at = this.kept.findIndex((webhook) => webhook.id === id);
    if (at >= 0) this.kept.splice(at, 1);
    this.writes.push(`remove ${id}`);
    this.afterChange('remove');
  }

  /** One that is there already, as a person made it. */
  add(webhook: Partial<ShopWebhook>, secret = 'unknown'): ShopWebhook {
    const made: ShopWebhook = {
      name: '',
      status: 'active',
      topic: 'order.updated',
      deliveryUrl: 'https://else.example/hook',
      modifiedAt: null,
      ...webhook,
      id: this.#nextId,
    };
    this.#nextId += 1;
    this.kept.push(made);
    this.secrets.set(made.id, secret);
    return made;
  }

  /** As the shop does after the 7th failure in a row, or a person. */
  setStatus(id: number, status: string, modifiedAt: string | null = null): void {
    const at = this.kept.findIndex((webhook) => webhook.id === id);
    const known = this.kept[at];
    if (known) this.kept[at] = { ...known, status, modifiedAt };
  }
}
