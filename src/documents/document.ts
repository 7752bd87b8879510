import type { DocumentKind } from '../orders/states.js';
import type { Instant, LocalDate } from '../orders/time.js';
import type { VatCategory } from './settings.js';

/** A person or company, as printed. */
export interface Party {
  readonly name: string;
  readonly company: string;
  readonly vatNumber: string;
  readonly street: string;
  readonly street2: string;
  readonly postcode: string;
  readonly city: string;
  readonly state: string;
  readonly country: string;
  readonly email: string;
  /** In the register of companies, where the order says so. */
  readonly registration?: PartyId;
  /** Where e-invoices reach the party, where the order says so. */
  readonly endpoint?: PartyId;
}

export type DeliveryAddress = Pick<
  Party,
  'name' | 'company' | 'street' | 'street2' | 'postcode' | 'city' | 'state' | 'country'
>;

/** An identifier within a scheme. */
export interface PartyId {
  /** Of ISO 6523 or the EAS list, as `0106`; empty where it is not known. */
  readonly scheme: string;
  readonly id: string;
}

/** How a share of the document is treated for VAT. */
export interface VatTreatment {
  /** The books' own name for this tax. */
  readonly code: string;
  readonly category: VatCategory;
  /** Decimal text. */
  readonly percent: string;
  /** The country whose tax it is; of delivery where no rate applied; may be empty. */
  readonly country: string;
  readonly reason?: string;
}

/** One line of a document. All amounts of a document follow its kind: positive on an ordinary
 * invoice, and positive on a credit note for what is given back. */
export interface DocumentLine {
  /** `text` carries no money (a bundle's child at zero); `rounding` is an explained remainder. */
  readonly kind: 'product' | 'shipping' | 'fee' | 'rounding' | 'text';
  readonly name: string;
  readonly sku: string;
  readonly quantity: string;
  readonly netMinor: number;
  /** Net before discount, where that differs. */
  readonly netBeforeDiscountMinor?: number;
  /** Net per piece, up to 8 decimals; absent where the quantity is 0. */
  readonly unitPrice?: string;
  /** Index into `groups`. */
  readonly group: number;
}

/**
 * A share of the net that carries the same set of rates. `vat` has one entry a rate; one with 0 %
 * where no rate applied; none for an explained rounding difference.
 */
export interface NetGroup {
  readonly netMinor: number;
  /** The shop's rates on it, sorted; empty where none applied. */
  readonly rateIds: readonly string[];
  readonly vat: readonly VatTreatment[];
}

/** The shop's own tax of one rate; equal to the cent. */
export interface DocumentTax {
  readonly rateId: string;
  readonly label: string;
  readonly compound: boolean;
  readonly vat: VatTreatment;
  /** Net that carries this rate. Under several rates on one line, that net counts for each. */
  readonly baseMinor: number;
  readonly taxMinor: number;
  /** The percentage was worked out from the lines, since the shop did not know it. */
  readonly derived: boolean;
}

/** How a document is settled. Amounts sum to the gross. */
export interface Settlement {
  /** `receivable`: not paid yet. */
  readonly kind: 'payment' | 'receivable' | 'gift-card' | 'store-credit' | 'deposit';
  /** WooCommerce's payment method, for `payment`. */
  readonly method: string;
  readonly title: string;
  readonly amountMinor: number;
}

/** What the payment provider kept, where the shop recorded it. */
export interface GatewayFee {
  readonly method: string;
  readonly currency: string;
  readonly amountMinor: number;
}

/**
 * An invoice or credit note. Made once from an order or a refund and never changed (rule 3).
 * `grossMinor = netMinor + taxMinor`; `netMinor` is the sum of lines and the sum of groups;
 * `taxMinor` is the sum of `taxes`; `grossMinor` is the sum of `settlements`.
 */
export interface Document {
  /**
   * Deterministic and unique: `main/1042/invoice`, `main/1042/credit-note/1050`; of the second round
   * `main/1042/invoice-2`, `main/1042/credit-note-2/1050`.
   */
  readonly key: string;
  /** Counts how often the order was booked, and is the same for all that corrects one sale; absent: 1. */
  readonly round?: number;
  readonly kind: DocumentKind;
  readonly number: string;
  readonly shop: string;
  readonly orderId: number;
  readonly orderNumber: string;
  /** The WooCommerce refund; absent where the credit note has another cause. */
  readonly refundId?: number;
  /** On a credit note: the number of the invoice it corrects. */
  readonly invoiceNumber?: string;
  /** On the document of a sale that was credited and booked again: the number of the one before. */
  readonly replaces?: string;
  readonly date: LocalDate;
  readonly orderedAt: Instant;
  readonly paidAt: Instant | null;
  readonly currency: string;
  readonly minorUnits: number;
  readonly grossMinor: number;
  readonly netMinor: number;
  readonly taxMinor: number;
  readonly lines: readonly DocumentLine[];
  readonly groups: readonly NetGroup[];
  readonly taxes: readonly DocumentTax[];
  readonly settlements: readonly Settlement[];
  readonly gatewayFee?: GatewayFee;
  readonly discountMinor: number;
  readonly couponCodes: readonly string[];
  readonly buyer: Party;
  /** What the buyer asked to be named on the invoice, as a purchase order's number. */
  readonly buyerReference?: string;
  readonly deliveryCountry: string;
  /** Where it went, where that is not the buyer's own address. */
  readonly deliveredTo?: DeliveryAddress;
  /** Some figure is a split that the shop did not give. */
  readonly estimated: boolean;
  /** Whatever a reader should know, one sentence each: a shifted date, an estimate, a warning. */
  readonly notes: readonly string[];
}
