import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { line, order, refund, refundLine } from '../../tests/support/orders.js';
import { DOCUMENT_SETTINGS } from '../../tests/support/settings.js';
import { formatMinor } from '../orders/money.js';
import type { OrderLine, Refund } from '../orders/order.js';
import { draftCreditNote, draftRest } from './credit-note.js';
import type { Document } from './document.js';
import type { Drafted } from './draft.js';
import { draftInvoice } from './invoice.js';
import type { DocumentSettings } from './settings.js';

const SHIRT = line('16.49', { '1': '3.46' });
const BOOK = line('22.48', { '4': '2.02' }, { name: 'Boek', taxClass: 'reduced-rate' });

function numbered(drafted: Drafted, number: string): Document {
  if (drafted.kind !== 'draft') throw new Error(`${drafted.kind}: ${drafted.reason}`);
  return { ...drafted.draft, number };
}

function invoiceOf(lines: readonly OrderLine[]): Document {
  return numbered(draftInvoice(order(lines), DOCUMENT_SETTINGS), '1042');
}

function credit(
  one: Refund,
  invoice: Document,
  credited: readonly Document[] = [],
  more: Partial<DocumentSettings> = {},
): Document {
  const settings = { ...DOCUMENT_SETTINGS, ...more };
  return numbered(
    draftCreditNote(one, invoice, credited, settings),
    `1042-C${credited.length + 1}`,
  );
}

const INVOICE = invoiceOf([SHIRT, BOOK]);

function taxesOf({ taxes }: Document): Record<string, number> {
  return Object.fromEntries(taxes.map(({ vat, taxMinor }) => [vat.code, taxMinor]));
}

describe('the credit note of a refund', () => {
  it('by line takes the line’s own net and tax, and names its invoice', () => {
    const note = credit(refund(66, '19.95', [refundLine('16.49', { '1': '3.46' })]), INVOICE);
    expect(note).toMatchObject({
      key: 'main/1042/credit-note/66',
      refundId: 66,
      invoiceNumber: '1042',
      grossMinor: 1995,
      netMinor: 1649,
      date: '2026-11-09',
      estimated: false,
    });
    expect(taxesOf(note)).toEqual({ NL21: 346 });
  });

  it('by amount only is split as on the invoice and marked as an estimate', () => {
    const note = credit(refund(66, '10.00'), INVOICE);
    expect(note.estimated).toBe(true);
    expect(taxesOf(note)).toEqual({ NL21: 78, NL9: 45 });
    expect(note.netMinor).toBe(877);
  });

  it('by amount only is blocked where the config says so, naming the key', () => {
    const settings = { ...DOCUMENT_SETTINGS, refundWithoutLines: 'block' as const };
    expect(draftCreditNote(refund(66, '10.00'), INVOICE, [], settings)).toMatchObject({
      kind: 'blocked',
      fix: expect.stringContaining('documents.refundWithoutLines'),
    });
  });

  it('in full returns exactly what was charged, lines or not, and is no estimate', () => {
    const note = credit(refund(66, '44.45'), INVOICE, [], { refundWithoutLines: 'block' });
    expect(note).toMatchObject({ grossMinor: 4445, netMinor: 3897, estimated: false });
    expect(taxesOf(note)).toEqual({ NL21: 346, NL9: 202 });
  });

  it('that closes the invoice returns what is left of each rate', () => {
    const first = credit(refund(66, '10.00'), INVOICE);
    const last = credit(refund(67, '34.45'), INVOICE, [first]);
    expect(taxesOf(last)).toEqual({ NL21: 346 - 78, NL9: 202 - 45 });
    expect(first.netMinor + last.netMinor).toBe(INVOICE.netMinor);
  });

  it('is never more than what is left of the invoice', () => {
    const answer = draftCreditNote(refund(66, '44.46'), INVOICE, [], DOCUMENT_SETTINGS);
    expect(answer).toMatchObject({
      kind: 'blocked',
      reason: expect.stringContaining('44.45 EUR left'),
    });
  });

  it('of tax alone takes no net (recorded: refunds-x-refund-tax-only)', () => {
    const note = credit(refund(66, '3.46', [refundLine('0.00', { '1': '3.46' })]), INVOICE);
    expect(note).toMatchObject({ netMinor: 0, taxMinor: 346, estimated: false });
  });

  it('below its lines scales their tax down, marked, or is blocked', () => {
    const kept = refund(66, '15.00', [refundLine('16.49', { '1': '3.46' })]);
    const note = credit(kept, INVOICE);
    expect(note).toMatchObject({ grossMinor: 1500, estimated: true });
    expect(taxesOf(note)).toEqual({ NL21: 260 });
    const settings = { ...DOCUMENT_SETTINGS, refundBelowLines: 'block' as const };
    expect(draftCreditNote(kept, INVOICE, [], settings).kind).toBe('blocked');
  });

  it('takes the percentage from the invoice and is blocked for a rate that is not on it', () => {
    const note = credit(refund(66, '19.95', [refundLine('16.49', { '1': '3.46' })]), INVOICE);
    expect(note.taxes[0]?.vat.percent).toBe('21');
    const foreign = refund(67, '11.90', [refundLine('10.00', { '2': '1.90' })]);
    expect(draftCreditNote(foreign, INVOICE, [], DOCUMENT_SETTINGS).kind).toBe('blocked');
  });

  it('of nothing is no document', () => {
    expect(draftCreditNote(refund(66, '0.00'), INVOICE, [], DOCUMENT_SETTINGS).kind).toBe('none');
  });

  it('whose lines exceed what an earlier estimate left of their rate is spread over what is left', () => {
    const first = credit(refund(66, '40.00'), INVOICE);
    const second = credit(refund(67, '4.20', [refundLine('3.47', { '1': '0.73' })]), INVOICE, [
      first,
    ]);
    expect(second.grossMinor).toBe(420);
    expect(second.estimated).toBe(true);
  });
});

describe('a cancelled order', () => {
  it('is credited in full, line by line', () => {
    const drafted = draftRest(
      INVOICE,
      [],
      'cancelled',
      '2026-11-12T10:00:00.000Z',
      DOCUMENT_SETTINGS,
    );
    const note = numbered(drafted, 'C');
    expect(note).toMatchObject({ key: 'main/1042/credit-note/cancelled', grossMinor: 4445 });
    expect(note.lines).toEqual(INVOICE.lines);
  });

  it('is credited for what its refunds have left, and not at all where that is nothing', () => {
    const first = credit(refund(66, '19.95', [refundLine('16.49', { '1': '3.46' })]), INVOICE);
    const rest = numbered(
      draftRest(INVOICE, [first], 'cancelled', '2026-11-12T10:00:00.000Z', DOCUMENT_SETTINGS),
      'C',
    );
    expect(rest).toMatchObject({ grossMinor: 2450, taxMinor: 202 });
    expect(
      draftRest(INVOICE, [first, rest], 'cancelled', '2026-11-12T10:00:00.000Z', DOCUMENT_SETTINGS)
        .kind,
    ).toBe('none');
  });
});

describe('any series of refunds', () => {
  const cents = fc.integer({ min: 1, max: 50_000 });
  const soldLine = fc.record({ net: cents, rate: fc.constantFrom('1', '4') });

  it('never takes more than was charged of any rate, and closes to nothing', () => {
    fc.assert(
      fc.property(
        fc.array(soldLine, { minLength: 1, maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 99 }), { maxLength: 5 }),
        (sold, percents) => {
          const invoice = invoiceOf(sold.map(({ net, rate }, index) => taxed(net, rate, index)));
          const notes: Document[] = [];
          let leftMinor = invoice.grossMinor;
          percents.forEach((percent, index) => {
            const grossMinor = Math.floor((leftMinor * percent) / 100);
            if (grossMinor === 0) return;
            notes.push(credit(refund(index + 1, formatMinor(grossMinor, 2)), invoice, notes));
            leftMinor -= grossMinor;
          });
          notes.push(credit(refund(99, formatMinor(leftMinor, 2)), invoice, notes));
          expectClosed(invoice, notes);
        },
      ),
    );
  });

  function taxed(netMinor: number, rate: string, index: number): OrderLine {
    const taxMinor = Math.round((netMinor * (rate === '1' ? 21 : 9)) / 100);
    return line(
      formatMinor(netMinor, 2),
      { [rate]: formatMinor(taxMinor, 2) },
      { name: `L${index}` },
    );
  }

  function expectClosed(invoice: Document, notes: readonly Document[]): void {
    const sum = (amounts: readonly number[]) => amounts.reduce((total, one) => total + one, 0);
    expect(sum(notes.map(({ grossMinor }) => grossMinor))).toBe(invoice.grossMinor);
    for (const note of notes) {
      expect(note.grossMinor).toBe(note.netMinor + note.taxMinor);
      expect(sum(note.lines.map(({ netMinor }) => netMinor))).toBe(note.netMinor);
    }
    for (const tax of invoice.taxes) {
      const returned = notes.flatMap(({ taxes }) =>
        taxes.filter(({ rateId }) => rateId === tax.rateId),
      );
      expect(sum(returned.map(({ taxMinor }) => taxMinor))).toBe(tax.taxMinor);
      expect(sum(returned.map(({ baseMinor }) => baseMinor))).toBe(tax.baseMinor);
    }
  }
});
