import { describe, expect, it } from 'vitest';
import { DemoShopState, type OrderStorage } from './demo-shop.js';
import { DrivenClock } from './driven-clock.js';
import { HARD } from './kinds.js';
import { seededRandom } from './random.js';

const START_MS = Date.parse('2026-11-20T12:00:00Z');
const MINUTE_MS = 60_000;

function shopWith(storage: OrderStorage, kind = 'mixedVat') {
  const clock = new DrivenClock(START_MS);
  const shop = new DemoShopState({ clock, timezone: 'Europe/Amsterdam', storage });
  const make = HARD[kind];
  if (!make) throw new Error(`no kind ${kind}`);
  const id = shop.place(make(seededRandom(1)));
  shop.setStatus(id, 'processing');
  clock.set(START_MS + MINUTE_MS);
  return { shop, id };
}

type Action = (shop: DemoShopState, id: number) => void;

/** The corpus's table "What changes date_modified": action, on order tables, on posts. */
const TABLE: readonly (readonly [action: string, act: Action, hpos: boolean, posts: boolean])[] = [
  ['a status change', (shop, id) => shop.setStatus(id, 'completed'), true, true],
  ['the same status again', (shop, id) => shop.setStatus(id, 'processing'), true, false],
  ['a save without a change', (shop, id) => shop.save(id), true, false],
  ['meta data', (shop, id) => shop.setMeta(id, 'a', 'b'), true, false],
  [
    'a refund',
    (shop, id) => shop.refund(id, { amount: 1_000_000, reason: '', lines: [] }),
    true,
    true,
  ],
  ['lines changed', (shop, id) => shop.change(id, (content) => ({ ...content })), true, true],
  ['a line deleted without calculating', (shop, id) => dropLine(shop, id), false, false],
  ['a status set in the database', (shop, id) => shop.setStatusInDatabase(id, 'x'), false, false],
  ['to the bin', (shop, id) => shop.trash(id), true, true],
];

describe.each(['hpos', 'posts'] as const)('date_modified on %s', (storage) => {
  it.each(TABLE)('%s', (_action, act, hpos, posts) => {
    const { shop, id } = shopWith(storage);
    act(shop, id);
    const moved = storage === 'hpos' ? hpos : posts;
    expect(shop.existing(id).modifiedMs).toBe(moved ? START_MS + MINUTE_MS : START_MS);
  });

  it('does not move when a refund is deleted', () => {
    const { shop, id } = shopWith(storage);
    const refundId = shop.refund(id, { amount: 1_000_000, reason: '', lines: [] });
    const { modifiedMs } = shop.existing(id);
    shop.deleteRefund(id, refundId);
    expect(shop.existing(id).modifiedMs).toBe(modifiedMs);
    expect(shop.existing(id).content.refunds).toEqual([]);
  });
});

describe('an order', () => {
  it('is paid with processing, or on completion where it is cash on delivery', () => {
    const paid = shopWith('hpos');
    const cod = shopWith('hpos', 'cashOnDelivery');
    expect(paid.shop.existing(paid.id).content.paidMs).toBe(START_MS);
    expect(cod.shop.existing(cod.id).content.paidMs).toBeNull();
    cod.shop.setStatus(cod.id, 'completed');
    expect(cod.shop.existing(cod.id).content.paidMs).toBe(START_MS + MINUTE_MS);
  });

  it('keeps its dates of payment and completion when it is cancelled, and gets no refund', () => {
    const { shop, id } = shopWith('hpos');
    shop.setStatus(id, 'completed');
    shop.setStatus(id, 'cancelled');
    const { paidMs, completedMs, refunds } = shop.existing(id).content;
    expect([paidMs, completedMs, refunds]).toEqual([START_MS, START_MS + MINUTE_MS, []]);
  });

  it('gets one refund without lines for the rest when its status is set to refunded', () => {
    const { shop, id } = shopWith('hpos');
    shop.refund(id, { amount: 1_000_000, reason: '', lines: [] });
    shop.setStatus(id, 'refunded');
    const { refunds, total } = shop.existing(id).content;
    expect(refunds[0]).toMatchObject({ reason: 'Order fully refunded.', lines: [] });
    expect(refunds.map(({ amount }) => amount)).toEqual([total - 1_000_000, 1_000_000]);
  });

  it('is refused a refund above what is left', () => {
    const { shop, id } = shopWith('hpos');
    const { total } = shop.existing(id).content;
    expect(() => shop.refund(id, { amount: total + 1, reason: '', lines: [] })).toThrow(RangeError);
  });

  it('comes back from the bin with its status', () => {
    const { shop, id } = shopWith('hpos');
    shop.trash(id);
    shop.restore(id);
    expect(shop.existing(id).status).toBe('processing');
  });

  it('of a status nobody registers is in no list of order tables, but in those of posts', () => {
    expect(shopWith('hpos').shop.covers('gone-plugin')).toBe(false);
    expect(shopWith('posts').shop.covers('gone-plugin')).toBe(true);
  });
});

function dropLine(shop: DemoShopState, id: number): void {
  shop.edit(id, (content) => ({ ...content, lines: content.lines.slice(1) }));
}
