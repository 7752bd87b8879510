import { minorUnitsOf, parseMinor } from '../../src/orders/money.js';
import type { Address, Order, OrderLine, Refund, RefundLine } from '../../src/orders/order.js';

const ADDRESS: Address = {
  firstName: 'Kees',
  lastName: 'Bakker',
  company: '',
  street: 'Weg 1',
  street2: '',
  city: 'Utrecht',
  state: '',
  postcode: '3511 AB',
  country: 'NL',
  email: 'kees@example.org',
  phone: '',
};

/** A product line; taxes by rate id (`{ '1': '3.46' }`). */
export function line(
  net: string,
  taxes: Readonly<Record<string, string>>,
  more: Partial<OrderLine> = {},
): OrderLine {
  return {
    id: 1,
    kind: 'product',
    name: 'T-shirt',
    sku: 'TSH-001',
    quantity: '1',
    net,
    netBeforeDiscount: net,
    tax: '0.00',
    taxes: Object.entries(taxes).map(([rateId, amount]) => ({ rateId, amount })),
    taxClass: '',
    meta: [],
    ...more,
  };
}

const RATES: Readonly<Record<string, { percent: string; code: string; label: string }>> = {
  '1': { percent: '21', code: 'NL-BTW HOOG-1', label: 'BTW hoog' },
  '2': { percent: '19', code: 'DE-MWST-1', label: 'MwSt' },
  '4': { percent: '9', code: 'NL-BTW LAAG-1', label: 'BTW laag' },
};

/** A paid order of the given lines; its total is what the lines add up to unless told otherwise. */
export function order(lines: readonly OrderLine[], more: Partial<Order> = {}): Order {
  const currency = more.currency ?? 'EUR';
  const minorUnits = minorUnitsOf(currency);
  const minor = (amount: string) => parseMinor(amount, minorUnits);
  const taxes = new Map<string, number>();
  for (const { rateId, amount } of lines.flatMap((one) => one.taxes)) {
    taxes.set(rateId, (taxes.get(rateId) ?? 0) + minor(amount));
  }
  const taxMinor = [...taxes.values()].reduce((sum, tax) => sum + tax, 0);
  const netMinor = lines.reduce((sum, { net }) => sum + minor(net), 0);
  return {
    shop: 'main',
    id: 1042,
    number: '1042',
    status: 'processing',
    currency,
    minorUnits,
    pricesIncludeTax: true,
    createdAt: '2026-11-02T09:00:00.000Z',
    modifiedAt: '2026-11-02T09:05:00.000Z',
    paidAt: '2026-11-02T09:05:00.000Z',
    completedAt: null,
    grossMinor: netMinor + taxMinor,
    taxMinor,
    billing: ADDRESS,
    shipping: ADDRESS,
    paymentMethod: 'ideal',
    paymentTitle: 'iDEAL',
    transactionId: '',
    createdVia: 'checkout',
    customerNote: '',
    lines: lines.map((one, index) => ({ ...one, id: index + 1 })),
    taxLines: [...taxes].map(([rateId, tax]) => ({
      rateId,
      code: RATES[rateId]?.code ?? '',
      label: RATES[rateId]?.label ?? rateId,
      percent: RATES[rateId]?.percent ?? null,
      compound: false,
      taxMinor: tax,
    })),
    coupons: [],
    refunds: [],
    meta: [],
    ...more,
  };
}

/** A refund of `gross`; by amount only unless lines are given. */
export function refund(
  id: number,
  gross: string,
  lines: readonly RefundLine[] = [],
  more: Partial<Refund> = {},
): Refund {
  return {
    shop: 'main',
    id,
    orderId: 1042,
    currency: 'EUR',
    minorUnits: 2,
    createdAt: '2026-11-09T10:00:00.000Z',
    grossMinor: parseMinor(gross, 2),
    reason: '',
    lines,
    ...more,
  };
}

export function refundLine(
  net: string,
  taxes: Readonly<Record<string, string>>,
  more: Partial<RefundLine> = {},
): RefundLine {
  return {
    kind: 'product',
    name: 'T-shirt',
    sku: 'TSH-001',
    quantity: '1',
    net,
    tax: '0.00',
    taxes: Object.entries(taxes).map(([rateId, amount]) => ({ rateId, amount })),
    ...more,
  };
}
