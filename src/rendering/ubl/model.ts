import type { PartyId } from '../../documents/document.js';
import type { VatCategory } from '../../documents/settings.js';
import type { Profile } from '../settings.js';

/**
 * An invoice or credit note in the terms of EN 16931-1 (BT and BG numbers beside them), between the
 * document and its XML. Amounts are integers of the document's minor units; all that EN 16931 sums
 * is summed here, so that the preflight checks what is written.
 */
export interface EInvoice {
  readonly profile: Profile;
  /** BT-3: 380 or 381. */
  readonly kind: 'invoice' | 'credit-note';
  /** Whose file it is, for us: the key of the document. */
  readonly documentKey: string;
  /** BT-1. */
  readonly number: string;
  /** BT-2. */
  readonly issueDate: string;
  /** BT-9; absent where nothing is open. */
  readonly dueDate?: string;
  /** BT-22, one paragraph. */
  readonly note: string;
  /** BT-5. */
  readonly currency: string;
  readonly minorUnits: number;
  /** BT-10. */
  readonly buyerReference: string;
  /** BT-13: the shop's order number. */
  readonly orderNumber: string;
  /** BT-25. */
  readonly precedingInvoice?: string;
  /** BG-4, BG-7. */
  readonly seller: EParty;
  readonly buyer: EParty;
  readonly delivery: Delivery;
  /** BG-16; absent where nothing needs to be said. */
  readonly payment?: PaymentMeans;
  /** BG-20, BG-21. */
  readonly adjustments: readonly Adjustment[];
  /** BG-23, one for each category and rate. */
  readonly breakdown: readonly VatRow[];
  /** BG-22. */
  readonly totals: Totals;
  /** BG-25, at least one. */
  readonly lines: readonly ELine[];
}

export interface EParty {
  /** BT-27, BT-44. */
  readonly name: string;
  /** BT-34, BT-49. */
  readonly endpoint?: PartyId;
  /** BT-31, BT-48; empty where it must not be shown or is none that a tax office would know. */
  readonly vatId: string;
  /** BT-30, BT-47. */
  readonly registration?: PartyId;
  readonly street: string;
  readonly street2: string;
  readonly city: string;
  readonly postcode: string;
  readonly subdivision: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** BG-6, BG-9; empty texts where there is none. */
  readonly contact: { readonly name: string; readonly phone: string; readonly email: string };
}

/** BG-13, BG-15. */
export interface Delivery {
  /** BT-72; only where the category or the profile asks for it. */
  readonly date?: string;
  readonly street: string;
  readonly city: string;
  readonly postcode: string;
  /** BT-80; empty where the shop does not know. */
  readonly country: string;
}

export interface PaymentMeans {
  /** BT-81 (UNTDID 4461). */
  readonly code: string;
  /** BT-83. */
  readonly remittance: string;
  /** BT-84, BT-86. */
  readonly account?: { readonly iban: string; readonly bic: string; readonly holder: string };
}

/** What makes shares of a document the same for EN 16931. */
export interface VatKey {
  /** BT-118. */
  readonly category: VatCategory;
  /** BT-119: decimal text without trailing zeros. */
  readonly percent: string;
}

export interface VatRow extends VatKey {
  /** BT-116. */
  readonly taxableMinor: number;
  /** BT-117. */
  readonly taxMinor: number;
  /** BT-120; empty where the category has none. */
  readonly reason: string;
  /** BT-121 (VATEX); empty where there is none. */
  readonly reasonCode: string;
  /** The rates that this one stands for, where EN 16931 allows one and the shop charged several. */
  readonly combines: readonly string[];
}

/** An allowance or charge on the whole document: shipping, and fees of either sign. */
export interface Adjustment {
  readonly kind: 'allowance' | 'charge';
  /** Not negative. */
  readonly amountMinor: number;
  readonly reason: string;
  /** UNTDID 5189 or 7161; empty where none fits. */
  readonly reasonCode: string;
  readonly vat: VatKey;
}

export interface ELine {
  readonly name: string;
  readonly sku: string;
  /** BT-129; carries the sign of the line, since a price has none (BR-27). */
  readonly quantity: string;
  /** BT-131. */
  readonly netMinor: number;
  /** BT-146; decimal text. */
  readonly price: string;
  /** BT-149; 1 where absent. */
  readonly baseQuantity?: string;
  /** BT-147 and BT-148: what the price was lowered by, and from. */
  readonly discount?: { readonly amount: string; readonly grossPrice: string };
  readonly vat: VatKey;
}

export interface Totals {
  /** BT-106. */
  readonly linesMinor: number;
  /** BT-107. */
  readonly allowancesMinor: number;
  /** BT-108. */
  readonly chargesMinor: number;
  /** BT-109. */
  readonly netMinor: number;
  /** BT-110. */
  readonly taxMinor: number;
  /** BT-112. */
  readonly grossMinor: number;
  /** BT-113. */
  readonly paidMinor: number;
  /** BT-114. */
  readonly roundingMinor: number;
  /** BT-115. */
  readonly payableMinor: number;
}
