import type { Document, DocumentLine, VatTreatment } from '../../documents/document.js';
import { addDays, epochMsOf, localDateOf } from '../../orders/time.js';
import type { Language } from '../language.js';
import type { Seller } from '../seller.js';
import { foreign, visibleText } from '../visible-text.js';
import { epcPayload } from './epc.js';
import { createFormats, type Formats, ibanInGroups, localeOf } from './formats.js';
import { buyerBlock, type PartyBlock, sellerBlock } from './parties.js';
import { dueMinorOf, meansOf, type TotalRow, totalRows } from './totals.js';
import { vatRemarks, vatRows } from './vat.js';
import { type Words, wordsOf } from './words/words.js';

/** What stands on the pages, in words: nothing but texts, in the order of reading. */
export interface Content {
  readonly title: string;
  readonly seller: PartyBlock;
  readonly buyer: PartyBlock;
  readonly buyerLabel: string;
  readonly facts: readonly Fact[];
  readonly headings: Cells;
  readonly rows: readonly Row[];
  readonly totals: readonly TotalRow[];
  readonly payment?: Payment;
  readonly remarks: readonly string[];
  readonly bookNotes?: { readonly heading: string; readonly notes: readonly string[] };
}

export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** Empty where a line has no such figure. */
export interface Cells {
  readonly description: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly vat: string;
  readonly amount: string;
}

interface Row extends Cells {
  /** Said in small letters under the description; empty where there is nothing to say. */
  readonly detail: string;
}

export interface Payment {
  readonly transfer: readonly Fact[];
  readonly code?: { readonly label: string; readonly payload: string };
}

/** All texts of it. */
export function textsIn(content: object): string[] {
  return Object.values(content).flatMap((value: unknown) => {
    if (typeof value === 'string') return [value];
    return typeof value === 'object' && value !== null ? textsIn(value) : [];
  });
}

export interface ContentSettings {
  readonly seller: Seller;
  readonly language: Language;
  /** IANA zone: the day of the order is a day on this calendar. */
  readonly timezone: string;
}

export function contentOf(document: Document, settings: ContentSettings): Content {
  const { seller, language } = settings;
  const words = wordsOf(language);
  const locale = localeOf(language, seller.country);
  const formats = createFormats(locale, document.currency, document.minorUnits);
  const isAbroad = document.buyer.country !== '' && document.buyer.country !== seller.country;
  const vat = vatRows(document, seller.country, words, formats);
  const payment = paymentOf(document, seller, words);
  return {
    title: `${words.title[document.kind]} ${foreign(document.number)}`,
    seller: sellerBlock(seller, isAbroad, words, formats),
    buyer: buyerBlock(document.buyer, isAbroad, words, formats),
    buyerLabel: words.buyer[document.kind],
    facts: factsOf(document, settings, words, formats),
    headings: { ...words.table, amount: words.table.amount(document.currency) },
    rows: rowsOf(document, words, formats),
    totals: totalRows(document, vat, words, formats),
    ...(payment === undefined ? {} : { payment }),
    remarks: [
      ...discountRemarks(document, words, formats),
      ...vatRemarks(document, seller.country, words, formats),
      ...(document.estimated ? [words.estimated] : []),
    ],
    ...(document.notes.length === 0
      ? {}
      : { bookNotes: { heading: words.bookNotes, notes: document.notes.map(foreign) } }),
  };
}

function factsOf(
  document: Document,
  { seller, timezone }: ContentSettings,
  { labels }: Words,
  formats: Formats,
): Fact[] {
  const { buyer, deliveryCountry } = document;
  const open = document.settlements.find(({ kind }) => kind === 'receivable');
  const facts: Fact[] = [
    { label: labels.date, value: formats.date(document.date) },
    {
      label: labels.due,
      value: isToPay(document) ? formats.date(dueDateOf(document, seller)) : '',
    },
    { label: labels.corrects, value: foreign(document.invoiceNumber ?? '') },
    { label: labels.replaces, value: foreign(document.replaces ?? '') },
    { label: labels.order, value: foreign(document.orderNumber) },
    {
      label: labels.ordered,
      value: formats.date(localDateOf(epochMsOf(document.orderedAt), timezone)),
    },
    { label: labels.reference, value: foreign(document.buyerReference ?? '') },
    {
      label: labels.delivery,
      value: deliveryCountry === buyer.country ? '' : foreign(formats.country(deliveryCountry)),
    },
    { label: labels.paymentMethod, value: (open && meansOf(open)) ?? '' },
  ];
  return facts.filter(({ value }) => value !== '');
}

function isToPay(document: Document): boolean {
  return document.kind === 'invoice' && dueMinorOf(document) > 0;
}

function dueDateOf({ date }: Document, { paymentDays }: Seller): string {
  return addDays(date, paymentDays);
}

function rowsOf(document: Document, words: Words, formats: Formats): Row[] {
  const lines = document.lines.filter(({ kind }) => kind !== 'rounding');
  const unitPrices = formats.unitPrices(
    lines.map(({ kind, unitPrice = '' }) => (kind === 'text' ? '' : unitPrice)),
  );
  return lines.map((line, index) => {
    const hasMoney = line.kind !== 'text';
    const vat = document.groups[line.group]?.vat ?? [];
    return {
      description: descriptionOf(line, words),
      detail: detailOf(line, words, formats),
      quantity: formats.quantity(line.quantity),
      unitPrice: unitPrices[index] ?? '',
      vat: hasMoney ? vat.map((each) => rateOf(each, formats)).join(' + ') : '',
      amount: hasMoney ? formats.amount(line.netMinor) : '',
    };
  });
}

/** What is outside the scope of VAT has no rate, not even that of zero. */
function rateOf({ category, percent }: VatTreatment, formats: Formats): string {
  return category === 'O' ? '–' : formats.percent(percent);
}

function descriptionOf({ name, kind }: DocumentLine, words: Words): string {
  return foreign(name) || (kind === 'rounding' ? words.rounding : words.unnamedLine[kind]);
}

function detailOf(line: DocumentLine, words: Words, formats: Formats): string {
  const { netMinor, netBeforeDiscountMinor: beforeMinor = netMinor } = line;
  const discountMinor = beforeMinor - netMinor;
  const sku = foreign(line.sku);
  return [
    ...(sku === '' ? [] : [words.sku(sku)]),
    ...(discountMinor > 0
      ? [words.lineDiscount(formats.amount(discountMinor), formats.amount(beforeMinor))]
      : []),
  ].join(' · ');
}

function discountRemarks(
  { couponCodes, discountMinor }: Document,
  words: Words,
  formats: Formats,
): string[] {
  const codes = couponCodes.map(foreign).filter((code) => code !== '');
  return [
    ...(codes.length === 0 ? [] : [words.coupons(codes.join(', '), codes.length === 1)]),
    ...(discountMinor > 0 ? [words.discount(formats.money(discountMinor))] : []),
  ];
}

/** How to pay what is open on an invoice, where the seller's account is known. */
function paymentOf(document: Document, seller: Seller, words: Words): Payment | undefined {
  const { iban, bic } = seller;
  const name = visibleText(seller.company || seller.name);
  if (!isToPay(document) || iban === '' || name === '') return undefined;
  const remittance = visibleText(`${words.title.invoice} ${document.number}`);
  const amountMinor = dueMinorOf(document);
  const payload =
    document.currency === 'EUR'
      ? epcPayload({ name, iban, bic, amountMinor, remittance })
      : undefined;
  return {
    transfer: [
      { label: 'IBAN', value: ibanInGroups(iban) },
      { label: words.payment.name, value: foreign(name) },
      { label: words.payment.remittance, value: foreign(remittance) },
    ],
    ...(payload === undefined ? {} : { code: { label: words.scanToPay, payload } }),
  };
}
