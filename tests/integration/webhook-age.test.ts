import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Order } from '../../src/orders/order.js';
import { type IntakeBench, observe, openIntake } from '../support/intake.js';
import { line, order } from '../support/orders.js';

/* Orders older than the shop's webhook.maxAgeDays are left to the polls, and say so. */

let bench: IntakeBench;

beforeEach(async () => {
  bench = await openIntake({ shop: { webhook: { maxAgeDays: 92 } } });
  bench.setNow('2026-11-20T12:00:00.000Z');
});
afterEach(() => bench.close());

/** Exactly 92 days before now, to the millisecond. */
const LIMIT = '2026-08-20T12:00:00.000Z';
const BEFORE = '2026-08-20T11:59:59.999Z';

const sale = (createdAt: string, more: Partial<Order> = {}) =>
  order([line('16.53', { '1': '3.47' })], { createdAt, ...more });

async function take(seen: Order, source: 'webhook' | 'poll' | 'batch' | 'manual' = 'webhook') {
  const [accepted] = await bench.intake.accept([observe(seen, { source })]);
  return accepted;
}

const stored = () => bench.store.order('main', 1042);

describe('a webhook of an order that is too old', () => {
  it('and not known: the order is ignored, by a rule of its own, and says what comes of it', async () => {
    expect(await take(sale(BEFORE))).toMatchObject({
      outcome: 'new',
      state: 'ignored',
      tooOld: true,
    });
    const kept = await stored();
    expect(kept).toMatchObject({ state: 'ignored', rule: 'shops.main.webhook.maxAgeDays' });
    expect(kept?.reason).toMatch(/2026-08-20, longer ago than the 92 days .* the next poll/);
    expect(await bench.store.documentsOf('main', 1042)).toEqual([]);
    expect(await bench.store.history('main', 1042)).toHaveLength(1);
  });

  it('a poll then takes it by the rules, though its content is the same', async () => {
    await take(sale(BEFORE));
    expect(await take(sale(BEFORE), 'poll')).toMatchObject({
      outcome: 'unchanged',
      state: 'forwarded',
    });
    expect(await bench.store.documentsOf('main', 1042)).toHaveLength(1);
    expect((await bench.store.history('main', 1042)).map(({ to }) => to)).toEqual([
      'ignored',
      'forwarded',
    ]);
  });

  it.each(['batch', 'manual'] as const)('so does a %s', async (source) => {
    await take(sale(BEFORE));
    expect(await take(sale(BEFORE), source)).toMatchObject({ state: 'forwarded' });
  });

  it('a second webhook leaves it as the first did', async () => {
    await take(sale(BEFORE));
    const first = await stored();
    const later = sale(BEFORE, { modifiedAt: '2026-11-20T11:00:00.000Z', customerNote: 'new' });
    expect(await take(later)).toMatchObject({ outcome: 'stale', state: 'ignored', tooOld: true });
    expect(await stored()).toEqual(first);
  });

  it('and known: it is left as it is, refunds and cancellation too, until a poll', async () => {
    await take(sale(BEFORE), 'poll');
    const booked = await stored();
    const cancelled = sale(BEFORE, { status: 'cancelled', modifiedAt: '2026-11-20T11:00:00.000Z' });
    expect(await take(cancelled)).toMatchObject({
      outcome: 'stale',
      state: 'forwarded',
      wantsRefunds: false,
    });
    expect(await stored()).toEqual(booked);
    await take(cancelled, 'poll');
    expect(await bench.store.documentsOf('main', 1042)).toHaveLength(2);
  });

  it('before `since`, which no poll takes either, says that instead', async () => {
    await take(sale('2025-12-31T23:00:00.000Z'));
    expect(await stored()).toMatchObject({ state: 'ignored', rule: 'shops.main.since' });
  });

  it('a person who decides to book it is obeyed', async () => {
    await take(sale(BEFORE));
    expect(await bench.intake.decide('main', 1042, 'forward')).toMatchObject({
      state: 'forwarded',
    });
  });
});

it('an order of just that age is taken', async () => {
  expect(await take(sale(LIMIT))).toMatchObject({ outcome: 'new', state: 'forwarded' });
});

it('a shop without webhooks has no such limit', async () => {
  await bench.close();
  bench = await openIntake();
  expect(await take(sale(BEFORE))).toMatchObject({ outcome: 'new', state: 'forwarded' });
});
