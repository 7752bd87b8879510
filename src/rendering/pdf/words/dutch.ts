import type { Words } from './words.js';

export const DUTCH: Words = {
  title: { invoice: 'Factuur', 'credit-note': 'Creditfactuur' },
  page: (page, of) => `Pagina ${page} van ${of}`,
  buyer: { invoice: 'Factuur aan', 'credit-note': 'Creditfactuur aan' },
  labels: {
    date: 'Datum',
    due: 'Vervaldatum',
    order: 'Bestelnummer',
    ordered: 'Besteld op',
    reference: 'Uw referentie',
    corrects: 'Correctie op factuur',
    replaces: 'Vervangt factuur',
    delivery: 'Land van levering',
    paymentMethod: 'Betaalwijze',
    vatNumber: 'Btw-nr.',
    registration: 'Registratienr.',
    phone: 'Tel.',
  },
  unnamedBuyer: 'Klant zonder naam',
  table: {
    description: 'Omschrijving',
    quantity: 'Aantal',
    unitPrice: 'Stukprijs',
    vat: 'Btw',
    amount: (currency) => `Bedrag (${currency})`,
  },
  unnamedLine: { product: 'Artikel', shipping: 'Verzending', fee: 'Toeslag', text: 'Artikel' },
  sku: (sku) => `Artikelnr. ${sku}`,
  lineDiscount: (discount, before) => `Korting ${discount} op ${before}`,
  net: 'Totaal exclusief btw',
  taxOn: (percent, base, name) =>
    name === undefined ? `${percent} btw over ${base}` : `${percent} ${name} over ${base}`,
  untaxedOn: (category, base) => {
    switch (category) {
      case 'AE':
        return `Btw verlegd over ${base}`;
      case 'O':
        return `Buiten de btw: ${base}`;
      case 'E':
        return `Vrijgesteld van btw: ${base}`;
      case 'S':
      case 'Z':
      case 'K':
      case 'G':
        return `0% btw over ${base}`;
    }
  },
  rounding: 'Afronding',
  total: { invoice: 'Totaal', 'credit-note': 'Totaal creditbedrag' },
  paid: {
    invoice: (by) => (by === undefined ? 'Betaald' : `Betaald (${by})`),
    'credit-note': (by) => (by === undefined ? 'Terugbetaald' : `Terugbetaald (${by})`),
  },
  giftCard: 'cadeaubon',
  storeCredit: 'winkeltegoed',
  settledApart: 'Apart verrekend (aanbetaling)',
  open: { invoice: 'Te betalen', 'credit-note': 'Terug te betalen of te verrekenen' },
  payment: { name: 'Op naam van', remittance: 'Omschrijving' },
  scanToPay: 'Scan om te betalen',
  coupons: (codes, isOne) => `${isOne ? 'Kortingscode' : 'Kortingscodes'}: ${codes}.`,
  discount: (amount) => `In de bedragen is ${amount} korting verwerkt, exclusief btw.`,
  treatment: {
    S: undefined,
    Z: undefined,
    AE: 'Btw verlegd: de afnemer geeft de btw aan.',
    K: 'Intracommunautaire levering, 0% btw.',
    G: 'Uitvoer buiten de Europese Unie, 0% btw.',
    E: 'Vrijgesteld van btw.',
    O: 'Buiten de heffing van btw.',
  },
  oneStopShop: (countries) =>
    `Btw van het land van levering (${countries}), volgens de eenloketregeling (OSS).`,
  estimated:
    'De verdeling van de bedragen over de btw-tarieven is geschat: de winkel gaf die verdeling niet.',
  bookNotes: 'Boekhoudnotities',
};
