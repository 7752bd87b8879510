import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import { epochMsOf, type LocalDate } from '../../orders/time.js';
import type { Language } from '../language.js';
import { ownerMark } from '../owner-mark.js';
import { visibleText } from '../visible-text.js';
import { PAGE } from './style.js';

/** What the file says of itself. */
export interface Description {
  readonly title: string;
  readonly author: string;
  readonly language: Language;
  /** `Document.key`. */
  readonly key: string;
  readonly date: LocalDate;
}

export interface Attachment {
  readonly name: string;
  readonly content: Uint8Array;
}

/**
 * An empty PDF/A-3b (ISO 19005-3): with XMP metadata, the sRGB output intent, and nothing in it
 * that differs from one run to the next.
 */
export function createArchive(description: Description): PDFKit.PDFDocument {
  const author = plainInXml(description.author);
  const options = {
    subset: 'PDF/A-3b',
    pdfVersion: '1.7',
    size: [PAGE.width, PAGE.height],
    margin: 0,
    autoFirstPage: false,
    bufferPages: true,
    displayTitle: true,
    lang: description.language,
    font: '', // none of the standard fonts, which are not embedded
    info: {
      Title: plainInXml(description.title),
      ...(author === '' ? {} : { Author: author }),
      Keywords: ownerMark(description.key),
      Creator: 'orderpark',
      CreationDate: dateOf(description.date),
    },
  } satisfies PDFKit.PDFDocumentOptions;
  return new PDFDocument(options);
}

/** Embeds the invoice as data, another form of the whole document (ISO 19005-3, 6.8). */
export function attach(
  pdf: PDFKit.PDFDocument,
  { name, content }: Attachment,
  { date }: Description,
): void {
  const options = {
    name,
    type: 'application/xml',
    relationship: 'Alternative',
    creationDate: dateOf(date),
    modifiedDate: dateOf(date),
  };
  pdf.file(Buffer.from(content), options);
}

export async function bytesOf(pdf: PDFKit.PDFDocument): Promise<Uint8Array> {
  pdf.end();
  return buffer(pdf);
}

const LOOK_ALIKES: Readonly<Record<string, string>> = { '&': '＆', '<': '‹', '>': '›' };

/** pdfkit puts these texts into XML as they are. */
function plainInXml(text: string): string {
  return visibleText(text).replace(/[&<>]/g, (sign) => LOOK_ALIKES[sign] ?? ' ');
}

/** The beginning of the day: the moment of writing would make each run's bytes different. */
function dateOf(date: LocalDate): Date {
  return new Date(epochMsOf(`${date}T00:00:00.000Z`));
}
