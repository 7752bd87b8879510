/** What the owner decided about documents; the config's `vat`, `documents` and `payments` in one. */
export interface DocumentSettings {
  /** IANA zone: a document's date is a day on this calendar. */
  readonly timezone: string;
  /** ISO 3166-1 alpha-2; decides what `domestic`, `EU` and `non-EU` mean. */
  readonly sellerCountry: string;
  readonly vat: readonly VatRule[];
  /** Order meta keys that may hold the buyer's VAT number, first that is not empty wins. */
  readonly vatNumberKeys: readonly string[];
  /** The same for the buyer's number in the register of companies, … */
  readonly registrationKeys: readonly string[];
  /** … address for e-invoices (`0106:12345678`), … */
  readonly endpointKeys: readonly string[];
  /** … and what the buyer wants named on the invoice. */
  readonly referenceKeys: readonly string[];
  readonly invoiceDate: 'paid' | 'completed' | 'ordered';
  readonly numbering: Numbering;
  readonly lockedThrough?: LockedThrough;
  /** A refund, or a part of one, without lines: split over the order's rates and marked, or blocked. */
  readonly refundWithoutLines: 'estimate' | 'block';
  /** A refund whose lines are more than was paid back: scaled down and marked, or blocked. */
  readonly refundBelowLines: 'estimate' | 'block';
  /** An order cancelled (its rule now says `ignore`) after it was booked. */
  readonly cancelledAfterBooking: 'credit' | 'flag';
  /** A rate whose percentage the shop does not know: worked out from the lines, or blocked. */
  readonly unknownRate: 'derive' | 'block';
  /** Orders of nothing at all still get a document, or none. */
  readonly zeroTotal: 'book' | 'ignore';
  /** Largest unexplained difference, in minor units, that becomes a visible rounding line. */
  readonly roundingCapMinor: number;
  /** What lowers what is paid but not what is sold. */
  readonly prepayments: readonly PrepaymentRule[];
  /** Meta keys that mark an order as the balance of another one; such an order is a payment. */
  readonly balanceOfKeys: readonly string[];
}

/** First match wins; no match blocks the order. Every condition that is named must hold. */
export interface VatRule {
  /** Decimal text: `21`, `9.975`, `0`. */
  readonly percent: string;
  /** `NL`, `EU` (another member state than the seller's), `non-EU`, or a list. Absent: anywhere. */
  readonly country?: readonly string[];
  readonly buyer?: 'business' | 'consumer';
  readonly taxClass?: readonly string[];
  /** Kinds of line it is for: untaxed shipping can be told from untaxed goods. */
  readonly lines?: readonly ('product' | 'shipping' | 'fee')[];
  /** Products it is for: a donation can be told from goods that lack their tax by mistake. */
  readonly sku?: readonly string[];
  /** Begins the buyer's VAT number, for example `XI`. */
  readonly vatPrefix?: readonly string[];
  readonly meta?: Readonly<Record<string, string | boolean>>;
  /** The books' own name for this tax. */
  readonly code: string;
  /** EN 16931 category. Default: S above zero, Z at zero. */
  readonly category?: VatCategory;
  /** Why no tax was charged, as printed on the invoice. */
  readonly reason?: string;
  /** 1-based line in the config file. */
  readonly line?: number;
}

export const VAT_CATEGORIES = ['S', 'Z', 'E', 'AE', 'K', 'G', 'O'] as const;
export type VatCategory = (typeof VAT_CATEGORIES)[number];

type Numbering =
  /** The order's number; a credit note adds `-C1`, `-C2`, … */
  | { readonly from: 'order' }
  /** A meta key of the order (an invoice plugin's number); without it the order is blocked. */
  | { readonly from: 'meta'; readonly key: string }
  /** Gapless, per year and kind: `{prefix}{year}-{0001}`. */
  | {
      readonly from: 'sequence';
      readonly invoicePrefix: string;
      readonly creditNotePrefix: string;
      readonly digits: number;
    };

/** Through this day the books are closed. */
export interface LockedThrough {
  readonly date: string;
  /** Date such a document on the first open day (and say so), or block it. */
  readonly then: 'next-open-day' | 'block';
}

/** How the shop's data show that a part was, or will be, paid by other means. */
export interface PrepaymentRule {
  readonly kind: 'gift-card' | 'store-credit' | 'deposit';
  /** Meta keys whose value (a number, or numbers by card) is the amount. */
  readonly metaKeys?: readonly string[];
  /** Untaxed negative fees whose name matches, case-insensitively (a regular expression). */
  readonly feeName?: string;
}
