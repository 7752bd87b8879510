import type { Words } from './words.js';

/**
 * A credit note is a `Rechnungskorrektur`: `Gutschrift` is, by § 14 (2) UStG, an invoice that the
 * customer makes out.
 */
export const GERMAN: Words = {
  title: { invoice: 'Rechnung', 'credit-note': 'Rechnungskorrektur' },
  page: (page, of) => `Seite ${page} von ${of}`,
  buyer: { invoice: 'Rechnung an', 'credit-note': 'Rechnungskorrektur an' },
  labels: {
    date: 'Datum',
    due: 'Fällig am',
    order: 'Bestellnummer',
    ordered: 'Bestellt am',
    reference: 'Ihre Referenz',
    corrects: 'Korrektur zu Rechnung',
    replaces: 'Ersetzt Rechnung',
    delivery: 'Lieferland',
    paymentMethod: 'Zahlungsart',
    vatNumber: 'USt-IdNr.',
    registration: 'Registernr.',
    phone: 'Tel.',
  },
  unnamedBuyer: 'Kunde ohne Namen',
  table: {
    description: 'Beschreibung',
    quantity: 'Menge',
    unitPrice: 'Einzelpreis',
    vat: 'USt',
    amount: (currency) => `Betrag (${currency})`,
  },
  unnamedLine: { product: 'Artikel', shipping: 'Versand', fee: 'Gebühr', text: 'Artikel' },
  sku: (sku) => `Artikelnr. ${sku}`,
  lineDiscount: (discount, before) => `Rabatt ${discount} auf ${before}`,
  net: 'Summe ohne USt',
  taxOn: (percent, base, name) => `${percent} ${name ?? 'USt'} auf ${base}`,
  untaxedOn: (category, base) => {
    switch (category) {
      case 'AE':
        return `Steuerschuld beim Empfänger: ${base}`;
      case 'O':
        return `Nicht steuerbar: ${base}`;
      case 'E':
        return `Steuerfrei: ${base}`;
      case 'S':
      case 'Z':
      case 'K':
      case 'G':
        return `0\u00a0% USt auf ${base}`;
    }
  },
  rounding: 'Rundung',
  total: { invoice: 'Gesamtbetrag', 'credit-note': 'Korrekturbetrag' },
  paid: {
    invoice: (by) => (by === undefined ? 'Bezahlt' : `Bezahlt (${by})`),
    'credit-note': (by) => (by === undefined ? 'Erstattet' : `Erstattet (${by})`),
  },
  giftCard: 'Geschenkgutschein',
  storeCredit: 'Guthaben',
  settledApart: 'Getrennt verrechnet (Anzahlung)',
  open: { invoice: 'Zu zahlen', 'credit-note': 'Zu erstatten oder zu verrechnen' },
  payment: { name: 'Empfänger', remittance: 'Verwendungszweck' },
  scanToPay: 'Zum Bezahlen scannen',
  coupons: (codes, isOne) => `${isOne ? 'Gutscheincode' : 'Gutscheincodes'}: ${codes}.`,
  discount: (amount) => `In den Beträgen ist ein Rabatt von ${amount} ohne USt enthalten.`,
  treatment: {
    S: undefined,
    Z: undefined,
    AE: 'Steuerschuldnerschaft des Leistungsempfängers.',
    K: 'Steuerfreie innergemeinschaftliche Lieferung.',
    G: 'Steuerfreie Ausfuhrlieferung.',
    E: 'Steuerfrei.',
    O: 'Nicht steuerbar.',
  },
  oneStopShop: (countries) =>
    `Umsatzsteuer des Lieferlandes (${countries}) nach dem One-Stop-Shop-Verfahren (OSS).`,
  estimated:
    'Die Aufteilung der Beträge auf die Steuersätze ist geschätzt: Der Shop nannte sie nicht.',
  bookNotes: 'Hinweise für die Buchhaltung',
};
