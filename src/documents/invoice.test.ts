import { describe, expect, it } from 'vitest';
import { line, order } from '../../tests/support/orders.js';
import { DOCUMENT_SETTINGS } from '../../tests/support/settings.js';
import type { Order } from '../orders/order.js';
import { draftInvoice } from './invoice.js';
import type { DocumentSettings } from './settings.js';

const SHIRT = line('16.49', { '1': '3.46' });
const BOOK = line('22.48', { '4': '2.02' }, { name: 'Boek', taxClass: 'reduced-rate' });

function draft(sale: Order, more: Partial<DocumentSettings> = {}) {
  const drafted = draftInvoice(sale, { ...DOCUMENT_SETTINGS, ...more });
  if (drafted.kind !== 'draft') throw new Error(`${drafted.kind}: ${drafted.reason}`);
  return drafted.draft;
}

function refusal(sale: Order, more: Partial<DocumentSettings> = {}) {
  const drafted = draftInvoice(sale, { ...DOCUMENT_SETTINGS, ...more });
  if (drafted.kind !== 'blocked') throw new Error(`not blocked but ${drafted.kind}`);
  return drafted;
}

describe('the invoice of an order', () => {
  it('has the shop’s own gross and tax per rate, and nets that add up', () => {
    const invoice = draft(order([SHIRT, BOOK]));
    expect(invoice).toMatchObject({
      key: 'main/1042/invoice',
      kind: 'invoice',
      grossMinor: 4445,
      taxMinor: 548,
      netMinor: 3897,
      date: '2026-11-02',
      estimated: false,
    });
    expect(
      invoice.taxes.map(({ vat, baseMinor, taxMinor }) => [vat.code, baseMinor, taxMinor]),
    ).toEqual([
      ['NL21', 1649, 346],
      ['NL9', 2248, 202],
    ]);
  });

  it('is the same each time: same input, same answer', () => {
    const sale = order([SHIRT, BOOK]);
    expect(draft(sale)).toEqual(draft(structuredClone(sale)));
  });

  it('turns into a credit note below zero (recorded: x-negative-total)', () => {
    const note = draft(order([line('-41.32', { '1': '-8.68' }, { name: 'Inruil' }), SHIRT]));
    expect(note).toMatchObject({
      kind: 'credit-note',
      key: 'main/1042/credit-note',
      grossMinor: 3005,
    });
    expect(note.lines.map(({ netMinor }) => netMinor)).toEqual([4132, -1649]);
  });

  it('is owed, not paid, while the shop has no payment date', () => {
    expect(draft(order([SHIRT], { paidAt: null })).settlements).toEqual([
      { kind: 'receivable', method: 'ideal', title: 'iDEAL', amountMinor: 1995 },
    ]);
  });

  it('keeps a bundle’s children at zero as text', () => {
    const child = line('0.00', { '4': '0.00' }, { name: 'Kaart' });
    expect(draft(order([SHIRT, child])).lines.map(({ kind }) => kind)).toEqual(['product', 'text']);
  });

  it('tells coupons and discounts without subtracting them again', () => {
    const reduced = line('10.00', { '1': '2.10' }, { netBeforeDiscount: '15.00' });
    const coupons = [{ code: 'zomer', discountMinor: 500, discountTaxMinor: 105 }];
    expect(draft(order([reduced], { coupons }))).toMatchObject({
      grossMinor: 1210,
      discountMinor: 500,
      couponCodes: ['zomer'],
      lines: [{ netMinor: 1000, netBeforeDiscountMinor: 1500 }],
    });
  });
});

describe('rule 5: nothing is guessed', () => {
  it('blocks a rate that the mapping does not have, and proposes the line to add', () => {
    const answer = refusal(order([line('10.00', { '2': '1.90' })]), { vat: [] });
    expect(answer.reason).toContain('19 % of DE');
    expect(answer.fix).toContain('- { percent: 19, country: DE, code: … }');
  });

  it('blocks a zero tax without a reason', () => {
    expect(refusal(order([line('10.00', {})])).reason).toContain('No tax was charged on "T-shirt"');
  });

  it('takes a zero tax with a reason: reverse charge by VAT number', () => {
    const german = { ...order([line('10.00', {})]).billing, country: 'DE' };
    const sale = order([line('10.00', {})], {
      billing: german,
      shipping: german,
      meta: [{ key: '_billing_vat_number', value: 'DE 811.907-981' }],
    });
    const invoice = draft(sale);
    expect(invoice.buyer.vatNumber).toBe('DE811907981');
    expect(invoice.groups[0]?.vat[0]).toMatchObject({ code: 'ICL', category: 'K', country: 'DE' });
  });

  it('blocks lines that do not make the total', () => {
    const answer = refusal(order([SHIRT], { grossMinor: 2995 }));
    expect(answer.reason).toContain('make 19.95');
    expect(answer.reason).toContain('10.00 EUR is not explained');
  });

  it('shows a difference below the cap as a rounding line, and blocks one above', () => {
    const cash = order([SHIRT], { grossMinor: 1990 });
    expect(draft(cash).lines.at(-1)).toMatchObject({ kind: 'rounding', netMinor: -5 });
    expect(draft(cash)).toMatchObject({ grossMinor: 1990, taxMinor: 346 });
    expect(refusal(cash, { roundingCapMinor: 4 }).reason).toContain('not explained');
  });

  it('blocks taxes by rate that do not make the total tax', () => {
    expect(refusal(order([SHIRT], { taxMinor: 347, grossMinor: 1996 })).reason).toContain(
      'taxes by rate make 3.46',
    );
  });

  it('blocks a percentage that is not what was charged', () => {
    const sale = order([line('100.00', { '1': '9.00' })]);
    expect(refusal(sale).reason).toContain('says 21 %');
  });

  it('works out an unknown percentage only where one mapped rate fits, and only if allowed', () => {
    const sale = order([line('100.00', { '1': '21.00' })]);
    const unknown = { ...sale, taxLines: sale.taxLines.map((tax) => ({ ...tax, percent: null })) };
    expect(draft(unknown).taxes[0]).toMatchObject({ derived: true, vat: { percent: '21' } });
    expect(draft(unknown).notes.join()).toContain('worked out from the lines');
    expect(refusal(unknown, { unknownRate: 'block' }).fix).toContain('documents.unknownRate');
    const tiny = order([line('0.10', { '1': '0.02' })]);
    const vat = [...DOCUMENT_SETTINGS.vat, { percent: '20', country: ['NL'], code: 'X' }];
    const doubtful = { ...tiny, taxLines: tiny.taxLines.map((tax) => ({ ...tax, percent: null })) };
    expect(refusal(doubtful, { vat }).reason).toContain('more than one');
  });
});

describe('what changes what is paid, not what is sold', () => {
  const card = { key: '_ywgc_applied_gift_cards', value: { 'CADO-1': 10, 'CADO-2': '5.00' } };

  it('books the sale in full and the gift card as a payment', () => {
    const invoice = draft(order([SHIRT, BOOK], { grossMinor: 2945, meta: [card] }));
    expect(invoice.grossMinor).toBe(4445);
    expect(invoice.settlements.map(({ kind, amountMinor }) => [kind, amountMinor])).toEqual([
      ['payment', 2945],
      ['gift-card', 1500],
    ]);
  });

  it('blocks where the shop’s data do not show it', () => {
    expect(
      refusal(order([SHIRT, BOOK], { grossMinor: 2930, meta: [card] }), { roundingCapMinor: 0 })
        .fix,
    ).toContain('documents.prepayments');
  });

  it('takes an untaxed negative fee for a gift card only by its configured name', () => {
    const fee = line('-5.00', {}, { kind: 'fee', name: 'Cadeaubon CADO-3' });
    const invoice = draft(order([SHIRT, fee]));
    expect(invoice).toMatchObject({ grossMinor: 1995, lines: [{ name: 'T-shirt' }] });
    const other = { ...fee, name: 'Klantenkorting' };
    expect(draft(order([SHIRT, other]))).toMatchObject({ grossMinor: 1495 });
  });
});

describe('the date of an invoice', () => {
  const sale = order([SHIRT], { paidAt: '2026-09-30T22:30:00.000Z' });

  it('is a day on the configured calendar', () => {
    expect(draft(sale).date).toBe('2026-10-01');
    expect(draft(sale, { timezone: 'UTC' }).date).toBe('2026-09-30');
  });

  it('falls back from paid to completed to ordered', () => {
    const unpaid = { ...sale, paidAt: null, completedAt: '2026-10-05T10:00:00.000Z' };
    expect(draft(unpaid).date).toBe('2026-10-05');
    expect(draft({ ...unpaid, completedAt: null }).date).toBe('2026-11-02');
    expect(draft(sale, { invoiceDate: 'ordered' }).date).toBe('2026-11-02');
  });

  it('in a closed period is moved to the first open day and says so, or blocks', () => {
    const lockedThrough = { date: '2026-10-31', then: 'next-open-day' } as const;
    const moved = draft(sale, { lockedThrough });
    expect(moved.date).toBe('2026-11-01');
    expect(moved.notes.join()).toContain('2026-10-01, is in a closed period');
    expect(refusal(sale, { lockedThrough: { ...lockedThrough, then: 'block' } }).fix).toContain(
      'documents.lockedThrough',
    );
  });
});

describe('an order of nothing', () => {
  it('gets a document of zero, or none, as configured', () => {
    const free = order([line('0.00', { '1': '0.00' })]);
    expect(draft(free)).toMatchObject({ grossMinor: 0, settlements: [] });
    expect(draftInvoice(free, { ...DOCUMENT_SETTINGS, zeroTotal: 'ignore' }).kind).toBe('none');
    expect(draftInvoice(order([]), DOCUMENT_SETTINGS).kind).toBe('none');
  });
});
