import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Observation } from '../../src/orders/observation.js';
import type { Order } from '../../src/orders/order.js';
import { gone, type IntakeBench, observe, openIntake } from '../support/intake.js';
import { line, order, refund, refundLine } from '../support/orders.js';

const SALE = order([line('16.49', { '1': '3.46' })], { id: 1042 });
const REFUND = refund(66, '19.95', [refundLine('16.49', { '1': '3.46' })]);

let bench: IntakeBench;
beforeEach(async () => {
  bench = await openIntake();
});
afterEach(() => bench.close());

async function see(...observations: Observation[]) {
  return await bench.intake.accept(observations);
}

async function stored() {
  const found = await bench.store.order('main', 1042);
  if (!found) throw new Error('order 1042 is not stored');
  return found;
}

async function documents() {
  const found = await bench.store.documentsOf('main', 1042);
  return found.map(({ document }) => document);
}

function later(seen: Order, minutes: number, more: Partial<Order> = {}): Order {
  const modifiedAt = new Date(Date.parse(seen.modifiedAt) + minutes * 60_000).toISOString();
  return { ...seen, ...more, modifiedAt };
}

describe('the one door in', () => {
  it('books an eligible order: document, posting and history in one transaction', async () => {
    expect(await see(observe(SALE))).toEqual([
      { orderId: 1042, outcome: 'new', state: 'forwarded', wantsRefunds: false },
    ]);
    expect(await stored()).toMatchObject({
      state: 'forwarded',
      rule: 'statuses.forward',
      ruleLine: 12,
      reason: 'Invoice 1042 was made.',
    });
    expect(await documents()).toMatchObject([{ key: 'main/1042/invoice', grossMinor: 1995 }]);
    const postings = await bench.store.postingsOf(['main/1042/invoice']);
    expect(postings).toMatchObject([{ books: 'journal', state: 'queued' }]);
    const history = await bench.store.history('main', 1042);
    expect(history).toMatchObject([{ from: null, to: 'forwarded', source: 'poll' }]);
  });

  it('rule 1: gives every order it is shown exactly one state, with its reason', async () => {
    const statuses = ['processing', 'on-hold', 'cancelled', 'trash', 'partly-shipped'];
    await see(
      ...statuses.map((status, index) =>
        observe({ ...SALE, id: index + 1, number: String(index), status }),
      ),
    );
    await see(gone('deleted', 6));
    const old = { ...SALE, id: 7, number: '7', createdAt: '2025-12-31T12:00:00.000Z' };
    await see(observe(old), observe({ ...SALE, id: 8, number: '8', taxMinor: 5 }));
    const states = await bench.store.orders('main', [1, 2, 3, 4, 5, 6, 7, 8]);
    expect([...states].sort((a, b) => a.id - b.id).map(({ state }) => state)).toEqual([
      'forwarded',
      'parked',
      'ignored',
      'withdrawn',
      'parked',
      'withdrawn',
      'ignored',
      'blocked',
    ]);
    for (const { reason } of states) expect(reason).not.toBe('');
  });

  it('parks with the day it expires, counted from the last change in the shop', async () => {
    await see(observe({ ...SALE, status: 'on-hold' }));
    expect(await stored()).toMatchObject({
      state: 'parked',
      expiresAt: '2026-11-23T09:05:00.000Z',
    });
  });

  it('blocks by itself what cannot be booked, and releases it once it can', async () => {
    await see(observe(order([line('10.00', {})])), observe({ ...SALE, id: 2, number: '2' }));
    expect(await stored()).toMatchObject({ state: 'blocked' });
    expect(await bench.store.order('main', 2)).toMatchObject({ state: 'forwarded' });
    await see(observe(later(SALE, 5)));
    expect(await stored()).toMatchObject({ state: 'forwarded' });
  });

  it('quarantines what defeats it and holds no other back', async () => {
    const broken = { ...SALE, paidAt: 'yesterday' };
    const answers = await see(observe(broken), observe({ ...SALE, id: 2, number: '2' }));
    expect(answers.map(({ orderId, outcome }) => [orderId, outcome])).toEqual([
      [2, 'new'],
      [1042, 'failed'],
    ]);
    const kept = await bench.store.quarantine({ shop: 'main', open: true });
    expect(kept).toMatchObject([{ orderId: 1042 }]);
    expect(await stored()).toMatchObject({ state: 'blocked', rule: 'quarantine' });
    await see(observe(SALE));
    expect(await stored()).toMatchObject({ state: 'forwarded' });
    expect(await bench.store.quarantine({ shop: 'main', open: true })).toEqual([]);
  });

  it('never gives two orders one number', async () => {
    await see(observe(SALE), observe({ ...SALE, id: 2 }));
    expect(await bench.store.order('main', 2)).toMatchObject({
      state: 'blocked',
      reason: expect.stringContaining('already that of order 1042'),
    });
  });

  it('never gives a number of an earlier page, or of the written part of this one, again', async () => {
    const other = { ...SALE, id: 2, number: '2' };
    await see(observe(SALE));
    // The second observation of an order has the first one written before the third is taken.
    await see(
      observe({ ...SALE, id: 3 }),
      observe(other),
      observe(later(other, 1)),
      observe({ ...other, id: 4 }),
    );
    for (const [id, holder] of [
      [3, '1042'],
      [4, '2'],
    ] as const) {
      expect(await bench.store.order('main', id)).toMatchObject({
        state: 'blocked',
        reason: expect.stringContaining(`already that of order ${holder}`),
      });
    }
  });

  it('draws gapless numbers where the config asks for its own', async () => {
    await bench.close();
    bench = await openIntake({
      documents: {
        numbering: { from: 'sequence', invoicePrefix: 'F', creditNotePrefix: 'C', digits: 4 },
      },
    });
    await see(
      observe(SALE),
      observe(order([line('10.00', {})], { id: 2 })),
      observe({ ...SALE, id: 3 }),
    );
    await bench.intake.acceptRefunds({ shop: 'main', source: 'poll', refunds: [REFUND] });
    const all = await bench.store.listDocuments({}, { limit: 10 });
    expect(all.map(({ document }) => document.number).sort()).toEqual([
      'C2026-0001',
      'F2026-0001',
      'F2026-0002',
    ]);
  });
});

describe('rule 6: newest wins', () => {
  it('an older observation changes nothing', async () => {
    await see(observe(later(SALE, 10, { status: 'on-hold' })));
    expect(await see(observe(SALE))).toMatchObject([{ outcome: 'stale', state: 'parked' }]);
    expect(await documents()).toEqual([]);
  });

  it('among equal times the later read wins, and an earlier read asks for a fresh one', async () => {
    const parked = { ...SALE, status: 'on-hold' };
    await see(observe(parked, { readAt: '2026-11-20T11:00:00.000Z' }));
    const early = observe({ ...SALE, status: 'pending' }, { readAt: '2026-11-20T10:59:59.000Z' });
    expect(await see(early)).toMatchObject([{ outcome: 'unsettled' }]);
    expect(await stored()).toMatchObject({ status: 'on-hold' });
    const late = observe(SALE, { readAt: '2026-11-20T11:00:01.000Z' });
    expect(await see(late)).toMatchObject([{ outcome: 'changed', state: 'forwarded' }]);
  });

  it('any sequence of observations, in any order, with repeats, ends as the newest alone', async () => {
    const statuses = ['pending', 'on-hold', 'cancelled', 'checkout-draft', 'partly-shipped'];
    const version = fc.record({
      status: fc.constantFrom(...statuses),
      minute: fc.integer({ min: 0, max: 3 }),
      net: fc.constantFrom('16.49', '10.00', '0.00'),
    });
    let id = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(version, { minLength: 1, maxLength: 6 }),
        fc.infiniteStream(fc.nat({ max: 5 })),
        async (versions, picks) => {
          id += 1;
          const seen = versions.map(({ status, minute, net }, index) => {
            const base = order([line(net, { '1': '2.10' })], { id, number: String(id), status });
            const readAt = `2026-11-20T11:00:0${index}.000Z`;
            return observe(later(base, minute), { readAt });
          });
          const shuffled = [...picks.take(12)].map((pick) => seen[pick % seen.length]);
          const replay = [...shuffled, ...seen].flatMap((one) => one ?? []);
          for (const one of replay) await bench.intake.accept([one]);
          const newest = [...seen].sort(byTime).at(-1);
          const end = await bench.store.order('main', id);
          expect(end).toMatchObject({
            contentHash: newest?.contentHash,
            status: newest?.order.status,
            modifiedAt: newest?.order.modifiedAt,
          });
          expect(end?.state).toBe(
            ['cancelled', 'checkout-draft'].includes(end?.status ?? '') ? 'ignored' : 'parked',
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('any sequence in which an order becomes eligible books it exactly once', async () => {
    const statuses = ['pending', 'on-hold', 'processing', 'completed'];
    let id = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...statuses), fc.nat({ max: 5 })), {
          minLength: 1,
          maxLength: 8,
        }),
        async (steps) => {
          id += 1;
          for (const [index, [status, minute]] of steps.entries()) {
            const seen = later({ ...SALE, id, number: String(id), status }, minute);
            await bench.intake.accept([
              observe(seen, { readAt: `2026-11-20T11:00:0${index}.000Z` }),
            ]);
          }
          const made = await bench.store.documentsOf('main', id);
          const end = await bench.store.order('main', id);
          expect(made.length).toBe(end?.state === 'forwarded' ? 1 : 0);
          if (end?.status === 'processing' || end?.status === 'completed') {
            expect(end.state).toBe('forwarded');
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  function byTime(a: Observation, b: Observation): number {
    if (a.kind !== 'order' || b.kind !== 'order') return 0;
    const [left, right] = [a, b].map((one) => `${one.order.modifiedAt} ${one.readAt}`);
    return (left ?? '') < (right ?? '') ? -1 : 1;
  }
});

describe('rule 3: an issued document never changes', () => {
  it('shows what the shop changed after booking, field by field', async () => {
    await see(observe(SALE));
    await see(observe(later(order([line('20.00', { '1': '4.20' })]), 5)));
    const { state, changes } = await stored();
    expect(state).toBe('forwarded');
    expect(changes).toContainEqual({ field: 'total', booked: '19.95', now: '24.20' });
    expect(await documents()).toMatchObject([{ grossMinor: 1995 }]);
  });

  it('takes the ordinary life of an order for no change', async () => {
    await see(observe(SALE));
    await see(observe(later(SALE, 5, { status: 'completed', completedAt: SALE.modifiedAt })));
    expect(await stored()).toMatchObject({ state: 'forwarded', changes: [] });
  });

  it('shows a booked order that went back to a status that waits', async () => {
    await see(observe(SALE));
    await see(observe(later(SALE, 5, { status: 'on-hold' })));
    expect(await stored()).toMatchObject({ rule: 'statuses.forward', ruleLine: 12 });
    expect((await stored()).changes).toEqual([
      { field: 'status', booked: 'processing', now: 'on-hold' },
    ]);
  });

  it('credits a booked order in full when it is cancelled, once', async () => {
    await see(observe(SALE));
    const cancelled = later(SALE, 5, { status: 'cancelled' });
    await see(observe(cancelled));
    await see(observe(later(cancelled, 5, { customerNote: 'x' })));
    expect(await documents()).toMatchObject([
      { kind: 'invoice', number: '1042' },
      { kind: 'credit-note', number: '1042-C1', invoiceNumber: '1042', grossMinor: 1995 },
    ]);
    expect(await stored()).toMatchObject({ state: 'forwarded', changes: [] });
  });

  it('only flags it where the config says so', async () => {
    await bench.close();
    bench = await openIntake({ documents: { cancelledAfterBooking: 'flag' } });
    await see(observe(SALE));
    await see(observe(later(SALE, 5, { status: 'cancelled' })));
    expect(await documents()).toHaveLength(1);
    expect((await stored()).changes).toMatchObject([{ field: 'status', now: 'cancelled' }]);
  });
});

describe('refunds', () => {
  const refunded = later(SALE, 5, { refunds: [{ id: 66, grossMinor: 1995, reason: '' }] });

  it('asks for the lines of refunds it does not have, then credits each once', async () => {
    await see(observe(SALE));
    expect(await see(observe(refunded))).toMatchObject([{ wantsRefunds: true }]);
    const delivery = { shop: 'main', source: 'poll', refunds: [REFUND], complete: [1042] } as const;
    expect(await bench.intake.acceptRefunds(delivery)).toMatchObject({ credited: 1 });
    expect(await bench.intake.acceptRefunds(delivery)).toMatchObject({ credited: 0, unchanged: 1 });
    expect(await see(observe(refunded))).toMatchObject([{ wantsRefunds: false }]);
    expect((await documents()).map(({ number }) => number)).toEqual(['1042', '1042-C1']);
  });

  it('wait while the order is parked, and are credited with its invoice', async () => {
    await see(observe({ ...SALE, status: 'on-hold' }));
    const answer = await bench.intake.acceptRefunds({
      shop: 'main',
      source: 'poll',
      refunds: [REFUND],
    });
    expect(answer).toMatchObject({ waiting: 1, credited: 0 });
    await see(observe(refunded));
    expect((await documents()).map(({ number }) => number)).toEqual(['1042', '1042-C1']);
  });

  it('that cannot be credited block the order and keep its invoice', async () => {
    await see(observe(SALE));
    const tooMuch = refund(67, '25.00');
    await bench.intake.acceptRefunds({ shop: 'main', source: 'poll', refunds: [tooMuch] });
    expect(await stored()).toMatchObject({
      state: 'blocked',
      reason: expect.stringContaining('more than the 19.95 EUR left'),
    });
    expect(await documents()).toHaveLength(1);
  });

  it('of unknown orders are told', async () => {
    const foreign = { ...REFUND, orderId: 7 };
    const answer = await bench.intake.acceptRefunds({
      shop: 'main',
      source: 'poll',
      refunds: [foreign],
    });
    expect(answer.unknownOrders).toEqual([7]);
  });

  it('deleted after they were credited are shown, and the credit note stands', async () => {
    bench.setNow('2026-11-20T11:00:00.000Z');
    await see(observe(refunded, { refunds: [REFUND] }));
    const without = { ...refunded, refunds: [] };
    await see(observe(without, { readAt: '2026-11-20T12:00:00.000Z' }));
    expect((await stored()).changes).toMatchObject([
      { field: 'refund 66', now: 'deleted in the shop' },
    ]);
    expect(await documents()).toHaveLength(2);
  });

  it('on a cancelled order are covered by its credit note', async () => {
    await see(observe(SALE));
    await see(observe(later(SALE, 5, { status: 'cancelled' })));
    await bench.intake.acceptRefunds({ shop: 'main', source: 'poll', refunds: [REFUND] });
    expect(await documents()).toHaveLength(2);
    const [kept] = await bench.store.refundsOf('main', 1042);
    expect(kept).toMatchObject({
      state: 'credited',
      documentKey: 'main/1042/credit-note/cancelled',
    });
  });
});

describe('orders that leave the shop', () => {
  it('are withdrawn; one that was booked says so', async () => {
    await see(observe(SALE));
    await see(gone('trashed', 1042));
    expect(await stored()).toMatchObject({
      state: 'withdrawn',
      reason: expect.stringContaining('invoice 1042 was made'),
      changes: [{ field: 'order', booked: '1042', now: 'trashed' }],
    });
  });

  it('come back when they are restored, and are booked once', async () => {
    await see(observe(SALE));
    await see(gone('deleted', 1042));
    await see(observe(SALE, { readAt: '2026-11-20T11:59:45.000Z' }));
    expect(await stored()).toMatchObject({ state: 'forwarded', changes: [] });
    expect(await documents()).toHaveLength(1);
  });

  it('are known even where nobody read them before', async () => {
    await see(gone('deleted', 1042));
    expect(await stored()).toMatchObject({ state: 'withdrawn' });
    await see(observe(SALE, { readAt: '2026-11-20T11:59:45.000Z' }));
    expect(await stored()).toMatchObject({ state: 'forwarded' });
  });
});

describe('the look-back', () => {
  const parked = { ...SALE, status: 'on-hold' };

  it('expires what is past it, and nothing else', async () => {
    await see(observe(parked));
    expect(await bench.intake.expire('main', [1042])).toEqual([]);
    bench.setNow('2026-11-24T00:00:00.000Z');
    expect(await bench.intake.expire('main', [1042])).toMatchObject([{ state: 'expired' }]);
    await see(observe(parked, { readAt: '2026-11-24T00:01:00.000Z' }));
    expect(await stored()).toMatchObject({ state: 'expired' });
  });

  it('does not hold back an expired order whose status became eligible', async () => {
    await see(observe(parked));
    bench.setNow('2026-11-24T00:00:00.000Z');
    await bench.intake.expire('main', [1042]);
    await see(observe(later(SALE, 40_000), { readAt: '2026-11-30T00:01:00.000Z' }));
    expect(await stored()).toMatchObject({ state: 'forwarded' });
  });

  it('starts anew when a person rechecks', async () => {
    await see(observe(parked));
    bench.setNow('2026-11-24T00:00:00.000Z');
    await bench.intake.expire('main', [1042]);
    await see(observe(parked, { readAt: '2026-11-24T00:01:00.000Z', source: 'manual' }));
    expect(await stored()).toMatchObject({
      state: 'parked',
      expiresAt: '2026-12-15T00:00:00.000Z',
    });
  });
});

describe('a person’s decision', () => {
  it('stands above the rules until it is lifted', async () => {
    await see(observe({ ...SALE, status: 'on-hold' }));
    expect(await bench.intake.decide('main', 1042, 'ignore')).toMatchObject({ state: 'ignored' });
    await see(observe(later(SALE, 5)));
    expect(await stored()).toMatchObject({ state: 'ignored', rule: 'decision' });
    expect(await bench.intake.decide('main', 1042, null)).toMatchObject({ state: 'forwarded' });
  });

  it('books an order that waits', async () => {
    await see(observe({ ...SALE, status: 'on-hold' }));
    expect(await bench.intake.decide('main', 1042, 'forward')).toMatchObject({
      state: 'forwarded',
    });
    expect(await documents()).toHaveLength(1);
    expect(await bench.intake.decide('main', 7, 'forward')).toBeUndefined();
  });
});
