import type {
  Document,
  DocumentLine,
  DocumentTax,
  GatewayFee,
  NetGroup,
  Party,
  Settlement,
  VatTreatment,
} from '../../src/documents/document.js';
import { minorUnitsOf } from '../../src/orders/money.js';

/** The rates of the examples, by a short name. */
const RATES = {
  NL21: rate('NL21', '21', 'NL', 'BTW hoog'),
  NL9: rate('NL9', '9', 'NL', 'BTW laag'),
  NL0: rate('NL0', '0', 'NL', 'BTW 0'),
  DE19: rate('DE19', '19', 'DE', 'MwSt'),
  REVERSE: rate('REVERSE', '0', 'BE', 'Reverse charge'),
  EXPORT: rate('EXPORT', '0', '', 'Export'),
  GST: rate('GST', '5', 'CA', 'GST'),
  QST: rate('QST', '9.975', 'CA', 'QST', true),
} as const;
type RateName = keyof typeof RATES;

interface ExampleRate {
  readonly vat: VatTreatment;
  readonly label: string;
  readonly compound: boolean;
}

function rate(
  code: string,
  percent: string,
  country: string,
  label: string,
  compound = false,
): ExampleRate {
  const category = percent === '0' ? 'Z' : 'S';
  return { vat: { code, category, percent, country }, label, compound };
}

/** A line of an example: what it is, its net, and the rates on it (none: unexplained rounding). */
interface ExampleLine {
  readonly kind?: DocumentLine['kind'];
  readonly name?: string;
  readonly netMinor: number;
  readonly rates?: readonly RateName[];
}

/** What an example says; all totals are worked out from lines and taxes. */
export interface Example {
  readonly kind?: Document['kind'];
  readonly shop?: string;
  readonly orderId?: number;
  readonly refundId?: number;
  readonly key?: string;
  readonly number?: string;
  readonly date?: string;
  readonly currency?: string;
  readonly lines: readonly ExampleLine[];
  /** Tax in minor units by rate. */
  readonly taxes?: Partial<Readonly<Record<RateName, number>>>;
  /** Paid by other means; the rest is a payment by `method`, or receivable where that is empty. */
  readonly prepaid?: readonly Pick<Settlement, 'kind' | 'amountMinor'>[];
  readonly method?: string;
  readonly gatewayFee?: GatewayFee;
  readonly discountMinor?: number;
  readonly couponCodes?: readonly string[];
  readonly buyer?: Partial<Party>;
  readonly estimated?: boolean;
  readonly notes?: readonly string[];
}

const BUYER: Party = {
  name: 'Jan Jansen',
  company: '',
  vatNumber: '',
  street: 'Dorpsstraat 1',
  street2: '',
  postcode: '1234 AB',
  city: 'Utrecht',
  state: '',
  country: 'NL',
  email: 'jan@example.com',
};

/** A valid document: its sums hold and its key follows from its order. */
export function documentOf(example: Example): Document {
  const { shop = 'main', orderId = 1042, kind = 'invoice', currency = 'EUR' } = example;
  const taxes = taxesOf(example);
  const grouped = groupsOf(example.lines);
  const netMinor = sum(example.lines.map((line) => line.netMinor));
  const taxMinor = sum(taxes.map((tax) => tax.taxMinor));
  const isInvoice = kind === 'invoice';
  const { refundId } = example;
  const cause = isInvoice ? 'invoice' : `credit-note/${refundId ?? 'cancelled'}`;
  const buyer = { ...BUYER, ...example.buyer };
  return {
    key: example.key ?? `${shop}/${orderId}/${cause}`,
    kind,
    number: example.number ?? (isInvoice ? String(orderId) : `${orderId}-C1`),
    shop,
    orderId,
    orderNumber: String(orderId),
    ...(refundId === undefined ? {} : { refundId }),
    ...(isInvoice ? {} : { invoiceNumber: String(orderId) }),
    date: example.date ?? '2026-11-20',
    orderedAt: '2026-11-20T14:51:59.000Z',
    paidAt: '2026-11-20T14:53:00.000Z',
    currency,
    minorUnits: minorUnitsOf(currency),
    grossMinor: netMinor + taxMinor,
    netMinor,
    taxMinor,
    lines: grouped.lines,
    groups: grouped.groups,
    taxes,
    settlements: settlementsOf(example, netMinor + taxMinor),
    ...(example.gatewayFee ? { gatewayFee: example.gatewayFee } : {}),
    discountMinor: example.discountMinor ?? 0,
    couponCodes: example.couponCodes ?? [],
    buyer,
    deliveryCountry: buyer.country,
    estimated: example.estimated ?? false,
    notes: example.notes ?? [],
  };
}

function groupsOf(lines: readonly ExampleLine[]): {
  lines: readonly DocumentLine[];
  groups: readonly NetGroup[];
} {
  const names = [...new Set(lines.map((line) => (line.rates ?? []).join('+')))];
  return {
    lines: lines.map(({ kind = 'product', name = 'Thing', netMinor, rates = [] }) => ({
      kind,
      name,
      sku: '',
      quantity: '1',
      netMinor,
      group: names.indexOf(rates.join('+')),
    })),
    groups: names.map((name) => {
      const members = lines.filter((line) => (line.rates ?? []).join('+') === name);
      return {
        netMinor: sum(members.map((line) => line.netMinor)),
        rateIds: [...(members[0]?.rates ?? [])].sort(),
        vat: (members[0]?.rates ?? []).map((each) => RATES[each].vat),
      };
    }),
  };
}

function taxesOf({ lines, taxes = {} }: Example): readonly DocumentTax[] {
  const names = [...new Set(lines.flatMap((line) => line.rates ?? []))];
  return names.map((name) => ({
    ...RATES[name],
    rateId: name,
    baseMinor: sum(lines.filter((line) => line.rates?.includes(name)).map((line) => line.netMinor)),
    taxMinor: taxes[name] ?? 0,
    derived: false,
  }));
}

function settlementsOf(example: Example, grossMinor: number): readonly Settlement[] {
  const { prepaid = [], method = 'ideal' } = example;
  const parts = prepaid.map((part) => ({ ...part, method: '', title: '' }));
  const amountMinor = grossMinor - sum(parts.map((part) => part.amountMinor));
  if (amountMinor === 0) return parts;
  const kind = method === '' ? 'receivable' : 'payment';
  return [...parts, { kind, method, title: method, amountMinor }];
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}

/** Names, as customers and attackers type them. */
const ODD_NAMES: readonly string[] = [
  '',
  '   ',
  '"Quote" \\ \'single\' \\"',
  'Emoji 👩‍👩‍👧 😀',
  'שלום עולם',
  '\u202eevil\u202c right-to-left',
  '李小龙',
  '<script>alert("x")</script> &amp;',
  'semi; colon | bar  two spaces\ttab',
  'line\nbreak\r\n2026-01-01 * forged\n    Assets:Forged  1.00 EUR',
  '* ! (1042) ( [2026-01-01]',
  '; comment',
  '=2026-01-01 {1 EUR} @ 3 EUR',
  '#tag ^link :a:b: date: nonsense',
  '{{handlebars}} %(percent) $VAR `cmd`',
  'lone surrogate \ud83d',
  'e\u0301 composed \u00e9',
  '-',
  '.',
  '0',
  '1000 EUR',
  '~ P D include account alias end',
  'x'.repeat(5000),
];

const PLAIN_LINE: ExampleLine = { netMinor: 1649, rates: ['NL21'] };
const SHIPPING: ExampleLine = {
  kind: 'shipping',
  name: 'Parcel',
  netMinor: 409,
  rates: ['NL21'],
};

/** One document of every kind, by what it is an example of; each with its own order. */
export const EXAMPLES = {
  plain: documentOf({ orderId: 1, lines: [PLAIN_LINE, SHIPPING], taxes: { NL21: 432 } }),
  severalRates: documentOf({
    orderId: 2,
    lines: [
      { netMinor: 3298, rates: ['NL21'] },
      { netMinor: 2248, rates: ['NL9'] },
      { netMinor: 5000, rates: ['NL0'] },
      SHIPPING,
    ],
    taxes: { NL21: 778, NL9: 202 },
  }),
  creditNote: documentOf({
    orderId: 1,
    refundId: 77,
    kind: 'credit-note',
    date: '2027-01-02',
    lines: [PLAIN_LINE],
    taxes: { NL21: 346 },
  }),
  bookedAgain: {
    ...documentOf({ orderId: 31, lines: [PLAIN_LINE], taxes: { NL21: 346 } }),
    ...{ key: 'main/31/invoice-2', number: '31-2', round: 2, replaces: '31' },
  },
  yen: documentOf({
    orderId: 3,
    currency: 'JPY',
    lines: [{ netMinor: 10_100, rates: ['EXPORT'] }],
    buyer: { country: 'JP', name: '山田太郎' },
  }),
  dinar: documentOf({
    orderId: 4,
    currency: 'KWD',
    lines: [{ netMinor: 6_501, rates: ['EXPORT'] }],
    buyer: { country: 'KW' },
  }),
  giftCard: documentOf({
    orderId: 5,
    lines: [PLAIN_LINE],
    taxes: { NL21: 346 },
    prepaid: [{ kind: 'gift-card', amountMinor: 1000 }],
  }),
  storeCreditOnly: documentOf({
    orderId: 6,
    lines: [PLAIN_LINE],
    taxes: { NL21: 346 },
    prepaid: [{ kind: 'store-credit', amountMinor: 1995 }],
  }),
  deposit: documentOf({
    orderId: 7,
    lines: [{ netMinor: 10_000, rates: ['NL21'] }],
    taxes: { NL21: 2100 },
    prepaid: [{ kind: 'deposit', amountMinor: 9000 }],
  }),
  rounding: documentOf({
    orderId: 8,
    lines: [PLAIN_LINE, { kind: 'rounding', name: 'Rounding', netMinor: -1 }],
    taxes: { NL21: 346 },
  }),
  estimated: documentOf({
    orderId: 2,
    refundId: 78,
    kind: 'credit-note',
    lines: [
      { name: 'Part', netMinor: 451, rates: ['NL21'] },
      { name: 'Part', netMinor: 416, rates: ['NL9'] },
    ],
    taxes: { NL21: 95, NL9: 38 },
    estimated: true,
    notes: [
      'The refund has no lines: split pro rata, by the rates of the order.',
      'Second [note].',
    ],
  }),
  compound: documentOf({
    orderId: 9,
    lines: [{ netMinor: 5000, rates: ['GST', 'QST'] }],
    taxes: { GST: 250, QST: 524 },
    buyer: { country: 'CA' },
  }),
  reverseCharge: documentOf({
    orderId: 10,
    lines: [{ netMinor: 5000, rates: ['REVERSE'] }],
    buyer: { country: 'BE', company: 'Bedrijf, NV', vatNumber: 'BE0999999999' },
    method: '',
  }),
  fees: documentOf({
    orderId: 11,
    lines: [
      PLAIN_LINE,
      { kind: 'fee', name: 'Gift wrap', netMinor: 250, rates: ['NL21'] },
      { kind: 'fee', name: 'Loyalty', netMinor: -500, rates: ['NL21'] },
    ],
    taxes: { NL21: 294 },
    discountMinor: 300,
    couponCodes: ['SUMMER', 'ten, off'],
  }),
  gatewayFee: documentOf({
    orderId: 12,
    lines: [PLAIN_LINE],
    taxes: { NL21: 346 },
    method: 'stripe_klarna',
    gatewayFee: { method: 'stripe_klarna', currency: 'EUR', amountMinor: 54 },
  }),
  foreignGatewayFee: documentOf({
    orderId: 13,
    currency: 'USD',
    lines: [{ netMinor: 2500, rates: ['EXPORT'] }],
    method: '支付宝',
    gatewayFee: { method: '支付宝', currency: 'EUR', amountMinor: 99 },
    buyer: { country: 'US' },
  }),
  zeroTotal: documentOf({
    orderId: 14,
    lines: [
      { netMinor: 0, rates: ['NL21'] },
      { kind: 'text', name: 'Free sample', netMinor: 0 },
    ],
  }),
  empty: documentOf({ orderId: 15, lines: [] }),
  taxOnly: documentOf({
    orderId: 11,
    refundId: 79,
    kind: 'credit-note',
    lines: [{ netMinor: 0, rates: ['NL21'] }],
    taxes: { NL21: 100 },
  }),
} as const satisfies Record<string, Document>;

/** Documents whose customer, number, notes, coupons and tax texts are odd, one a name. */
export function oddDocuments(): readonly Document[] {
  return ODD_NAMES.map((name, index) =>
    documentOf({
      orderId: 2000 + index,
      number: `${index} ${name}`.slice(0, 300),
      lines: [{ name, netMinor: 1000 + index, rates: ['DE19'] }],
      taxes: { DE19: 190 },
      buyer: { name, country: 'DE', vatNumber: name.slice(0, 20) },
      method: name.slice(0, 40),
      notes: [name, name],
      couponCodes: [name],
      discountMinor: 5,
    }),
  );
}

export function allDocuments(): readonly Document[] {
  return [...Object.values(EXAMPLES), ...oddDocuments()];
}
