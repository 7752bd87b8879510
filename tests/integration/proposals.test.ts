import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Document } from '../../src/documents/document.js';
import type { Order } from '../../src/orders/order.js';
import { gone } from '../support/intake.js';
import { later, naming, type OneOrder, openOneOrder } from '../support/one-order.js';
import { line, order, refund, refundLine } from '../support/orders.js';

/** "Credit and book again": what the shop changed after booking becomes a proposal, and what comes of it. */
const SALE = order([line('16.49', { '1': '3.46' })], { id: 1042 });
const DEARER = later(order([line('20.00', { '1': '4.20' })], { id: 1042 }), 5);
const REFUND = refund(66, '12.10', [refundLine('10.00', { '1': '2.10' })]);

let one: OneOrder;
beforeEach(async () => {
  one = await openOneOrder();
});
afterEach(() => one.bench.close());

async function reopen(options: Parameters<typeof openOneOrder>[0]) {
  await one.bench.close();
  one = await openOneOrder(options);
}

const propose = () => one.bench.intake.propose('main', 1042);
const accept = (mark: string) => one.bench.intake.acceptProposal('main', 1042, mark);

async function proposed() {
  const proposal = await propose();
  if (proposal?.kind !== 'proposal') throw new Error(`no proposal: ${JSON.stringify(proposal)}`);
  return proposal;
}

async function acceptWhatIsProposed() {
  const accepted = await accept((await proposed()).mark);
  if (accepted?.kind !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(accepted)}`);
  return accepted;
}

const brief = (documents: readonly Document[]) =>
  documents.map(({ number, grossMinor }) => [number, grossMinor]);
/** What the books say of the order, credit notes taken off. */
const inBooks = (documents: readonly Document[]) =>
  documents.reduce(
    (sum, { kind, grossMinor }) => sum + (kind === 'invoice' ? grossMinor : -grossMinor),
    0,
  );

describe('an order that was changed after it was booked', () => {
  beforeEach(async () => {
    await one.see(SALE);
    await one.see(DEARER);
  });

  it('is proposed to be credited and booked again, and nothing is done yet', async () => {
    const proposal = await proposed();
    expect(brief(proposal.documents)).toEqual([
      ['1042-C1', 1995],
      ['1042-2', 2420],
    ]);
    expect(proposal.order).toMatchObject({ state: 'forwarded', changes: [] });
    expect(await one.numbers()).toEqual(['1042']);
    expect((await one.stored()).changes).not.toEqual([]);
  });

  it('is credited and booked again once a person accepts that', async () => {
    await acceptWhatIsProposed();
    const documents = await one.documents();
    expect(documents).toMatchObject([
      { key: 'main/1042/invoice', number: '1042' },
      { key: 'main/1042/credit-note/replaced', invoiceNumber: '1042', date: '2026-11-20' },
      { key: 'main/1042/invoice-2', round: 2, replaces: '1042', date: '2026-11-20' },
    ]);
    expect(await one.stored()).toMatchObject({
      state: 'forwarded',
      source: 'manual',
      reason: 'Invoice 1042-2 was made in place of 1042.',
      changes: [],
    });
    const postings = await one.bench.store.postingsOf(documents.map(({ key }) => key));
    expect(postings.map(({ state }) => state)).toEqual(['queued', 'queued', 'queued']);
    const history = await one.bench.store.history('main', 1042);
    expect(history.at(-1)).toMatchObject({ source: 'manual', to: 'forwarded' });
  });

  it('is booked again once, however often the same proposal is accepted', async () => {
    const { mark } = await proposed();
    expect(await accept(mark)).toMatchObject({ kind: 'accepted' });
    expect(await accept(mark)).toMatchObject({ kind: 'none', fix: 'There is nothing to do.' });
    const both = await Promise.all([accept(mark), accept(mark)]);
    expect(both.map((each) => each?.kind)).toEqual(['none', 'none']);
    expect(await one.numbers()).toEqual(['1042', '1042-C1', '1042-2']);
  });

  it('is left alone where it has changed since it was proposed', async () => {
    const { mark } = await proposed();
    await one.see(later(order([line('30.00', { '1': '6.30' })], { id: 1042 }), 9));
    expect(await accept(mark)).toEqual({ kind: 'outdated' });
    expect(await one.numbers()).toEqual(['1042']);
    expect(brief((await proposed()).documents)).toMatchObject([{}, ['1042-2', 3630]]);
  });

  it('and changed again is credited and booked a third time', async () => {
    await acceptWhatIsProposed();
    await one.see(later(SALE, 20));
    expect((await one.stored()).changes).not.toEqual([]);
    await acceptWhatIsProposed();
    expect(brief(await one.documents())).toEqual([
      ['1042', 1995],
      ['1042-C1', 1995],
      ['1042-2', 2420],
      ['1042-2-C1', 2420],
      ['1042-3', 1995],
    ]);
    expect(await one.stored()).toMatchObject({ changes: [] });
  });

  it('has later refunds and a cancellation credited against the invoice that stands', async () => {
    await acceptWhatIsProposed();
    await one.see(later(naming(DEARER, REFUND), 10), [REFUND]);
    await one.see(later(naming(DEARER, REFUND), 20, { status: 'cancelled' }));
    expect((await one.documents()).slice(3)).toMatchObject([
      { key: 'main/1042/credit-note-2/66', number: '1042-2-C1', invoiceNumber: '1042-2' },
      { key: 'main/1042/credit-note-2/cancelled', number: '1042-2-C2', grossMinor: 1210 },
    ]);
    expect(inBooks(await one.documents())).toBe(0);
  });

  it('keeps what it was if its new document cannot be made', async () => {
    const odd = later(order([line('20.00', { '99': '4.00' })], { id: 1042 }), 9);
    await one.see(odd);
    expect(await propose()).toMatchObject({ kind: 'none', fix: expect.stringMatching(/./) });
    expect(await one.numbers()).toEqual(['1042']);
  });

  it('keeps what it was if the number of its new invoice is taken', async () => {
    await one.see({ ...SALE, id: 7, number: '1042-2' });
    expect(await propose()).toMatchObject({
      kind: 'none',
      reason: 'Its invoice number 1042-2 is already that of order 1042-2.',
    });
    expect(await one.numbers()).toEqual(['1042']);
  });

  it('is not booked again while its status would not be booked', async () => {
    await one.see(later(DEARER, 9, { status: 'on-hold' }));
    expect(await propose()).toMatchObject({
      kind: 'none',
      reason: expect.stringMatching(/^As its status is now, it would not be booked again\./),
    });
  });
});

describe('an order that is in the books as it is', () => {
  it('has nothing to correct', async () => {
    await one.see(SALE);
    expect(await propose()).toMatchObject({
      kind: 'none',
      reason: 'invoice 1042 says already what the order says now.',
    });
  });

  it('or was never booked, or is unknown, has no proposal', async () => {
    expect(await propose()).toBeUndefined();
    expect(await accept('0123456789abcdef')).toBeUndefined();
    await one.see({ ...SALE, status: 'on-hold' });
    expect(await propose()).toMatchObject({
      kind: 'none',
      fix: 'Forward the order, if it is to be booked.',
    });
  });
});

describe('refunds of an order that is booked again', () => {
  it('are credited once more, against the new invoice', async () => {
    await one.see(naming(SALE, REFUND), [REFUND]);
    await one.see(naming(DEARER, REFUND));
    const { documents } = await acceptWhatIsProposed();
    expect(brief(documents)).toEqual([
      ['1042-C2', 785],
      ['1042-2', 2420],
      ['1042-2-C1', 1210],
    ]);
    expect(await one.refunds()).toEqual([
      { id: 66, state: 'credited', documentKey: 'main/1042/credit-note-2/66' },
    ]);
    expect(inBooks(await one.documents())).toBe(2420 - 1210);
  });

  it('that the shop deleted before are in the books no more', async () => {
    await one.see(naming(SALE, REFUND), [REFUND]);
    await one.see(SALE);
    expect((await one.stored()).changes).toMatchObject([{ now: 'deleted in the shop' }]);
    await acceptWhatIsProposed();
    expect(inBooks(await one.documents())).toBe(1995);
    expect(await one.stored()).toMatchObject({ changes: [] });
  });

  it('and that come back after all are credited against the invoice that stands', async () => {
    await one.see(naming(SALE, REFUND), [REFUND]);
    await one.see(SALE);
    await acceptWhatIsProposed();
    await one.see(later(naming(SALE, REFUND), 9));
    await one.deliver([REFUND], [1042]);
    expect(await one.refunds()).toEqual([
      { id: 66, state: 'credited', documentKey: 'main/1042/credit-note-2/66' },
    ]);
    expect(inBooks(await one.documents())).toBe(1995 - 1210);
  });

  it('that gave back what was added after booking are no obstacle any more', async () => {
    const cap = line('10.00', { '1': '2.10' }, { name: 'Cap', sku: 'CAP-1' });
    const both = later(order([line('16.49', { '1': '3.46' }), cap], { id: 1042 }), 5);
    const back = refund(66, '12.10', [
      refundLine('10.00', { '1': '2.10' }, { name: 'Cap', sku: 'CAP-1' }),
    ]);
    await one.see(SALE);
    await one.see(naming(both, back), [back]);
    expect(await one.stored()).toMatchObject({ state: 'blocked' });
    await acceptWhatIsProposed();
    expect(await one.stored()).toMatchObject({ state: 'forwarded', changes: [] });
    expect(inBooks(await one.documents())).toBe(1995);
  });

  it('whose trouble a person had taken over are looked at anew', async () => {
    await one.see(naming(SALE, refund(67, '25.00')), [refund(67, '25.00')]);
    await one.bench.intake.decide('main', 1042, 'ignore');
    await one.see(later(naming(order([line('30.00', { '1': '6.30' })]), refund(67, '25.00')), 5));
    await acceptWhatIsProposed();
    expect(await one.stored()).toMatchObject({ state: 'forwarded', decision: null, changes: [] });
    expect(inBooks(await one.documents())).toBe(3630 - 2500);
  });
});

describe('an order that is not to be booked any more', () => {
  it('is credited only, where it was cancelled and the config leaves that to a person', async () => {
    await reopen({ documents: { cancelledAfterBooking: 'flag' } });
    await one.see(SALE);
    await one.see(later(DEARER, 5, { status: 'cancelled' }));
    expect((await one.stored()).changes).not.toEqual([]);
    const { documents } = await acceptWhatIsProposed();
    expect(documents).toMatchObject([{ key: 'main/1042/credit-note/cancelled', grossMinor: 1995 }]);
    expect(await one.stored()).toMatchObject({ state: 'forwarded', changes: [] });
    expect(await propose()).toMatchObject({ kind: 'none' });
  });

  it.each(['trashed', 'deleted'] as const)('is credited only, where it was %s', async (how) => {
    await one.see(SALE);
    await one.take((readAt) => gone(how, 1042, readAt));
    expect((await one.stored()).changes).toEqual([{ field: 'order', booked: '1042', now: how }]);
    await acceptWhatIsProposed();
    expect(inBooks(await one.documents())).toBe(0);
    expect(await one.stored()).toMatchObject({
      state: 'withdrawn',
      changes: [],
      reason: expect.stringContaining('invoice 1042 is credited in full by 1042-C1'),
    });
    await one.take((readAt) => gone(how, 1042, readAt));
    expect((await one.stored()).changes).toEqual([]);
    expect(await propose()).toMatchObject({ kind: 'none' });
  });

  it('is booked again once it is back', async () => {
    await one.see(SALE);
    await one.take((readAt) => gone('trashed', 1042, readAt));
    await acceptWhatIsProposed();
    await one.see(later(SALE, 5));
    expect((await one.stored()).changes).toEqual([
      { field: 'status', booked: 'cancelled (credited)', now: 'processing' },
    ]);
    const { documents } = await acceptWhatIsProposed();
    expect(brief(documents)).toEqual([['1042-2', 1995]]);
    expect(await one.stored()).toMatchObject({ state: 'forwarded', changes: [] });
  });

  it('is told from one that only a later `since` leaves out, which is not taken out of the books', async () => {
    await one.see(SALE);
    await one.see(DEARER);
    const { store } = one.bench;
    const moved = await openOneOrder({ store, shop: { since: '2026-11-10T00:00:00.000Z' } });
    const { intake } = moved.bench;
    expect(await intake.propose('main', 1042)).toMatchObject({
      kind: 'none',
      reason: expect.stringContaining('since'),
      fix: 'Forward the order first, if it is to be booked again.',
    });
    await intake.decide('main', 1042, 'forward');
    expect(await intake.propose('main', 1042)).toMatchObject({
      kind: 'proposal',
      documents: [{ number: '1042-C1' }, { number: '1042-2' }],
    });
    await moved.bench.close();
  });

  it('below zero needs a person', async () => {
    const owed = order([line('-16.49', { '1': '-3.46' })], { id: 1042 });
    await one.see(owed);
    await one.see(later(order([line('-20.00', { '1': '-4.20' })], { id: 1042 }), 5));
    expect(await propose()).toMatchObject({ kind: 'none', fix: 'Correct it by hand.' });
  });
});

describe('a document of a later round', () => {
  it('is dated on the day it is made, or on the first open day after a closed period', async () => {
    await one.see(SALE);
    await one.see(DEARER);
    const { store } = one.bench;
    const closed = await openOneOrder({
      store,
      documents: { lockedThrough: { date: '2026-11-25', then: 'next-open-day' } },
    });
    const proposal = await closed.bench.intake.propose('main', 1042);
    expect(proposal).toMatchObject({
      documents: [{ date: '2026-11-26' }, { date: '2026-11-26' }],
    });
    await closed.bench.close();
  });

  it('is drawn from the sequence of its year, which an unaccepted proposal leaves without a gap', async () => {
    const numbering = {
      from: 'sequence',
      invoicePrefix: 'F',
      creditNotePrefix: 'C',
      digits: 3,
    } as const;
    await reopen({ documents: { numbering } });
    await one.see(SALE);
    await one.see(DEARER);
    await proposed();
    await proposed();
    await one.see({ ...SALE, id: 7, number: '7' });
    expect(brief((await acceptWhatIsProposed()).documents)).toEqual([
      ['C2026-001', 1995],
      ['F2026-003', 2420],
    ]);
  });

  it('has the number that an invoice plugin gave since, and else the old one with its round', async () => {
    const numbered = (number: string): Partial<Order> => ({
      meta: [{ key: '_wcpdf_invoice_number', value: number }],
    });
    await reopen({ documents: { numbering: { from: 'meta', key: '_wcpdf_invoice_number' } } });
    await one.see({ ...SALE, ...numbered('F70') });
    await one.see({ ...DEARER, ...numbered('F70') });
    await acceptWhatIsProposed();
    await one.see(later(SALE, 20, numbered('F81')));
    await acceptWhatIsProposed();
    expect(await one.numbers()).toEqual(['F70', 'F70-C1', 'F70-2', 'F70-2-C1', 'F81']);
  });

  it('books what the payment provider kept once only', async () => {
    const fee: Partial<Order> = {
      meta: [
        { key: '_stripe_fee', value: '0.55' },
        { key: '_stripe_currency', value: 'EUR' },
      ],
    };
    await one.see({ ...SALE, ...fee });
    await one.see({ ...DEARER, ...fee });
    await acceptWhatIsProposed();
    const fees = (await one.documents()).map(({ gatewayFee }) => gatewayFee?.amountMinor);
    expect(fees).toEqual([55, undefined, undefined]);
  });
});

describe('the books', () => {
  const change = fc.oneof(
    fc.record({
      kind: fc.constant('edit' as const),
      cents: fc.integer({ min: 1_000, max: 9_999 }),
    }),
    fc.record({ kind: fc.constant('refund' as const), cents: fc.integer({ min: 1, max: 99 }) }),
    fc.record({ kind: fc.constant('unrefund' as const) }),
    fc.record({ kind: fc.constant('accept' as const) }),
  );

  it('say what the shop says after any series of edits, refunds and acceptances', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 10 }), async (changes) => {
        await reopen({});
        let minutes = 0;
        let seen = SALE;
        let refunds = [refund(1, '0.00')].slice(1);
        const show = async () => {
          minutes += 5;
          await one.see(later(naming(seen, ...refunds), minutes));
          await one.deliver(refunds, [1042]);
        };
        await show();
        for (const [index, each] of [...changes, { kind: 'accept' as const }].entries()) {
          switch (each.kind) {
            case 'edit': {
              const tax = Math.round(each.cents * 0.21);
              const shown = (cents: number) => (cents / 100).toFixed(2);
              seen = order([line(shown(each.cents), { '1': shown(tax) })], { id: 1042 });
              break;
            }
            case 'refund':
              refunds = [...refunds, refund(100 + index, (each.cents / 100).toFixed(2))];
              break;
            case 'unrefund':
              refunds = refunds.slice(1);
              break;
            case 'accept': {
              const proposal = await propose();
              if (proposal?.kind === 'proposal') await accept(proposal.mark);
            }
          }
          if (each.kind !== 'accept') await show();
        }
        const { state, changes: left } = await one.stored();
        const refunded = refunds.reduce((sum, { grossMinor }) => sum + grossMinor, 0);
        expect({ state, left }).toEqual({ state: 'forwarded', left: [] });
        expect(inBooks(await one.documents())).toBe(seen.grossMinor - refunded);
        const numbers = await one.numbers();
        expect(new Set(numbers).size).toBe(numbers.length);
      }),
      { numRuns: 40 },
    );
  });
});
