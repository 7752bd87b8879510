import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { line, order, refund, refundLine } from '../../tests/support/orders.js';
import { DOCUMENT_SETTINGS } from '../../tests/support/settings.js';
import { formatMinor } from '../orders/money.js';
import type { Order, OrderLine, Refund } from '../orders/order.js';
import { draftCreditNote, draftRest } from './credit-note.js';
import type { Document, DocumentLine } from './document.js';
import type { Drafted } from './draft.js';
import { draftInvoice } from './invoice.js';
import type { DocumentSettings, LockedThrough } from './settings.js';

const SHIRT = line('16.49', { '1': '3.46' });
const BOOK = line('22.48', { '4': '2.02' }, { name: 'Boek', sku: 'BK', taxClass: 'reduced-rate' });
const PARCEL = line('4.09', { '1': '0.86' }, { kind: 'shipping', name: 'Pakket', sku: '' });
const GIFT = line('10.00', {}, { name: 'Gift', sku: 'DON-010' });
const CARD = line('-15.00', {}, { kind: 'fee', name: 'Cadeaubon', sku: '' });

const REFUNDED_SHIRT = refundLine('16.49', { '1': '3.46' });

function numbered(drafted: Drafted, number: string): Document {
  if (drafted.kind !== 'draft') throw new Error(`${drafted.kind}: ${drafted.reason}`);
  return { ...drafted.draft, number };
}

function invoiceOf(lines: readonly OrderLine[], more: Partial<Order> = {}): Document {
  return numbered(draftInvoice(order(lines, more), DOCUMENT_SETTINGS), '1042');
}

function draft(
  one: Refund,
  invoice: Document,
  credited: readonly Document[] = [],
  more: Partial<DocumentSettings> = {},
): Drafted {
  return draftCreditNote(one, invoice, credited, { ...DOCUMENT_SETTINGS, ...more });
}

function credit(one: Refund, invoice: Document, credited: readonly Document[] = []): Document {
  return numbered(draft(one, invoice, credited), `1042-C${credited.length + 1}`);
}

function cancel(invoice: Document, credited: readonly Document[] = []): Drafted {
  return draftRest(invoice, credited, 'cancelled', '2026-11-12T10:00:00.000Z', DOCUMENT_SETTINGS);
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}

function settled({ settlements }: Document): number {
  return sum(settlements.map(({ amountMinor }) => amountMinor));
}

function netByKind(documents: readonly Document[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { kind, netMinor } of documents.flatMap(({ lines }) => lines)) {
    sums[kind] = (sums[kind] ?? 0) + netMinor;
  }
  return sums;
}

function kindsOf({ lines }: Document): DocumentLine['kind'][] {
  return [...new Set(lines.map(({ kind }) => kind))];
}

describe('a credit note', () => {
  it('is never dated before its invoice', () => {
    const invoice = invoiceOf([SHIRT], { paidAt: '2026-11-12T10:00:00.000Z' });
    const note = credit(refund(66, '5.00'), invoice);
    expect(note.date).toBe('2026-11-12');
    expect(note.notes[0]).toMatch(/2026-11-09, is before it/);
    expect(cancel({ ...invoice, date: '2026-11-30' })).toMatchObject({
      draft: { date: '2026-11-30' },
    });
  });

  it('whose day is closed, while its invoice’s is open, takes that of its invoice', () => {
    const invoice = invoiceOf([SHIRT], { paidAt: '2026-11-12T10:00:00.000Z' });
    const lockedThrough: LockedThrough = JSON.parse('{"date":"2026-11-10","then":"block"}');
    expect(draft(refund(66, '5.00'), invoice, [], { lockedThrough })).toMatchObject({
      draft: { date: '2026-11-12' },
    });
  });

  it('of a sale below zero is left to a person, whether by refund or by cancellation', () => {
    const sale = invoiceOf([line('-16.49', { '1': '-3.46' })]);
    expect(sale.kind).toBe('credit-note');
    expect(draft(refund(66, '5.00'), sale).kind).toBe('blocked');
    expect(cancel(sale)).toMatchObject({
      kind: 'blocked',
      fix: expect.stringContaining('by hand'),
    });
  });

  it('of nothing is none on a sale below zero too', () => {
    const sale = invoiceOf([line('-16.49', { '1': '-3.46' })]);
    expect(draft(refund(66, '0.00'), sale).kind).toBe('none');
  });
});

describe('lines that stand for what no line of the refund names', () => {
  it('are of the kind that was sold at that rate', () => {
    const invoice = invoiceOf([BOOK, PARCEL]);
    const note = credit(refund(66, '10.00'), invoice);
    expect(kindsOf(note)).toEqual(['product', 'shipping']);
    expect(netByKind([note])).toEqual({ product: 763, shipping: 139 });
  });

  it('close goods and shipping at one rate each to nothing', () => {
    const invoice = invoiceOf([SHIRT, PARCEL]);
    const first = credit(refund(66, '7.00'), invoice);
    const rest = numbered(cancel(invoice, [first]), 'C');
    expect(netByKind([first, rest])).toEqual(netByKind([invoice]));
  });

  it('are the invoice’s own where all of it is given back at once', () => {
    const invoice = invoiceOf([SHIRT, BOOK, PARCEL]);
    const note = credit(refund(66, '49.40'), invoice);
    expect(note.lines).toEqual(invoice.lines);
  });
});

describe('a refund without tax on its line', () => {
  it('is of the rate at which that line was sold, and returns no tax', () => {
    const invoice = invoiceOf([SHIRT, BOOK]);
    const note = credit(refund(66, '10.00', [refundLine('10.00', {})]), invoice);
    expect(note).toMatchObject({ netMinor: 1000, taxMinor: 0, estimated: false });
    expect(note.groups.map(({ netMinor }) => netMinor)).toEqual([1000, 0]);
  });

  it('is not taken for what was sold untaxed beside it', () => {
    const invoice = invoiceOf([SHIRT, GIFT]);
    const note = credit(refund(66, '5.00', [refundLine('5.00', {})]), invoice);
    expect(note.groups.map(({ netMinor }) => netMinor)).toEqual([500, 0]);
  });

  it('is of its own rate where the other rates of the order are named with nothing', () => {
    const invoice = invoiceOf([SHIRT]);
    const lines = [refundLine('16.49', { '1': '3.46', '4': '0' })];
    const note = credit(refund(66, '19.95', lines), invoice, []);
    expect(note).toMatchObject({ netMinor: 1649, taxMinor: 346 });
    const partly = [refundLine('8.00', { '1': '1.68', '4': '0' })];
    expect(credit(refund(66, '9.68', partly), invoice)).toMatchObject({ taxMinor: 168 });
  });
});

describe('a refund of goods that the invoice does not have', () => {
  const lamp = refundLine('8.00', { '1': '1.68' }, { name: 'Lamp', sku: 'LMP' });

  it('is left to a person, since the order was changed after it was booked', () => {
    expect(draft(refund(66, '9.68', [lamp]), invoiceOf([SHIRT]))).toMatchObject({
      kind: 'blocked',
      reason: expect.stringContaining('"Lamp", which is not on invoice 1042'),
    });
  });

  it('credits the invoice all the same where it gives back just what is left of it', () => {
    const swapped = refundLine('16.49', { '2': '3.46' }, { name: 'Lamp', sku: 'LMP' });
    const note = credit(refund(66, '19.95', [swapped]), invoiceOf([SHIRT]));
    expect(note).toMatchObject({ grossMinor: 1995, taxMinor: 346, estimated: false });
    expect(note.lines.map(({ name }) => name)).not.toContain('Lamp');
  });
});

describe('a refund on an invoice that was partly paid by gift card', () => {
  const byFee = invoiceOf([SHIRT, BOOK, CARD]);
  const cardLine = refundLine('-15.00', {}, { kind: 'fee', name: 'Cadeaubon', sku: '' });
  const all = [
    REFUNDED_SHIRT,
    refundLine('22.48', { '4': '2.02' }, { name: 'Boek', sku: 'BK' }),
    cardLine,
  ];

  it('gives back to the card what its lines say, and the rest as it was paid', () => {
    const note = credit(refund(66, '29.45', all), byFee);
    expect(note).toMatchObject({ grossMinor: 4445, taxMinor: 548, estimated: false });
    expect(note.settlements.map(({ kind, amountMinor }) => [kind, amountMinor])).toEqual([
      ['payment', 2945],
      ['gift-card', 1500],
    ]);
    expect(cancel(byFee, [note]).kind).toBe('none');
  });

  it('and that returns only goods to the card moves no other money', () => {
    const covered = invoiceOf([line('12.40', { '1': '2.60' }), CARD]);
    const lines = [refundLine('12.40', { '1': '2.60' }), cardLine];
    const note = credit(refund(66, '0.00', lines), covered);
    expect(note).toMatchObject({ grossMinor: 1500, taxMinor: 260 });
    expect(note.settlements).toMatchObject([{ kind: 'gift-card', amountMinor: 1500 }]);
  });

  it('of goods for nothing is left to a person: the card may have been filled again', () => {
    const meta = [{ key: '_ywgc_applied_gift_cards', value: { C: 19.95 } }];
    const byMeta = invoiceOf([SHIRT], { grossMinor: 0, meta });
    expect(draft(refund(66, '0.00', [REFUNDED_SHIRT]), byMeta)).toMatchObject({
      kind: 'blocked',
      reason: expect.stringContaining('gift card'),
    });
    expect(draft(refund(66, '0.00', [REFUNDED_SHIRT]), invoiceOf([SHIRT])).kind).toBe('none');
  });

  it('for less than its lines says that the card may have been filled again', () => {
    const meta = [{ key: '_ywgc_applied_gift_cards', value: { C: 10 } }];
    const byMeta = invoiceOf([SHIRT, BOOK], { grossMinor: 3445, meta });
    const note = credit(refund(66, '9.95', [REFUNDED_SHIRT]), byMeta);
    expect(note.estimated).toBe(true);
    expect(note.notes.join()).toMatch(/gift card/);
  });

  it('and then is cancelled is credited for the rest of each means of payment', () => {
    const covered = invoiceOf([line('12.40', { '1': '2.60' }), CARD]);
    const first = credit(refund(66, '5.00'), covered);
    const rest = numbered(cancel(covered, [first]), 'C');
    expect(rest.grossMinor).toBe(1000);
    expect(settled(rest)).toBe(rest.grossMinor);
  });
});

describe('a refund by amount only', () => {
  it('after one by line takes no more of a rate than is left of it', () => {
    const invoice = invoiceOf([SHIRT, BOOK]);
    const first = credit(refund(66, '19.95', [REFUNDED_SHIRT]), invoice);
    const second = credit(refund(67, '10.00'), invoice, [first]);
    expect(second.taxes.map(({ vat, taxMinor }) => [vat.code, taxMinor])).toEqual([['NL9', 82]]);
    expect(second.estimated).toBe(true);
  });

  it('beside lines takes the rest of its amount from what the lines leave', () => {
    const invoice = invoiceOf([SHIRT, BOOK]);
    const note = credit(refund(66, '29.95', [REFUNDED_SHIRT]), invoice);
    expect(note.taxes.map(({ vat, taxMinor }) => [vat.code, taxMinor])).toEqual([
      ['NL21', 346],
      ['NL9', 82],
    ]);
  });

  it('leaves untaxed goods alone that were given back by line', () => {
    const invoice = invoiceOf([SHIRT, GIFT]);
    const gift = refundLine('10.00', {}, { name: 'Gift', sku: 'DON-010' });
    const first = credit(refund(66, '10.00', [gift]), invoice);
    const second = credit(refund(67, '9.95'), invoice, [first]);
    expect(second.groups.map(({ netMinor }) => netMinor)).toEqual([822, 0]);
  });
});

describe('any series of refunds, by line and by amount', () => {
  const soldLine = fc.record({
    netMinor: fc.integer({ min: 1, max: 20_000 }),
    rate: fc.constantFrom('1', '4', ''),
    kind: fc.constantFrom('product' as const, 'shipping' as const),
  });
  const step = fc.record({
    index: fc.nat(9),
    share: fc.integer({ min: 1, max: 100 }),
    byLine: fc.boolean(),
  });

  it('keeps within what was charged of every rate, and closes each to nothing', () => {
    fc.assert(
      fc.property(
        fc.array(soldLine, { minLength: 1, maxLength: 5 }),
        fc.array(step, { maxLength: 6 }),
        (sold, steps) => {
          const lines = sold.map(({ netMinor, rate, kind }, index) =>
            soldAs(netMinor, rate, kind, index),
          );
          const invoice = invoiceOf(lines);
          const notes: Document[] = [];
          for (const [index, one] of steps.entries()) {
            const next = refundFor(index + 1, one, lines, invoice, notes);
            if (next) notes.push(credit(next, invoice, notes));
            expectWithin(invoice, notes);
          }
          const last = cancel(invoice, notes);
          if (last.kind === 'draft') notes.push(numbered(last, 'C'));
          expectClosed(invoice, notes);
        },
      ),
      { numRuns: 300 },
    );
  });

  function soldAs(
    netMinor: number,
    rate: string,
    kind: 'product' | 'shipping',
    index: number,
  ): OrderLine {
    const percent = rate === '1' ? 21 : 9;
    const tax = formatMinor(Math.round((netMinor * percent) / 100), 2);
    const sku = rate === '' ? 'DON-010' : `L${index}`;
    return line(formatMinor(netMinor, 2), rate === '' ? {} : { [rate]: tax }, {
      name: `L${index}`,
      sku,
      kind: rate === '' ? 'product' : kind,
    });
  }

  /** A share of what is left, or of a line; undefined where that is nothing or too much. */
  function refundFor(
    id: number,
    { index, share, byLine }: { index: number; share: number; byLine: boolean },
    lines: readonly OrderLine[],
    invoice: Document,
    notes: readonly Document[],
  ): Refund | undefined {
    const leftMinor = invoice.grossMinor - sum(notes.map(({ grossMinor }) => grossMinor));
    const part = (amount: string) => Math.floor((Number(amount.replace('.', '')) * share) / 100);
    const chosen = lines[index % lines.length];
    if (!byLine || !chosen) {
      const grossMinor = Math.floor((leftMinor * share) / 100);
      return grossMinor === 0 ? undefined : refund(id, formatMinor(grossMinor, 2));
    }
    const net = part(chosen.net);
    const taxes = chosen.taxes.map(({ rateId, amount }) => [rateId, part(amount)] as const);
    const grossMinor = net + sum(taxes.map(([, tax]) => tax));
    if (grossMinor === 0 || grossMinor > leftMinor) return undefined;
    const texts = Object.fromEntries(taxes.map(([rate, tax]) => [rate, formatMinor(tax, 2)]));
    const { kind, name, sku } = chosen;
    const own = refundLine(formatMinor(net, 2), texts, { kind, name, sku });
    return refund(id, formatMinor(grossMinor, 2), [own]);
  }

  function expectWithin(invoice: Document, notes: readonly Document[]): void {
    for (const note of notes) {
      expect(sum(note.lines.map(({ netMinor }) => netMinor))).toBe(note.netMinor);
      expect(note.netMinor + note.taxMinor).toBe(note.grossMinor);
      expect(settled(note)).toBe(note.grossMinor);
    }
    // An estimate rounds each of its figures; so it may miss by a unit in the last of them.
    const slack = notes.length;
    for (const tax of invoice.taxes) {
      const returned = sum(
        notes
          .flatMap(({ taxes }) => taxes.filter(({ rateId }) => rateId === tax.rateId))
          .map(({ taxMinor }) => taxMinor),
      );
      expect(returned).toBeLessThanOrEqual(tax.taxMinor + slack);
      expect(returned).toBeGreaterThanOrEqual(-slack);
    }
    invoice.groups.forEach((group, index) => {
      const returned = sum(notes.map(({ groups }) => groups[index]?.netMinor ?? 0));
      expect(returned).toBeLessThanOrEqual(group.netMinor + slack);
      expect(returned).toBeGreaterThanOrEqual(-slack);
    });
  }

  function expectClosed(invoice: Document, notes: readonly Document[]): void {
    expect(sum(notes.map(({ grossMinor }) => grossMinor))).toBe(invoice.grossMinor);
    for (const tax of invoice.taxes) {
      const own = notes.flatMap(({ taxes }) => taxes.filter(({ rateId }) => rateId === tax.rateId));
      expect(sum(own.map(({ taxMinor }) => taxMinor))).toBe(tax.taxMinor);
      expect(sum(own.map(({ baseMinor }) => baseMinor))).toBe(tax.baseMinor);
    }
  }
});
