import type { Language } from '../language.js';

/** What a UBL file says in words of its own; everything else in it is codes and figures. */
export interface Words {
  readonly unknownCustomer: string;
  readonly shipping: string;
  readonly fee: string;
  readonly discount: string;
  readonly coupons: string;
  readonly combinedRates: string;
  readonly estimated: string;
  readonly exempt: string;
  readonly reverseCharge: string;
  readonly intraCommunity: string;
  readonly exportSale: string;
  readonly outsideScope: string;
  readonly payWithin: (days: number) => string;
}

const WORDS: Readonly<Record<Language, Words>> = {
  nl: {
    unknownCustomer: 'Onbekende klant',
    shipping: 'Verzendkosten',
    fee: 'Toeslag',
    discount: 'Korting',
    coupons: 'Kortingscode',
    combinedRates: 'Samengesteld tarief',
    estimated: 'De verdeling over de btw-tarieven is een schatting.',
    exempt: 'Vrijgesteld van btw',
    reverseCharge: 'Btw verlegd',
    intraCommunity: 'Intracommunautaire levering',
    exportSale: 'Uitvoer buiten de EU',
    outsideScope: 'Niet aan btw onderworpen',
    payWithin: (days) => `Betaling binnen ${days} dagen`,
  },
  en: {
    unknownCustomer: 'Unknown customer',
    shipping: 'Shipping',
    fee: 'Fee',
    discount: 'Discount',
    coupons: 'Coupon',
    combinedRates: 'Combined rate',
    estimated: 'The split over the VAT rates is an estimate.',
    exempt: 'Exempt from VAT',
    reverseCharge: 'Reverse charge',
    intraCommunity: 'Intra-Community supply',
    exportSale: 'Export outside the EU',
    outsideScope: 'Not subject to VAT',
    payWithin: (days) => `Payment within ${days} days`,
  },
  de: {
    unknownCustomer: 'Unbekannter Kunde',
    shipping: 'Versandkosten',
    fee: 'Zuschlag',
    discount: 'Rabatt',
    coupons: 'Gutscheincode',
    combinedRates: 'Zusammengesetzter Satz',
    estimated: 'Die Aufteilung auf die Steuersätze ist geschätzt.',
    exempt: 'Steuerfrei',
    reverseCharge: 'Steuerschuldnerschaft des Leistungsempfängers',
    intraCommunity: 'Innergemeinschaftliche Lieferung',
    exportSale: 'Ausfuhrlieferung',
    outsideScope: 'Nicht steuerbar',
    payWithin: (days) => `Zahlbar innerhalb von ${days} Tagen`,
  },
};

export function wordsIn(language: Language): Words {
  return WORDS[language];
}
