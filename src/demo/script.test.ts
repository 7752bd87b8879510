import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DemoShopState } from './demo-shop.js';
import { DrivenClock } from './driven-clock.js';
import { sumMicros } from './micros.js';
import { seededRandom } from './random.js';
import { ShopScript } from './script.js';
import { loadShop, saveShop } from './shop-file.js';
import { wireOrder, wireRefund } from './wire.js';

const DAY_MS = 86_400_000;
const START_MS = Date.parse('2026-10-01T00:00:00Z');
const END_MS = START_MS + 28 * DAY_MS;

function weeks(seed: number, stepMs: number) {
  const clock = new DrivenClock(START_MS);
  const shop = new DemoShopState({ clock, timezone: 'Europe/Amsterdam' });
  const plan = {
    orders: 300,
    startMs: START_MS,
    endMs: END_MS,
    bulkEditMs: START_MS + 20 * DAY_MS,
  };
  const script = new ShopScript(shop, clock, seededRandom(seed), plan);
  for (let now = START_MS; now <= END_MS + 14 * DAY_MS; now += stepMs) script.advanceTo(now);
  return { shop, script };
}

function picture(shop: DemoShopState) {
  const style = { siteUrl: 'https://shop.example', time: shop.time, dp: 6 };
  return shop.table.all().map((order) => ({
    order: wireOrder(order, style),
    refunds: order.content.refunds.map((refund) => wireRefund(refund, style, true)),
  }));
}

describe('the weeks of the demo shop', () => {
  it('are the same for the same seed, however they are walked', () => {
    expect(picture(weeks(3, DAY_MS).shop)).toEqual(picture(weeks(3, 3 * 3_600_000).shop));
    expect(picture(weeks(3, DAY_MS).shop)).not.toEqual(picture(weeks(4, DAY_MS).shop));
  });

  it('end with every status, with refunds, trashed, deleted and edited orders', () => {
    const { shop, script } = weeks(1, DAY_MS);
    const statuses = new Set(shop.table.all().map(({ status }) => status));
    expect(script.remaining).toBe(0);
    expect([...statuses].sort()).toEqual([
      'cancelled',
      'completed',
      'failed',
      'gone-plugin',
      'on-hold',
      'partly-shipped',
      'pending',
      'processing',
      'refunded',
      'trash',
    ]);
    expect(shop.table.refunds().length).toBeGreaterThan(20);
    expect(shop.table.size).toBeLessThan(300);
  });

  it('save 170 orders in one second in the bulk edit', () => {
    const clock = new DrivenClock(START_MS);
    const shop = new DemoShopState({ clock, timezone: 'Europe/Amsterdam' });
    const bulkEditMs = START_MS + 20 * DAY_MS;
    const plan = { orders: 300, startMs: START_MS, endMs: END_MS, bulkEditMs };
    new ShopScript(shop, clock, seededRandom(1), plan).advanceTo(bulkEditMs);
    expect(shop.table.all().filter(({ modifiedMs }) => modifiedMs === bulkEditMs)).toHaveLength(
      170,
    );
  });

  it('leave every order adding up: tax lines to its tax, never more refunded than paid', () => {
    for (const { content } of weeks(2, DAY_MS).shop.table.all()) {
      const { taxLines, totalTax, refunds, total } = content;
      const taxes = taxLines.map((line) => line.taxTotal + line.shippingTaxTotal);
      expect(sumMicros(taxes)).toBe(totalTax);
      expect(sumMicros(refunds.map(({ amount }) => amount))).toBeLessThanOrEqual(total);
    }
  });

  it('survive in a file, to the last decimal', () => {
    const folder = mkdtempSync(join(tmpdir(), 'demo-shop-'));
    try {
      const { shop } = weeks(5, DAY_MS);
      saveShop(shop, join(folder, 'shop.json'), END_MS);
      const other = new DemoShopState({
        clock: new DrivenClock(END_MS),
        timezone: 'Europe/Amsterdam',
      });
      expect(loadShop(other, join(folder, 'shop.json'))).toBe(END_MS);
      expect(picture(other)).toEqual(picture(shop));
      expect(other.table.nextId()).toBe(shop.table.nextId());
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
