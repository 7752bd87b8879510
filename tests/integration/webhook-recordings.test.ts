import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open-store.js';
import type { Store } from '../../src/store/store.js';
import type { Receipt } from '../../src/webhook/receiver.js';
import {
  deliveryNames,
  loadDelivery,
  replayDelivery,
  startWebhookServer,
  type WebhookServer,
} from '../support/webhooks.js';

/* Every recorded delivery, byte for byte, at the real server on a real SQLite store. */

const NOW = '2026-11-20T14:51:59.000Z';
const DUE = '2026-11-20T14:52:00.000Z';
const SHOPS = [
  // Two secrets: as it is while the secret is changed.
  { id: 'main', secrets: ['whsec-rotated-0002', 'whsec-plain-0001'], maxAgeDays: 92 },
  { id: 'old-secret', secrets: ['whsec-plain-0001'], maxAgeDays: 92 },
  { id: 'new-secret', secrets: ['whsec-rotated-0002'], maxAgeDays: 92 },
  { id: 'entity', secrets: ['whsec&amp;0003'], maxAgeDays: 92 },
  { id: 'entity-decoded', secrets: ['whsec&0003'], maxAgeDays: 92 },
];

/** What a delivery is answered, and what it leaves. */
interface Outcome {
  readonly status: number;
  readonly receipt: Receipt;
  /** `look`: a nudge without an order. Absent: no nudge. */
  readonly nudge?: readonly [orderId: number | 'look', topic: string];
  /** Absent: nothing. */
  readonly quarantine?: RegExp;
}

const PING: Outcome = { status: 200, receipt: 'ping' };
const UNAUTHENTIC: Outcome = { status: 401, receipt: 'unauthentic' };

function updated(orderId: number, topic = 'order.updated'): Outcome {
  return { status: 200, receipt: 'nudge', nudge: [orderId, topic] };
}

function useless(quarantine: RegExp): Outcome {
  return { status: 200, receipt: 'quarantined', nudge: ['look', 'look'], quarantine };
}

const TABLE: Readonly<Record<string, Outcome>> = {
  'after-secret-rotation': updated(44),
  'block-checkout-created': updated(336, 'order.created'),
  'block-checkout-updated': updated(336),
  'created-by-rest-created': updated(276, 'order.created'),
  'created-by-rest-updated': updated(276),
  'meta-only-save-updated': updated(276),
  'owner-without-rights': useless(/woocommerce_rest_cannot_view: Sorry, you cannot view/),
  'ping-order-created': PING,
  'ping-order-deleted': PING,
  'ping-order-restored': PING,
  'ping-order-updated': PING,
  'ping-repeated-1': PING,
  'ping-repeated-2': PING,
  'ping-repeated-3': PING,
  'ping-repeated-4': PING,
  'refund-amount-updated': updated(276),
  'refund-full-php-updated': updated(276),
  'restored-restored': updated(276, 'order.restored'),
  'same-delivery-id-1': updated(45),
  'same-delivery-id-2': updated(83),
  'same-delivery-id-3': updated(98),
  'secret-with-entity-updated': UNAUTHENTIC,
  'status-completed-by-php-updated': updated(276),
  'status-processing-by-rest-updated': updated(276),
  'three-updates-one-delivery-updated': updated(276),
  'trash-deleted': updated(276, 'order.deleted'),
  'updated-of-deleted-order': useless(/woocommerce_rest_shop_order_invalid_id: Invalid ID/),
  'updated-of-trashed-order': updated(284),
  'x-back-to-on-hold-updated': updated(364),
  'x-bacs-life-updated': updated(422),
  'x-bundle-updated': updated(414),
  'x-cancelled-after-completed-updated': updated(361),
  'x-cod-life-updated': updated(421),
  'x-edited-updated': updated(360),
  'x-gift-card-updated': updated(352),
  'x-negative-total-updated': updated(427),
  'x-ppcp-updated': updated(376),
  'x-qty-fraction-updated': updated(416),
  'x-rate-deleted-refunded-updated': updated(365),
  'x-rate-deleted-updated': updated(365),
  'x-rate-id-zero-updated': updated(369),
};

let folder: string;
let store: Store;
let bench: WebhookServer;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'orderpark-recorded-webhooks-'));
  const clock = { now: () => Date.parse(NOW) };
  store = await openStore({ database: join(folder, 'orderpark.db'), clock });
  bench = await startWebhookServer({ store, shops: SHOPS });
});
afterEach(async () => {
  await bench.stop();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What the store has of deliveries. */
async function left(shop = 'main') {
  const nudges = await store.dueNudges(shop, DUE, 1000);
  const quarantine = await store.quarantine({ shop });
  return {
    nudges: nudges.map(({ orderId, topic }) => [orderId ?? 'look', topic]),
    quarantine: quarantine.map(({ reason }) => reason),
  };
}

const send = (shop: string, name: string) =>
  replayDelivery(bench.server, `/webhooks/woocommerce/${shop}`, loadDelivery(name));

it('each recording has its outcome in the table', () => {
  expect(Object.keys(TABLE).sort()).toEqual(deliveryNames());
});

describe('a recorded delivery, sent byte for byte', () => {
  it.each(Object.entries(TABLE))('%s', async (name, outcome) => {
    const answer = await send('main', name);
    expect(answer.status).toBe(outcome.status);
    expect(bench.receipts).toEqual([['main', outcome.receipt]]);
    const { nudges, quarantine } = await left();
    expect(nudges).toEqual(outcome.nudge ? [outcome.nudge] : []);
    expect(bench.nudged).toEqual(outcome.nudge ? ['main'] : []);
    expect(quarantine).toEqual(
      outcome.quarantine ? [expect.stringMatching(outcome.quarantine)] : [],
    );
  });
});

describe('recorded facts', () => {
  it('deliveries with the same delivery id are of different orders: none is taken for another', async () => {
    for (const number of [1, 2, 3]) await send('main', `same-delivery-id-${number}`);
    expect((await left()).nudges.map(([id]) => id)).toEqual([45, 83, 98]);
  });

  it('the same delivery once more is one more nudge, for one reading', async () => {
    await send('main', 'meta-only-save-updated');
    await send('main', 'meta-only-save-updated');
    expect((await left()).nudges.map(([id]) => id)).toEqual([276, 276]);
  });

  it('updated may come before created: both are nudges of the order', async () => {
    await send('main', 'block-checkout-updated');
    await send('main', 'block-checkout-created');
    expect((await left()).nudges).toEqual([
      [336, 'order.updated'],
      [336, 'order.created'],
    ]);
  });

  it('after the secret was changed, only who knows the new one takes the delivery', async () => {
    expect((await send('old-secret', 'after-secret-rotation')).status).toBe(401);
    expect((await send('new-secret', 'after-secret-rotation')).status).toBe(200);
    expect((await send('new-secret', 'meta-only-save-updated')).status).toBe(401);
    expect(await left('old-secret')).toEqual({ nudges: [], quarantine: [] });
  });

  it('a secret with an HTML entity verifies only as WooCommerce decodes it', async () => {
    expect((await send('entity', 'secret-with-entity-updated')).status).toBe(401);
    expect((await send('entity-decoded', 'secret-with-entity-updated')).status).toBe(200);
  });

  it('what is of no use is kept as it came, and looked at once however often it comes', async () => {
    await send('main', 'owner-without-rights');
    await send('main', 'owner-without-rights');
    const [entry, ...more] = await store.quarantine({ open: true });
    expect(more).toEqual([]);
    expect(entry).toMatchObject({
      orderId: null,
      source: 'webhook',
      at: NOW,
      raw: loadDelivery('owner-without-rights').body.toString('utf8'),
      fix: expect.stringContaining('orderpark webhook register'),
    });
  });

  it('all of them at once leave what they leave one by one', async () => {
    const answers = await Promise.all(Object.keys(TABLE).map((name) => send('main', name)));
    expect(answers.map(({ status }) => status)).toEqual(
      Object.values(TABLE).map(({ status }) => status),
    );
    const nudges = Object.values(TABLE).flatMap(({ nudge }) => (nudge ? [nudge.join()] : []));
    const { nudges: found, quarantine } = await left();
    expect(found.map((nudge) => nudge.join()).sort()).toEqual(nudges.sort());
    expect(quarantine).toHaveLength(2);
  });
});
