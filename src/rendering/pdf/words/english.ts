import type { Words } from './words.js';

export const ENGLISH: Words = {
  title: { invoice: 'Invoice', 'credit-note': 'Credit note' },
  page: (page, of) => `Page ${page} of ${of}`,
  buyer: { invoice: 'Invoice to', 'credit-note': 'Credit note to' },
  labels: {
    date: 'Date',
    due: 'Due date',
    order: 'Order number',
    ordered: 'Ordered on',
    reference: 'Your reference',
    corrects: 'Corrects invoice',
    replaces: 'Replaces invoice',
    delivery: 'Country of delivery',
    paymentMethod: 'Payment method',
    vatNumber: 'VAT no.',
    registration: 'Registration no.',
    phone: 'Phone',
  },
  unnamedBuyer: 'Customer without a name',
  table: {
    description: 'Description',
    quantity: 'Quantity',
    unitPrice: 'Unit price',
    vat: 'VAT',
    amount: (currency) => `Amount (${currency})`,
  },
  unnamedLine: { product: 'Item', shipping: 'Shipping', fee: 'Fee', text: 'Item' },
  sku: (sku) => `Item no. ${sku}`,
  lineDiscount: (discount, before) => `Discount of ${discount} on ${before}`,
  net: 'Total excluding VAT',
  taxOn: (percent, base, name) => `${percent} ${name ?? 'VAT'} on ${base}`,
  untaxedOn: (category, base) => {
    switch (category) {
      case 'AE':
        return `Reverse charge on ${base}`;
      case 'O':
        return `Outside the scope of VAT: ${base}`;
      case 'E':
        return `Exempt from VAT: ${base}`;
      case 'S':
      case 'Z':
      case 'K':
      case 'G':
        return `0% VAT on ${base}`;
    }
  },
  rounding: 'Rounding',
  total: { invoice: 'Total', 'credit-note': 'Total credited' },
  paid: {
    invoice: (by) => (by === undefined ? 'Paid' : `Paid (${by})`),
    'credit-note': (by) => (by === undefined ? 'Paid back' : `Paid back (${by})`),
  },
  giftCard: 'gift card',
  storeCredit: 'store credit',
  settledApart: 'Settled separately (deposit)',
  open: { invoice: 'To pay', 'credit-note': 'To be paid back or set off' },
  payment: { name: 'Account name', remittance: 'Reference' },
  scanToPay: 'Scan to pay',
  coupons: (codes, isOne) => `${isOne ? 'Coupon' : 'Coupons'}: ${codes}.`,
  discount: (amount) => `The amounts include a discount of ${amount}, excluding VAT.`,
  treatment: {
    S: undefined,
    Z: undefined,
    AE: 'Reverse charge: the customer accounts for the VAT.',
    K: 'Intra-Community supply, exempt from VAT.',
    G: 'Export outside the European Union, exempt from VAT.',
    E: 'Exempt from VAT.',
    O: 'Outside the scope of VAT.',
  },
  oneStopShop: (countries) =>
    `VAT of the country of delivery (${countries}), under the One Stop Shop scheme (OSS).`,
  estimated:
    'How the amounts are split over the VAT rates is an estimate: the shop did not give the split.',
  bookNotes: 'Notes for the books',
};
