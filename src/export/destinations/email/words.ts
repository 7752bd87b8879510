import type { Language } from '../../../rendering/language.js';

/** What a mail says in one language, besides the words of the documents themselves. */
export interface MailWords {
  /** Before the number of the invoice that a credit note corrects. */
  readonly ofInvoice: string;
  /** The usual templates, for a mail of one document and for one of several. */
  readonly subject: { readonly one: string; readonly several: string };
  readonly body: string;
}

export const MAIL_WORDS: Readonly<Record<Language, MailWords>> = {
  nl: {
    ofInvoice: 'bij factuur',
    subject: {
      one: '{kind} {number} - {seller}',
      several: '{count} facturen en creditfacturen - {seller}',
    },
    body: bodyOf('Bijgevoegd:', 'Automatisch verzonden door orderpark, namens {seller}.'),
  },
  en: {
    ofInvoice: 'for invoice',
    subject: {
      one: '{kind} {number} - {seller}',
      several: '{count} invoices and credit notes - {seller}',
    },
    body: bodyOf('Attached:', 'Sent automatically by orderpark, on behalf of {seller}.'),
  },
  de: {
    ofInvoice: 'zu Rechnung',
    subject: {
      one: '{kind} {number} - {seller}',
      several: '{count} Rechnungen und Rechnungskorrekturen - {seller}',
    },
    body: bodyOf('Im Anhang:', 'Automatisch versandt von orderpark, im Auftrag von {seller}.'),
  },
};

/** Two hyphens and a space begin a signature. */
function bodyOf(attached: string, signature: string): string {
  return `${attached}\n\n{documents}\n\n{notes}\n\n-- \n${signature}\n`;
}
