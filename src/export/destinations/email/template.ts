import type { Document } from '../../../documents/document.js';
import type { Language } from '../../../rendering/language.js';
import { createFormats, localeOf } from '../../../rendering/pdf/formats.js';
import { wordsOf } from '../../../rendering/pdf/words/words.js';
import type { Seller } from '../../../rendering/seller.js';
import { plainText } from '../../plain-text.js';
import { MAIL_WORDS } from './words.js';

/** What may stand between braces in a subject or a body. */
export const PLACEHOLDERS = [
  'number',
  'kind',
  'date',
  'order',
  'shop',
  'buyer',
  'seller',
  'total',
  'currency',
  'invoice',
  'count',
  'documents',
  'notes',
] as const;
type Placeholder = (typeof PLACEHOLDERS)[number];

const IN_BRACES = /\{([^{}]*)\}/g;
const MAX_SUBJECT_LENGTH = 200;
/** Of one value; the longest names of people and companies are far shorter. */
const MAX_VALUE_LENGTH = 200;
const MAX_NOTE_LENGTH = 500;
/** Of the values that a mail of several documents puts side by side. */
const MOST_SIDE_BY_SIDE = 5;

/** What is wrong with a template, in one sentence; undefined where nothing is. */
export function templateProblem(text: string): string | undefined {
  const unknown = [...text.matchAll(IN_BRACES)].find(([, name = '']) => !isPlaceholder(name));
  if (unknown) {
    const known = PLACEHOLDERS.map((name) => `{${name}}`).join(', ');
    return `${unknown[0]} is no placeholder; these are: ${known}`;
  }
  return /[{}]/.test(text.replace(IN_BRACES, ''))
    ? 'a brace stands alone; a placeholder is written as {number}'
    : undefined;
}

function isPlaceholder(name: string): name is Placeholder {
  return PLACEHOLDERS.some((each) => each === name);
}

/** What a mail is about. */
export interface Subjects {
  /** At least one. */
  readonly documents: readonly Document[];
  /** Without a name, the shop stands for it. */
  readonly seller: Pick<Seller, 'name' | 'company' | 'country'>;
  /** What the reader should know of the files, one sentence each. */
  readonly notes: readonly string[];
  readonly language: Language;
}

/** One line, whatever a customer or the template holds, and never empty. */
export function subjectText(template: string | undefined, about: Subjects): string {
  const { one, several } = MAIL_WORDS[about.language].subject;
  const lineOf = (text: string) => plainText(filled(text, about), MAX_SUBJECT_LENGTH);
  return lineOf(template ?? '') || lineOf(about.documents.length === 1 ? one : several);
}

/** Lines that only the template and the list of documents break. */
export function bodyText(template: string | undefined, about: Subjects): string {
  const text = filled(template ?? MAIL_WORDS[about.language].body, about);
  return `${text
    .replace(/\r\n?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`;
}

function filled(template: string, about: Subjects): string {
  const values = valuesOf(about);
  return template.replace(IN_BRACES, (whole, name: string) =>
    isPlaceholder(name) ? values[name] : whole,
  );
}

function valuesOf(about: Subjects): Record<Placeholder, string> {
  const { documents, seller, notes } = about;
  const lines = documents.map((document) => lineOf(document, about));
  const each = (part: keyof Line) => sideBySide(lines.map((line) => line[part]));
  const shop = sideBySide(documents.map((document) => document.shop));
  return {
    number: each('number'),
    kind: each('kind'),
    date: each('date'),
    order: sideBySide(documents.map(({ orderNumber }) => orderNumber)),
    shop,
    buyer: each('buyer'),
    seller: plainText(seller.company || seller.name, MAX_VALUE_LENGTH) || shop,
    total: each('total'),
    currency: each('currency'),
    invoice: sideBySide(documents.map(({ invoiceNumber, number }) => invoiceNumber ?? number)),
    count: String(documents.length),
    documents: lines.map((line) => lineText(line, about)).join('\n'),
    notes: notes.map((note) => plainText(note, MAX_NOTE_LENGTH)).join('\n'),
  };
}

/** What differs from document to document, without what is said already. */
function sideBySide(values: readonly string[]): string {
  const distinct = [...new Set(values.map((value) => plainText(value, MAX_VALUE_LENGTH)))];
  const told = distinct.filter(Boolean);
  const more = told.length > MOST_SIDE_BY_SIDE ? ', …' : '';
  return `${told.slice(0, MOST_SIDE_BY_SIDE).join(', ')}${more}`;
}

/** A document as a mail names it; each part one line of visible text. */
interface Line {
  readonly kind: string;
  readonly number: string;
  /** Empty but on a credit note. */
  readonly corrected: string;
  readonly date: string;
  readonly buyer: string;
  readonly currency: string;
  readonly total: string;
}

function lineOf(document: Document, { language, seller }: Subjects): Line {
  const { kind, number, invoiceNumber = '', date, buyer, currency, grossMinor } = document;
  const locale = localeOf(language, seller.country);
  const formats = createFormats(locale, currency, document.minorUnits);
  return {
    kind: wordsOf(language).title[kind],
    number: plainText(number, MAX_VALUE_LENGTH),
    corrected: plainText(invoiceNumber, MAX_VALUE_LENGTH),
    date: formats.date(date),
    buyer: plainText(buyer.company || buyer.name, MAX_VALUE_LENGTH),
    currency,
    total: formats.amount(grossMinor),
  };
}

/** `- Credit note 1042-C1 for invoice 1042, 20 November 2026, Jan Jansen: EUR 12.10`. */
function lineText(line: Line, { language }: Subjects): string {
  const { kind, number, corrected, date, buyer, currency, total } = line;
  const ofInvoice = corrected && ` ${MAIL_WORDS[language].ofInvoice} ${corrected}`;
  const told = [`${kind} ${number}${ofInvoice}`, date, buyer].filter(Boolean).join(', ');
  return `- ${told}: ${currency} ${total}`;
}
