import type { Document } from '../../documents/document.js';
import { addDays } from '../../orders/time.js';
import { type Payable, payableOf } from '../amounts.js';
import type { Language } from '../language.js';
import type { Seller } from '../seller.js';
import type { Profile } from '../settings.js';
import { type Breakdown, breakdownOf, keyText } from './breakdown.js';
import { type Sold, soldOn } from './lines.js';
import type { Delivery, EInvoice, Totals, VatRow } from './model.js';
import { buyerParty, sellerParty } from './parties.js';
import { paymentOf } from './payment.js';
import { type Words, wordsIn } from './words.js';
import { xmlText } from './xml-text.js';

/** The document in the terms of EN 16931. Pure, and never throws: what is wrong the preflight finds. */
export function buildEInvoice(
  document: Document,
  seller: Seller,
  language: Language,
  profile: Profile,
): EInvoice {
  const words = wordsIn(language);
  const breakdown = breakdownOf(document, words);
  const sold = soldOn(document, breakdown, words);
  const rows = breakdown.rows.filter((row) => isUsed(row, sold));
  const payable = payableOf(document);
  const payment = paymentOf(document, payable, seller, profile);
  const preceding = document.invoiceNumber ?? document.replaces;
  // BR-O-02: where nothing is subject to VAT, no VAT number is shown.
  const withVat = !rows.some(({ category }) => category === 'O');
  return {
    profile,
    kind: document.kind === 'invoice' ? 'invoice' : 'credit-note',
    documentKey: document.key,
    number: xmlText(document.number),
    issueDate: document.date,
    ...(payable.openMinor > 0 ? { dueDate: addDays(document.date, seller.paymentDays) } : {}),
    note: noteOf(document, rows, words),
    currency: document.currency,
    minorUnits: document.minorUnits,
    buyerReference: xmlText(document.buyerReference ?? document.orderNumber),
    orderNumber: xmlText(document.orderNumber),
    ...(preceding === undefined ? {} : { precedingInvoice: xmlText(preceding) }),
    seller: sellerParty(seller, withVat),
    buyer: buyerParty(document, profile, withVat, words),
    delivery: deliveryOf(document, profile, rows),
    ...(payment === undefined ? {} : { payment }),
    adjustments: sold.adjustments,
    breakdown: rows,
    totals: totalsOf(document, sold, breakdown, payable),
    lines: sold.lines,
  };
}

/** Free shipping has no line to stand for; its category may then have nothing at all. */
function isUsed(row: VatRow, sold: Sold): boolean {
  const key = keyText(row);
  return (
    row.taxableMinor !== 0 ||
    row.taxMinor !== 0 ||
    [...sold.lines, ...sold.adjustments].some(({ vat }) => keyText(vat) === key)
  );
}

/**
 * Where it went, and when: with the invoice, where an intra-Community supply (BR-IC-11) or XRechnung
 * (BR-DE-TMP-32) asks for a day.
 */
function deliveryOf(document: Document, profile: Profile, rows: readonly VatRow[]): Delivery {
  const { deliveredTo, buyer } = document;
  const isAsked = profile === 'xrechnung' || rows.some(({ category }) => category === 'K');
  const country = document.deliveryCountry || buyer.country;
  // The buyer's own address stands for it only where the country says that it is there.
  const place = deliveredTo ?? (buyer.country === country ? buyer : undefined);
  return {
    ...(isAsked ? { date: document.date } : {}),
    street: xmlText(place?.street ?? ''),
    city: xmlText(place?.city ?? ''),
    postcode: xmlText(place?.postcode ?? ''),
    country,
  };
}

/** One paragraph, since Peppol takes one note. */
function noteOf(document: Document, rows: readonly VatRow[], words: Words): string {
  const combined = rows.flatMap(({ combines, percent }) =>
    combines.map((rates) => `${words.combinedRates} ${percent} %: ${rates}`),
  );
  const coupons =
    document.couponCodes.length === 0
      ? []
      : [`${words.coupons}: ${document.couponCodes.join(', ')}`];
  const estimate = document.estimated ? [words.estimated] : [];
  return [...coupons, ...combined, ...estimate, ...document.notes].map(xmlText).join(' | ');
}

function totalsOf(
  document: Document,
  sold: Sold,
  breakdown: Breakdown,
  { totalMinor, roundingMinor, paidMinor, openMinor }: Payable,
): Totals {
  const adjusted = (kind: 'allowance' | 'charge') =>
    sumOf(
      sold.adjustments.filter((each) => each.kind === kind).map(({ amountMinor }) => amountMinor),
    );
  return {
    linesMinor: sumOf(sold.lines.map(({ netMinor }) => netMinor)),
    allowancesMinor: adjusted('allowance'),
    chargesMinor: adjusted('charge'),
    netMinor: document.netMinor - roundingMinor,
    taxMinor: sumOf(breakdown.rows.map(({ taxMinor }) => taxMinor)),
    grossMinor: totalMinor,
    paidMinor,
    roundingMinor,
    payableMinor: openMinor,
  };
}

function sumOf(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}
