import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Refund } from '../../src/orders/order.js';
import { gone, observe, openIntake } from '../support/intake.js';
import { later, naming, type OneOrder, openOneOrder } from '../support/one-order.js';
import { line, order, refund, refundLine } from '../support/orders.js';

/** What an accountant may see happen to an order after it was booked. */
const SALE = order([line('16.49', { '1': '3.46' })], { id: 1042 });
const FIRST = refund(66, '19.95', [refundLine('16.49', { '1': '3.46' })]);
const AGAIN: Refund = { ...FIRST, id: 68 };

let one: OneOrder;
beforeEach(async () => {
  one = await openOneOrder();
});
afterEach(() => one.bench.close());

describe('a refund that was deleted and made anew', () => {
  beforeEach(async () => {
    await one.see(naming(SALE, FIRST), [FIRST]);
    await one.see(SALE);
  });

  it('alike is covered by the credit note of the first', async () => {
    await one.see(later(naming(SALE, AGAIN), 5), [AGAIN]);
    expect(await one.numbers()).toEqual(['1042', '1042-C1']);
    expect(await one.stored()).toMatchObject({ state: 'forwarded', changes: [] });
    expect(await one.refunds()).toEqual([
      { id: 66, state: 'deleted', documentKey: 'main/1042/credit-note/66' },
      { id: 68, state: 'credited', documentKey: 'main/1042/credit-note/66' },
    ]);
  });

  it('and deleted once more leaves that credit note without a refund, which is shown', async () => {
    await one.see(later(naming(SALE, AGAIN), 5), [AGAIN]);
    await one.see(later(SALE, 6));
    expect((await one.stored()).changes).toMatchObject([{ now: 'deleted in the shop' }]);
    const third = { ...FIRST, id: 70 };
    await one.see(later(naming(SALE, third), 7), [third]);
    expect(await one.numbers()).toEqual(['1042', '1042-C1']);
    expect(await one.stored()).toMatchObject({ state: 'forwarded', changes: [] });
  });

  it('of another amount says which credit note is in its way', async () => {
    await one.see(later(naming(SALE, { ...AGAIN, grossMinor: 500 }), 5), [refund(68, '5.00')]);
    expect(await one.stored()).toMatchObject({
      state: 'blocked',
      reason: expect.stringContaining('1042-C1 of refund 66, which the shop has deleted'),
    });
  });

  it('while the first is there after all has a credit note of its own', async () => {
    const half = order([line('16.49', { '1': '3.46' }, { quantity: '2' })]);
    await one.bench.close();
    one = await openOneOrder();
    const first = refund(66, '5.00');
    const second = refund(68, '5.00');
    await one.see(naming(half, first), [first]);
    await one.see(half);
    await one.see(later(naming(half, second), 5), [second]);
    expect(await one.numbers()).toEqual(['1042', '1042-C1']);
    await one.see(later(naming(half, first, second), 6));
    await one.deliver([first, second], [1042]);
    expect(await one.numbers()).toEqual(['1042', '1042-C1', '1042-C2']);
    expect(await one.stored()).toMatchObject({ state: 'forwarded', changes: [] });
  });
});

describe('an order that left the shop', () => {
  it.each(['trashed', 'deleted'] as const)(
    '(%s) stays so when its refunds are read',
    async (how) => {
      await one.see(naming(SALE, FIRST), [FIRST]);
      await one.take((readAt) => gone(how, 1042, readAt));
      await one.deliver([], [1042]);
      expect(await one.stored()).toMatchObject({ state: 'withdrawn' });
      expect(await one.refunds()).toMatchObject([{ id: 66, state: 'credited' }]);
    },
  );

  it('has its refunds credited once it is restored', async () => {
    await one.see(SALE);
    await one.take((readAt) => gone('trashed', 1042, readAt));
    expect(await one.deliver([FIRST])).toMatchObject({ waiting: 1, credited: 0 });
    expect(await one.stored()).toMatchObject({ state: 'withdrawn' });
    expect(await one.numbers()).toEqual(['1042']);
    await one.see(later(naming(SALE, FIRST), 5));
    expect(await one.stored()).toMatchObject({ state: 'forwarded', changes: [] });
    expect(await one.numbers()).toEqual(['1042', '1042-C1']);
  });

  it('can have expired before', async () => {
    await one.see({ ...SALE, status: 'on-hold' });
    one.bench.setNow('2026-12-24T00:00:00.000Z');
    await one.bench.intake.expire('main', [1042]);
    await one.bench.intake.accept([gone('trashed', 1042, '2026-12-24T00:00:01.000Z')]);
    expect(await one.stored()).toMatchObject({ state: 'withdrawn', changes: [] });
  });
});

describe('a cancelled order', () => {
  const cancelled = later(SALE, 5, { status: 'cancelled' });

  it('whose refunds had left nothing is answered by them', async () => {
    await one.see(naming(SALE, FIRST), [FIRST]);
    await one.see(naming(cancelled, FIRST));
    expect(await one.numbers()).toEqual(['1042', '1042-C1']);
    expect(await one.stored()).toMatchObject({ state: 'forwarded', changes: [] });
  });

  it('of a zero total has nothing to answer', async () => {
    const free = order([line('0.00', { '1': '0.00' })]);
    await one.see(free);
    await one.see(later(free, 5, { status: 'cancelled' }));
    expect(await one.stored()).toMatchObject({ state: 'forwarded', changes: [] });
  });

  it('whose refund is deleted is credited all the same, and nothing is shown', async () => {
    await one.see(SALE);
    await one.see(cancelled);
    await one.see(naming(later(cancelled, 1), FIRST), [FIRST]);
    await one.see(later(cancelled, 2));
    expect(await one.refunds()).toMatchObject([{ id: 66, state: 'deleted' }]);
    expect(await one.stored()).toMatchObject({ state: 'forwarded', changes: [] });
    expect(await one.numbers()).toEqual(['1042', '1042-C1']);
  });

  it('below zero is not credited a second time, and needs a person', async () => {
    const owed = order([line('-16.49', { '1': '-3.46' })]);
    await one.see(owed);
    await one.see(later(owed, 5, { status: 'cancelled' }));
    expect(await one.numbers()).toEqual(['1042']);
    expect(await one.stored()).toMatchObject({ state: 'blocked' });
  });

  it('that is opened again is shown, and cancelled again is credited once', async () => {
    await one.see(SALE);
    await one.see(cancelled);
    await one.see(later(SALE, 10));
    expect((await one.stored()).changes).toEqual([
      { field: 'status', booked: 'cancelled (credited)', now: 'processing' },
    ]);
    await one.see(later(cancelled, 20));
    expect(await one.numbers()).toEqual(['1042', '1042-C1']);
    expect(await one.stored()).toMatchObject({ changes: [] });
  });
});

describe('a person’s `ignore` of a booked order', () => {
  it('changes nothing that is booked, and shows no change', async () => {
    await one.see(SALE);
    expect(await one.bench.intake.decide('main', 1042, 'ignore')).toMatchObject({
      state: 'forwarded',
      changes: [],
    });
  });

  it('leaves to that person what blocks it', async () => {
    await one.see(SALE);
    await one.deliver([refund(67, '25.00')]);
    expect(await one.stored()).toMatchObject({ state: 'blocked' });
    expect(await one.bench.intake.decide('main', 1042, 'ignore')).toMatchObject({
      state: 'forwarded',
      reason: expect.stringMatching(
        /^Invoice 1042 was made\. Left to a person: Refund 67 of 25\.00/,
      ),
    });
    expect(await one.refunds()).toMatchObject([{ id: 67, state: 'blocked' }]);
    expect(await one.bench.intake.decide('main', 1042, null)).toMatchObject({ state: 'blocked' });
  });
});

describe('refunds that wait', () => {
  it('for an order that is then left out are credited if it is booked after all', async () => {
    await one.see({ ...SALE, status: 'on-hold' });
    await one.deliver([FIRST]);
    await one.see(later(SALE, 5, { status: 'cancelled', refunds: naming(SALE, FIRST).refunds }));
    expect(await one.stored()).toMatchObject({ state: 'ignored' });
    expect(await one.refunds()).toMatchObject([{ id: 66, state: 'waiting' }]);
    expect(await one.bench.intake.decide('main', 1042, 'forward')).toMatchObject({
      state: 'forwarded',
    });
    expect(await one.numbers()).toEqual(['1042', '1042-C1']);
  });
});

describe('own numbers', () => {
  const numbering = {
    from: 'sequence',
    invoicePrefix: '',
    creditNotePrefix: 'C',
    digits: 4,
  } as const;

  it('begin anew with the year of the document’s date, for each kind', async () => {
    await one.bench.close();
    one = await openOneOrder({ documents: { numbering }, shop: { since: '2025-01-01T00:00:00Z' } });
    const newYear = { paidAt: '2025-12-31T23:30:00.000Z', createdAt: '2025-12-31T22:00:00.000Z' };
    await one.see({ ...SALE, id: 1, ...newYear, paidAt: '2025-12-31T22:30:00.000Z' });
    await one.see({ ...SALE, id: 2, ...newYear });
    await one.see({ ...SALE, id: 3 });
    await one.deliver([{ ...FIRST, orderId: 1 }]);
    const all = await one.bench.store.listDocuments({}, { limit: 10 });
    expect(all.map(({ document }) => `${document.orderId} ${document.number}`).sort()).toEqual([
      '1 2025-0001',
      '1 C2026-0001',
      '2 2026-0001',
      '3 2026-0002',
    ]);
  });

  it('pass over one that a document of another numbering has already', async () => {
    await one.see({ ...SALE, id: 1, number: '2026-0001' });
    const { store } = one.bench;
    const sequenced = await openIntake({ documents: { numbering }, store });
    await sequenced.intake.accept([observe(SALE)]);
    expect(await one.stored()).toMatchObject({ state: 'forwarded' });
    expect(await one.numbers()).toEqual(['2026-0002']);
    await sequenced.close();
  });
});
