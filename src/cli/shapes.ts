import type { CheckFinding } from '../check/finding.js';
import type { Document } from '../documents/document.js';
import type {
  Difference,
  HistoryEntry,
  Nudge,
  StoredDocument,
  StoredOrder,
  StoredPosting,
} from '../store/store.js';

/**
 * The shapes that `--json` prints; documented in docs/cli.md and stable: keys are added, never
 * renamed. Money is integer minor units, times are UTC instants.
 */

/** What `init` found and did. */
export interface InitJson {
  /** Absolute path. */
  readonly config: string;
  /** Absolute paths of all that was written. */
  readonly files: readonly string[];
  readonly shop: {
    readonly id: string;
    readonly url: string;
    readonly name: string | null;
    readonly wooCommerceVersion: string | null;
    readonly currency: string | null;
    readonly timezone: string | null;
    readonly orderStorage: string | null;
    readonly statuses: readonly { readonly slug: string; readonly total: number }[];
    readonly ordersLookedAt: number;
  };
  /** What the shop would not tell. */
  readonly gaps: readonly {
    readonly what: string;
    readonly message: string;
    readonly fix: string;
  }[];
  /** As `check --json` prints them. */
  readonly findings: readonly CheckFinding[];
  /** As `webhook register --json` prints it; `null` where none were made. */
  readonly webhooks: unknown;
}

export interface OrderJson {
  readonly shop: string;
  readonly id: number;
  readonly number: string;
  readonly status: string;
  readonly state: string;
  readonly reason: string;
  readonly rule: string;
  readonly ruleLine?: number;
  readonly createdAt: string;
  readonly modifiedAt: string;
  readonly stateSince: string;
  readonly expiresAt?: string;
  readonly decision?: 'forward' | 'ignore';
  readonly customer: string;
  readonly currency: string;
  readonly minorUnits: number;
  readonly grossMinor: number;
  readonly taxMinor: number;
  readonly changes: readonly Difference[];
}

export function orderJson(order: StoredOrder): OrderJson {
  const { ruleLine, expiresAt, decision } = order;
  return {
    shop: order.shop,
    id: order.id,
    number: order.number,
    status: order.status,
    state: order.state,
    reason: order.reason,
    rule: order.rule,
    ...(ruleLine === null ? {} : { ruleLine }),
    createdAt: order.createdAt,
    modifiedAt: order.modifiedAt,
    stateSince: order.stateSince,
    ...(expiresAt === null ? {} : { expiresAt }),
    ...(decision === null ? {} : { decision }),
    customer: order.customer,
    currency: order.currency,
    minorUnits: order.minorUnits,
    grossMinor: order.grossMinor,
    taxMinor: order.taxMinor,
    changes: order.changes,
  };
}

export interface DocumentJson {
  readonly key: string;
  readonly number: string;
  readonly kind: string;
  readonly shop: string;
  readonly orderId: number;
  readonly orderNumber: string;
  readonly refundId?: number;
  readonly invoiceNumber?: string;
  readonly date: string;
  readonly currency: string;
  readonly minorUnits: number;
  readonly grossMinor: number;
  readonly netMinor: number;
  readonly taxMinor: number;
  readonly taxByRate: readonly TaxJson[];
  readonly estimated: boolean;
  readonly issuedAt: string;
  readonly postings: readonly PostingJson[];
}

/** One of the shop's rates. */
interface TaxJson {
  readonly rateId: string;
  readonly percent: string;
  readonly country: string;
  readonly code: string;
  readonly category: string;
  readonly baseMinor: number;
  readonly taxMinor: number;
}

export interface PostingJson {
  readonly books: string;
  readonly state: string;
  readonly reference?: string;
  readonly attempt: number;
  readonly reason: string;
  readonly fix?: string;
  readonly dueAt?: string;
}

export function documentJson(
  { document, issuedAt }: StoredDocument,
  postings: readonly StoredPosting[],
): DocumentJson {
  const { refundId, invoiceNumber } = document;
  return {
    key: document.key,
    number: document.number,
    kind: document.kind,
    shop: document.shop,
    orderId: document.orderId,
    orderNumber: document.orderNumber,
    ...(refundId === undefined ? {} : { refundId }),
    ...(invoiceNumber === undefined ? {} : { invoiceNumber }),
    date: document.date,
    currency: document.currency,
    minorUnits: document.minorUnits,
    grossMinor: document.grossMinor,
    netMinor: document.netMinor,
    taxMinor: document.taxMinor,
    taxByRate: document.taxes.map(({ rateId, vat, baseMinor, taxMinor }) => ({
      rateId,
      percent: vat.percent,
      country: vat.country,
      code: vat.code,
      category: vat.category,
      baseMinor,
      taxMinor,
    })),
    estimated: document.estimated,
    issuedAt,
    postings: postings.filter(({ documentKey }) => documentKey === document.key).map(postingJson),
  };
}

export function postingJson(posting: StoredPosting): PostingJson {
  const { reference, fix, dueAt } = posting;
  return {
    books: posting.books,
    state: posting.state,
    ...(reference === null ? {} : { reference }),
    attempt: posting.attempt,
    reason: posting.reason,
    ...(fix === null ? {} : { fix }),
    ...(dueAt === null ? {} : { dueAt }),
  };
}

/** A document whole, as `documents show` prints it. */
export type DocumentDetailJson = DocumentJson &
  Pick<
    Document,
    | 'lines'
    | 'groups'
    | 'settlements'
    | 'buyer'
    | 'deliveryCountry'
    | 'notes'
    | 'couponCodes'
    | 'discountMinor'
  >;

export function documentDetailJson(
  stored: StoredDocument,
  postings: readonly StoredPosting[],
): DocumentDetailJson {
  const { document } = stored;
  const { lines, groups, settlements, buyer, deliveryCountry, notes, couponCodes, discountMinor } =
    document;
  return {
    ...documentJson(stored, postings),
    lines,
    groups,
    settlements,
    buyer,
    deliveryCountry,
    notes,
    couponCodes,
    discountMinor,
  };
}

export interface HistoryJson {
  readonly at: string;
  readonly from: string | null;
  readonly to: string;
  readonly status: string;
  readonly reason: string;
  readonly rule: string;
  readonly source: string;
}

export function historyJson({
  at,
  from,
  to,
  status,
  reason,
  rule,
  source,
}: HistoryEntry): HistoryJson {
  return { at, from, to, status, reason, rule, source };
}

/** What one webhook told of an order. */
export interface NudgeJson {
  readonly topic: string;
  readonly receivedAt: string;
  readonly doneAt: string | null;
  readonly outcome: string | null;
  readonly attempts: number;
  readonly detail: string;
}

export function nudgeJson({
  topic,
  receivedAt,
  doneAt,
  outcome,
  attempts,
  detail,
}: Nudge): NudgeJson {
  return { topic, receivedAt, doneAt, outcome, attempts, detail };
}
