import type { DocumentLine } from '../../../documents/document.js';
import type { VatCategory } from '../../../documents/settings.js';
import type { DocumentKind } from '../../../orders/states.js';
import type { Language } from '../../language.js';
import { DUTCH } from './dutch.js';
import { ENGLISH } from './english.js';
import { GERMAN } from './german.js';

/** All that a PDF says of itself. Parameters are ready to be printed: formatted, and isolated. */
export interface Words {
  readonly title: Readonly<Record<DocumentKind, string>>;
  readonly page: (page: number, of: number) => string;

  readonly buyer: Readonly<Record<DocumentKind, string>>;
  readonly labels: {
    readonly date: string;
    readonly due: string;
    readonly order: string;
    readonly ordered: string;
    readonly reference: string;
    readonly corrects: string;
    readonly replaces: string;
    readonly delivery: string;
    readonly paymentMethod: string;
    readonly vatNumber: string;
    readonly registration: string;
    readonly phone: string;
  };
  readonly unnamedBuyer: string;

  readonly table: {
    readonly description: string;
    readonly quantity: string;
    readonly unitPrice: string;
    readonly vat: string;
    readonly amount: (currency: string) => string;
  };
  /** For a line whose name the shop left empty. */
  readonly unnamedLine: Readonly<Record<Exclude<DocumentLine['kind'], 'rounding'>, string>>;
  readonly sku: (sku: string) => string;
  readonly lineDiscount: (discount: string, before: string) => string;

  readonly net: string;
  /** `name` tells a foreign tax from the usual one. */
  readonly taxOn: (percent: string, base: string, name: string | undefined) => string;
  readonly untaxedOn: (category: VatCategory, base: string) => string;
  readonly rounding: string;
  readonly total: Readonly<Record<DocumentKind, string>>;
  /** `by` is the means of payment, where it has a name. */
  readonly paid: Readonly<Record<DocumentKind, (by: string | undefined) => string>>;
  readonly giftCard: string;
  readonly storeCredit: string;
  /** A deposit, or what is paid after one: the shop settles it by itself. */
  readonly settledApart: string;
  readonly open: Readonly<Record<DocumentKind, string>>;

  /** What a transfer needs, beside the IBAN. */
  readonly payment: { readonly name: string; readonly remittance: string };
  readonly scanToPay: string;

  readonly coupons: (codes: string, isOne: boolean) => string;
  readonly discount: (amount: string) => string;
  /** What the law wants to be said, or undefined where it wants nothing. */
  readonly treatment: Readonly<Record<VatCategory, string | undefined>>;
  readonly oneStopShop: (countries: string) => string;
  readonly estimated: string;
  readonly bookNotes: string;
}

const WORDS: Readonly<Record<Language, Words>> = { nl: DUTCH, en: ENGLISH, de: GERMAN };

export function wordsOf(language: Language): Words {
  return WORDS[language];
}
