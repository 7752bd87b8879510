import type { Document, VatTreatment } from '../../../src/documents/document.js';
import type { Instant } from '../../../src/orders/time.js';
import type {
  NewDocument,
  NewHistoryEntry,
  NewQuarantineEntry,
  StoredOrder,
  StoredRefund,
} from '../../../src/store/store.js';

export const NOON = '2026-11-20T12:00:00.000Z';

/** A moment `minutes` after noon of the day that the samples happen on. */
export function afterNoon(minutes: number): Instant {
  return new Date(Date.parse(NOON) + minutes * 60_000).toISOString();
}

export function anOrder(id: number, part: Partial<StoredOrder> = {}): StoredOrder {
  return {
    shop: 'main',
    id,
    number: String(id),
    status: 'on-hold',
    currency: 'EUR',
    minorUnits: 2,
    grossMinor: 12100,
    taxMinor: 2100,
    customer: 'Sam Smith',
    createdAt: NOON,
    modifiedAt: NOON,
    contentHash: `hash-${id}`,
    readAt: NOON,
    source: 'poll',
    state: 'parked',
    stateSince: NOON,
    reason: 'on-hold is named by no rule',
    rule: 'default',
    ruleLine: null,
    expiresAt: null,
    decision: null,
    changes: [],
    words: [String(id), 'sam', 'smith'],
    ...part,
  };
}

export function aHistoryEntry(orderId: number, part: Partial<NewHistoryEntry> = {}) {
  return {
    shop: 'main',
    orderId,
    at: NOON,
    from: null,
    to: 'parked',
    status: 'on-hold',
    reason: 'on-hold is named by no rule',
    rule: 'default',
    source: 'poll',
    contentHash: `hash-${orderId}`,
    ...part,
  } satisfies NewHistoryEntry;
}

export function aRefund(
  id: number,
  orderId: number,
  part: Partial<StoredRefund> = {},
): StoredRefund {
  return {
    refund: {
      shop: 'main',
      id,
      orderId,
      currency: 'EUR',
      minorUnits: 2,
      createdAt: NOON,
      grossMinor: 1210,
      reason: 'broken',
      lines: [
        {
          kind: 'product',
          name: 'Mug',
          sku: 'MUG',
          quantity: '1',
          net: '10.00',
          tax: '2.10',
          taxes: [{ rateId: '1', amount: '2.10' }],
        },
      ],
    },
    state: 'waiting',
    reason: 'the order has no invoice yet',
    documentKey: null,
    seenAt: NOON,
    ...part,
  };
}

export const NL21: VatTreatment = { code: 'NL21', category: 'S', percent: '21', country: 'NL' };
export const NL0: VatTreatment = { code: 'NL0', category: 'Z', percent: '0', country: 'NL' };

const NOBODY = {
  name: '',
  company: '',
  vatNumber: '',
  street: '',
  street2: '',
  postcode: '',
  city: '',
  state: '',
  country: 'NL',
  email: '',
};

/** An invoice of 100.00 net and 21.00 tax. */
export function aDocument(orderId: number, part: Partial<Document> = {}): Document {
  return {
    key: `main/${orderId}/invoice`,
    kind: 'invoice',
    number: String(orderId),
    shop: 'main',
    orderId,
    orderNumber: String(orderId),
    date: '2026-11-20',
    orderedAt: NOON,
    paidAt: NOON,
    currency: 'EUR',
    minorUnits: 2,
    grossMinor: 12100,
    netMinor: 10000,
    taxMinor: 2100,
    lines: [{ kind: 'product', name: 'Mug', sku: 'MUG', quantity: '1', netMinor: 10000, group: 0 }],
    groups: [{ netMinor: 10000, rateIds: ['1'], vat: [NL21] }],
    taxes: [
      {
        rateId: '1',
        label: 'BTW',
        compound: false,
        vat: NL21,
        baseMinor: 10000,
        taxMinor: 2100,
        derived: false,
      },
    ],
    settlements: [{ kind: 'payment', method: 'ideal', title: 'iDEAL', amountMinor: 12100 }],
    discountMinor: 0,
    couponCodes: [],
    buyer: NOBODY,
    deliveryCountry: 'NL',
    estimated: false,
    notes: [],
    ...part,
  };
}

export function issued(document: Document): NewDocument {
  return { document, issuedAt: NOON, basis: '{"id":1}', contentHash: `hash-${document.orderId}` };
}

export function aQuarantineEntry(part: Partial<NewQuarantineEntry> = {}): NewQuarantineEntry {
  return {
    shop: 'main',
    orderId: 7,
    source: 'poll',
    at: NOON,
    raw: '{"id":7',
    reason: 'cut off',
    fix: 'look at the shop’s error log',
    ...part,
  };
}
