import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Observation } from '../../src/orders/observation.js';
import type { Order, Refund } from '../../src/orders/order.js';
import { gone, type IntakeBench, observe, openIntake } from '../support/intake.js';
import { line, order, refund, refundLine } from '../support/orders.js';

/** What an accountant may see happen to an order after it was booked. */
const SALE = order([line('16.49', { '1': '3.46' })], { id: 1042 });
const FIRST = refund(66, '19.95', [refundLine('16.49', { '1': '3.46' })]);
const AGAIN: Refund = { ...FIRST, id: 68 };

let bench: IntakeBench;
beforeEach(async () => {
  bench = await openIntake();
  bench.setNow('2026-11-20T10:00:00.000Z');
});
afterEach(() => bench.close());

let second = 0;
/** Reads come one after the other, and intake is told a second after each. */
async function see(seen: Order, refunds?: readonly Refund[]) {
  const readAt = nextInstant();
  await bench.intake.accept([observe(seen, { readAt, ...(refunds ? { refunds } : {}) })]);
}

async function deliver(refunds: readonly Refund[], complete: readonly number[] = []) {
  nextInstant();
  return bench.intake.acceptRefunds({ shop: 'main', source: 'poll', refunds, complete });
}

function nextInstant(): string {
  second += 2;
  const at = (seconds: number) =>
    new Date(Date.parse('2026-11-20T12:00:00.000Z') + seconds * 1000).toISOString();
  bench.setNow(at(second + 1));
  return at(second);
}

async function stored() {
  const found = await bench.store.order('main', 1042);
  if (!found) throw new Error('order 1042 is not stored');
  return found;
}

async function numbers() {
  const found = await bench.store.documentsOf('main', 1042);
  return found.map(({ document }) => document.number);
}

async function refunds() {
  const found = await bench.store.refundsOf('main', 1042);
  return found.map(({ refund: { id }, state, documentKey }) => ({ id, state, documentKey }));
}

function naming(seen: Order, ...named: readonly Refund[]): Order {
  return { ...seen, refunds: named.map(({ id, grossMinor }) => ({ id, grossMinor, reason: '' })) };
}

function later(seen: Order, minutes: number, more: Partial<Order> = {}): Order {
  const modifiedAt = new Date(Date.parse(seen.modifiedAt) + minutes * 60_000).toISOString();
  return { ...seen, ...more, modifiedAt };
}

describe('a refund that was deleted and made anew', () => {
  beforeEach(async () => {
    await see(naming(SALE, FIRST), [FIRST]);
    await see(SALE);
  });

  it('alike is covered by the credit note of the first', async () => {
    await see(later(naming(SALE, AGAIN), 5), [AGAIN]);
    expect(await numbers()).toEqual(['1042', '1042-C1']);
    expect(await stored()).toMatchObject({ state: 'forwarded', changes: [] });
    expect(await refunds()).toEqual([
      { id: 66, state: 'deleted', documentKey: 'main/1042/credit-note/66' },
      { id: 68, state: 'credited', documentKey: 'main/1042/credit-note/66' },
    ]);
  });

  it('and deleted once more leaves that credit note without a refund, which is shown', async () => {
    await see(later(naming(SALE, AGAIN), 5), [AGAIN]);
    await see(later(SALE, 6));
    expect((await stored()).changes).toMatchObject([{ now: 'deleted in the shop' }]);
    const third = { ...FIRST, id: 70 };
    await see(later(naming(SALE, third), 7), [third]);
    expect(await numbers()).toEqual(['1042', '1042-C1']);
    expect(await stored()).toMatchObject({ state: 'forwarded', changes: [] });
  });

  it('of another amount says which credit note is in its way', async () => {
    await see(later(naming(SALE, { ...AGAIN, grossMinor: 500 }), 5), [refund(68, '5.00')]);
    expect(await stored()).toMatchObject({
      state: 'blocked',
      reason: expect.stringContaining('1042-C1 of refund 66, which the shop has deleted'),
    });
  });

  it('while the first is there after all has a credit note of its own', async () => {
    const half = order([line('16.49', { '1': '3.46' }, { quantity: '2' })]);
    await bench.close();
    bench = await openIntake();
    const one = refund(66, '5.00');
    const two = refund(68, '5.00');
    await see(naming(half, one), [one]);
    await see(half);
    await see(later(naming(half, two), 5), [two]);
    expect(await numbers()).toEqual(['1042', '1042-C1']);
    await see(later(naming(half, one, two), 6));
    await deliver([one, two], [1042]);
    expect(await numbers()).toEqual(['1042', '1042-C1', '1042-C2']);
    expect(await stored()).toMatchObject({ state: 'forwarded', changes: [] });
  });
});

describe('an order that left the shop', () => {
  it.each(['trashed', 'deleted'] as const)(
    '(%s) stays so when its refunds are read',
    async (how) => {
      await see(naming(SALE, FIRST), [FIRST]);
      await bench.intake.accept([gone(how, 1042, nextInstant())]);
      await deliver([], [1042]);
      expect(await stored()).toMatchObject({ state: 'withdrawn' });
      expect(await refunds()).toMatchObject([{ id: 66, state: 'credited' }]);
    },
  );

  it('has its refunds credited once it is restored', async () => {
    await see(SALE);
    const trashed: Observation = gone('trashed', 1042, nextInstant());
    await bench.intake.accept([trashed]);
    expect(await deliver([FIRST])).toMatchObject({ waiting: 1, credited: 0 });
    expect(await stored()).toMatchObject({ state: 'withdrawn' });
    expect(await numbers()).toEqual(['1042']);
    await see(later(naming(SALE, FIRST), 5));
    expect(await stored()).toMatchObject({ state: 'forwarded', changes: [] });
    expect(await numbers()).toEqual(['1042', '1042-C1']);
  });

  it('can have expired before', async () => {
    await see({ ...SALE, status: 'on-hold' });
    bench.setNow('2026-12-24T00:00:00.000Z');
    await bench.intake.expire('main', [1042]);
    await bench.intake.accept([gone('trashed', 1042, '2026-12-24T00:00:01.000Z')]);
    expect(await stored()).toMatchObject({ state: 'withdrawn', changes: [] });
  });
});

describe('a cancelled order', () => {
  const cancelled = later(SALE, 5, { status: 'cancelled' });

  it('whose refunds had left nothing is answered by them', async () => {
    await see(naming(SALE, FIRST), [FIRST]);
    await see(naming(cancelled, FIRST));
    expect(await numbers()).toEqual(['1042', '1042-C1']);
    expect(await stored()).toMatchObject({ state: 'forwarded', changes: [] });
  });

  it('of a zero total has nothing to answer', async () => {
    const free = order([line('0.00', { '1': '0.00' })]);
    await see(free);
    await see(later(free, 5, { status: 'cancelled' }));
    expect(await stored()).toMatchObject({ state: 'forwarded', changes: [] });
  });

  it('whose refund is deleted is credited all the same, and nothing is shown', async () => {
    await see(SALE);
    await see(cancelled);
    await see(naming(later(cancelled, 1), FIRST), [FIRST]);
    await see(later(cancelled, 2));
    expect(await refunds()).toMatchObject([{ id: 66, state: 'deleted' }]);
    expect(await stored()).toMatchObject({ state: 'forwarded', changes: [] });
    expect(await numbers()).toEqual(['1042', '1042-C1']);
  });

  it('below zero is not credited a second time, and needs a person', async () => {
    const owed = order([line('-16.49', { '1': '-3.46' })]);
    await see(owed);
    await see(later(owed, 5, { status: 'cancelled' }));
    expect(await numbers()).toEqual(['1042']);
    expect(await stored()).toMatchObject({ state: 'blocked' });
  });

  it('that is opened again is shown, and cancelled again is credited once', async () => {
    await see(SALE);
    await see(cancelled);
    await see(later(SALE, 10));
    expect((await stored()).changes).toEqual([
      { field: 'status', booked: 'cancelled (credited)', now: 'processing' },
    ]);
    await see(later(cancelled, 20));
    expect(await numbers()).toEqual(['1042', '1042-C1']);
    expect(await stored()).toMatchObject({ changes: [] });
  });
});

describe('a person’s `ignore` of a booked order', () => {
  it('changes nothing that is booked, and shows no change', async () => {
    await see(SALE);
    expect(await bench.intake.decide('main', 1042, 'ignore')).toMatchObject({
      state: 'forwarded',
      changes: [],
    });
  });

  it('leaves to that person what blocks it', async () => {
    await see(SALE);
    await deliver([refund(67, '25.00')]);
    expect(await stored()).toMatchObject({ state: 'blocked' });
    expect(await bench.intake.decide('main', 1042, 'ignore')).toMatchObject({
      state: 'forwarded',
      reason: expect.stringMatching(
        /^Invoice 1042 was made\. Left to a person: Refund 67 of 25\.00/,
      ),
    });
    expect(await refunds()).toMatchObject([{ id: 67, state: 'blocked' }]);
    expect(await bench.intake.decide('main', 1042, null)).toMatchObject({ state: 'blocked' });
  });
});

describe('refunds that wait', () => {
  it('for an order that is then left out are credited if it is booked after all', async () => {
    await see({ ...SALE, status: 'on-hold' });
    await deliver([FIRST]);
    await see(later(SALE, 5, { status: 'cancelled', refunds: naming(SALE, FIRST).refunds }));
    expect(await stored()).toMatchObject({ state: 'ignored' });
    expect(await refunds()).toMatchObject([{ id: 66, state: 'waiting' }]);
    expect(await bench.intake.decide('main', 1042, 'forward')).toMatchObject({
      state: 'forwarded',
    });
    expect(await numbers()).toEqual(['1042', '1042-C1']);
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
    await bench.close();
    bench = await openIntake({ documents: { numbering }, shop: { since: '2025-01-01T00:00:00Z' } });
    const newYear = { paidAt: '2025-12-31T23:30:00.000Z', createdAt: '2025-12-31T22:00:00.000Z' };
    await see({ ...SALE, id: 1, ...newYear, paidAt: '2025-12-31T22:30:00.000Z' });
    await see({ ...SALE, id: 2, ...newYear });
    await see({ ...SALE, id: 3 });
    await deliver([{ ...FIRST, orderId: 1 }]);
    const all = await bench.store.listDocuments({}, { limit: 10 });
    expect(all.map(({ document }) => `${document.orderId} ${document.number}`).sort()).toEqual([
      '1 2025-0001',
      '1 C2026-0001',
      '2 2026-0001',
      '3 2026-0002',
    ]);
  });

  it('pass over one that a document of another numbering has already', async () => {
    await see({ ...SALE, id: 1, number: '2026-0001' });
    const { store } = bench;
    const sequenced = await openIntake({ documents: { numbering }, store });
    await sequenced.intake.accept([observe(SALE)]);
    expect(await stored()).toMatchObject({ state: 'forwarded' });
    expect(await numbers()).toEqual(['2026-0002']);
    await sequenced.close();
  });
});
