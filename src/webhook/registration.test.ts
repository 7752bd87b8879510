import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LegsBench, openLegs } from '../../tests/support/legs.js';
import type { WebhookModel } from '../../tests/support/webhook-model.js';
import type { ShopWebhook } from '../woocommerce/shop-client.js';
import { ShopError } from '../woocommerce/shop-error.js';
import {
  type RegistrationDeps,
  type RegistrationOptions,
  registerWebhooks,
  removeWebhooks,
  rotateSecret,
  WHOLE,
} from './registration.js';
import { deliveryUrlOf, planRegistration } from './registration-plan.js';
import { addressWarnings, secretWarnings } from './registration-warnings.js';

const TARGET = { shop: 'main', url: 'https://orders.example', secret: 'new-secret' };
const OURS = 'https://orders.example/webhooks/woocommerce/main';
const TOPICS = ['order.created', 'order.updated', 'order.deleted', 'order.restored'];
const never = new AbortController().signal;

let model: WebhookModel;
let deps: RegistrationDeps;
let bench: LegsBench;
beforeEach(async () => {
  bench = await openLegs('2026-11-20T12:00:00.000Z', '2026-01-01T00:00:00.000Z');
  model = bench.model.webhooks;
  deps = bench.deps;
});
afterEach(() => bench.close());

const register = (options: RegistrationOptions = WHOLE) =>
  registerWebhooks(deps, TARGET, options, never);
const ours = () => model.kept.filter(({ deliveryUrl }) => deliveryUrl === OURS);
const trouble = (kind: 'wait' | 'config') => new ShopError('main', kind, 'no answer', 'Wait.');

/** As a person or an earlier registration left them. */
function there(...webhooks: Partial<ShopWebhook>[]): ShopWebhook[] {
  return webhooks.map((webhook) => model.add({ deliveryUrl: OURS, ...webhook }, 'old-secret'));
}

describe('registering', () => {
  it('makes one webhook for each topic of orders, with our address, name and secret', async () => {
    const report = await register();
    expect(report.created).toHaveLength(4);
    expect(ours().map(({ topic, name, status }) => [topic, name, status])).toEqual(
      TOPICS.map((topic) => [topic, `orderpark main ${topic}`, 'active']),
    );
    expect([...model.secrets.values()]).toEqual(Array(4).fill('new-secret'));
  });

  it('a second time makes none', async () => {
    await register();
    const report = await register();
    expect(report).toMatchObject({ created: [], repaired: [], removed: [] });
    expect(model.kept).toHaveLength(4);
  });

  it('sets the secret again, since a wrong one cannot be seen', async () => {
    there(...TOPICS.map((topic) => ({ topic })));
    await register();
    expect([...model.secrets.values()]).toEqual(Array(4).fill('new-secret'));
  });

  it('writes nothing where all is seen to be right and the secret is left', async () => {
    there(...TOPICS.map((topic) => ({ topic })));
    await register({ setSecret: false, activate: true });
    expect(model.writes).toEqual([]);
  });

  it('leaves the webhooks of others alone, whatever they are', async () => {
    const others = [
      model.add({ deliveryUrl: 'https://orders.example/webhooks/woocommerce/second' }),
      model.add({ deliveryUrl: 'https://orders.example/webhooks/woocommerce/main2' }),
      model.add({ deliveryUrl: `${OURS}?licensekey=1`, status: 'disabled' }),
      model.add({ deliveryUrl: 'not an address', topic: 'product.updated' }),
    ];
    await register();
    await removeWebhooks(deps, TARGET, never);
    expect(model.kept).toEqual(others);
    expect([...model.secrets.values()].slice(0, 4)).toEqual(Array(4).fill('unknown'));
  });

  it('knows ours by the address, however it is written', async () => {
    there(
      ...TOPICS.map((topic) => ({ topic, deliveryUrl: `https://ORDERS.example:443${path()}/` })),
    );
    await register();
    expect(model.kept).toHaveLength(4);
  });

  it('makes paused and disabled ones active, unless it is told not to', async () => {
    const [created, updated] = there(
      { topic: 'order.created', status: 'paused' },
      { topic: 'order.updated', status: 'disabled' },
    );
    await register({ setSecret: false, activate: false });
    expect(
      ours()
        .map(({ status }) => status)
        .sort(),
    ).toEqual(['active', 'active', 'disabled', 'paused']);
    const { repaired } = await register();
    expect(repaired.map(({ id }) => id)).toEqual([created?.id, updated?.id]);
    expect(ours().every(({ status }) => status === 'active')).toBe(true);
  });

  it('turns one whose topic was changed back to the one that is missing', async () => {
    const [changed] = there({ topic: 'product.updated' });
    await register();
    expect(ours()).toHaveLength(4);
    expect(ours().find(({ id }) => id === changed?.id)).toMatchObject({ topic: 'order.created' });
    expect(new Set(ours().map(({ topic }) => topic))).toEqual(new Set(TOPICS));
  });

  it('removes duplicates of ours, and keeps the active one', async () => {
    const [, second] = there(
      { topic: 'order.updated', status: 'disabled' },
      { topic: 'order.updated' },
      { topic: 'order.updated' },
      { topic: 'order.created' },
      { topic: 'order.deleted' },
      { topic: 'order.restored' },
    );
    const { removed } = await register();
    expect(removed.map(({ id }) => id)).toEqual([3, 1]);
    expect(ours().find(({ topic }) => topic === 'order.updated')?.id).toBe(second?.id);
  });
});

describe('a creation whose answer is lost', () => {
  it('is looked for, and not made a second time', async () => {
    model.afterChange = (call) => {
      if (call === 'create') throw trouble('wait');
    };
    const { created } = await register();
    expect(created).toHaveLength(4);
    expect(model.kept).toHaveLength(4);
  });

  it('fails where it is not there; a later registration makes no duplicate of it', async () => {
    model.beforeRequest = (call) => {
      if (call === 'create') throw trouble('wait');
    };
    await expect(register()).rejects.toThrow('no answer');
    // It came about after all.
    there({ topic: 'order.created' });
    model.beforeRequest = () => {};
    await register();
    expect(
      ours()
        .map(({ topic }) => topic)
        .sort(),
    ).toEqual([...TOPICS].sort());
  });

  it('is not tried a second time at once, since the first may still come about', async () => {
    let tried = 0;
    model.beforeRequest = (call) => {
      if (call !== 'create') return;
      tried += 1;
      if (tried === 1) throw trouble('wait');
    };
    await expect(register()).rejects.toThrow('no answer');
    expect(tried).toBe(1);
  });

  it('that the shop refused is not looked for', async () => {
    model.beforeRequest = (call) => {
      if (call === 'create') throw trouble('config');
    };
    await expect(register()).rejects.toThrow('no answer');
    expect(model.writes).toEqual([]);
  });
});

it('only one process at a time changes the webhooks of a shop', async () => {
  const claim = { name: 'webhooks:main', holder: 'other:1:1', now: '2026-11-20T12:00:00.000Z' };
  await deps.store.acquireClaim({ ...claim, expiresAt: '2026-11-20T13:00:00.000Z' });
  await expect(register()).rejects.toThrow('Another process');
  expect(model.writes).toEqual([]);
});

it('a change of secret gives ours the new one, and changes nothing else', async () => {
  there({ topic: 'order.updated', status: 'paused' });
  model.add({}, 'theirs');
  await rotateSecret(deps, TARGET, never);
  expect([...model.secrets.values()]).toEqual(['new-secret', 'theirs']);
  expect(ours()).toMatchObject([{ status: 'paused' }]);
});

it('removing takes away all of ours', async () => {
  there({ topic: 'order.updated' }, { topic: 'order.updated' }, { topic: 'product.updated' });
  expect(await removeWebhooks(deps, TARGET, never)).toHaveLength(3);
  expect(model.kept).toEqual([]);
});

it('the plan never has a topic twice, whatever was there', () => {
  const any = ['order.created', 'order.updated', 'order.paid', 'product.updated'];
  for (let seed = 0; seed < 256; seed += 1) {
    const webhooks = [0, 2, 4, 6].map((shift, index) => ({
      id: index + 1,
      name: '',
      status: seed % 3 === 0 ? 'disabled' : 'active',
      topic: any[(seed >> shift) & 3] ?? '',
      deliveryUrl: OURS,
      modifiedAt: null,
    }));
    const plan = planRegistration(webhooks, TARGET);
    const topics = [
      ...plan.create.map(({ topic }) => topic),
      ...plan.update.map(({ webhook, change }) => change.topic ?? webhook.topic),
      ...plan.right.map(({ topic }) => topic),
    ];
    expect(topics.sort()).toEqual([...TOPICS].sort());
  }
});

function path(): string {
  return new URL(deliveryUrlOf(TARGET)).pathname;
}

describe('warnings', () => {
  const SHOP = 'https://shop.example';
  it.each([
    ['https://orders.example', []],
    ['https://orders.example:8080/sub', []],
    ['http://orders.example', [/plain http/]],
    ['https://orders.example:8443', [/port 8443/]],
    ['https://10.1.2.3', [/not a public address/]],
    ['https://172.20.0.1', [/not a public address/]],
    ['https://172.32.0.1', []],
    ['https://[::1]', [/not a public address/]],
    ['https://localhost', [/not a public address/]],
    ['https://nas.local:5000', [/port 5000/, /not a public address/]],
    ['https://shop.example:8443', []],
    ['nonsense', [/no web address/]],
  ])('of the address %s', (url, expected) => {
    const messages = addressWarnings(url, SHOP).map(({ message }) => message);
    expect(messages).toEqual(expected.map((pattern) => expect.stringMatching(pattern)));
  });

  it.each([
    ['plain-secret', 0],
    ['a & b < c', 0],
    ['whsec&amp;0003', 1],
    ['x&#039;y', 1],
    ['x&#x3C;y', 1],
    ['&nbsp;', 0],
  ])('of the secret %s', (secret, count) => {
    const warnings = secretWarnings([secret]);
    expect(warnings).toHaveLength(count);
    expect(JSON.stringify(warnings)).not.toContain(secret);
  });
});
