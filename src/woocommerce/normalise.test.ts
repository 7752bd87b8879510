import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordedJson, recordedOrder } from '../../tests/support/recordings.js';
import type { Order } from '../orders/order.js';
import { contentHash } from './content-hash.js';
import { canonicalDecimal, negateDecimal, readDecimal } from './decimal.js';
import { readOrder, readRefund } from './items.js';

const ORIGIN = { shop: 'main', source: 'poll', startedAtMs: 0 } as const;

function orderOf(json: unknown): Order {
  const item = readOrder(json, ORIGIN);
  if (!item.ok) throw new Error(item.unreadable.reason);
  return item.value.order;
}

const recorded = (name: string) => orderOf(recordedOrder(name));
const plain = recordedOrder('order-plain-nl21');

describe('an order', () => {
  it('has UTC instants of the _gmt fields, not of the site-local ones (recorded: dst-fall)', () => {
    expect(recorded('order-dst-fall-first-0230').createdAt).toBe('2026-10-25T00:30:00.000Z');
    expect(recorded('order-dst-fall-second-0230').createdAt).toBe('2026-10-25T01:30:00.000Z');
    expect(recorded('order-paid-null-completed').paidAt).toBeNull();
  });

  it.each([
    ['order-jpy', 10100],
    ['order-jpy-dp0', 10100],
    ['order-jpy-dp6', 10100],
    ['order-kwd-3dec', 6500],
    ['order-kwd-3dec-dp3', 6500],
    ['order-kwd-3dec-dp6', 6500],
    ['order-x-negative-total', -4001],
  ])('has its total in minor units of its currency: %s', (name, grossMinor) => {
    expect(recorded(name).grossMinor).toBe(grossMinor);
  });

  it('rounds half up what does not fit the currency', () => {
    expect(orderOf({ ...plain, currency: 'JPY', total: '100.50' }).grossMinor).toBe(101);
    expect(orderOf({ ...plain, total: '24.904999' }).grossMinor).toBe(2490);
  });

  it('adds the tax of goods and shipping before it rounds', () => {
    const line = { rate_id: 1, rate_percent: 21, tax_total: '0.004', shipping_tax_total: '0.004' };
    expect(orderOf({ ...plain, tax_lines: [line] }).taxLines[0]?.taxMinor).toBe(1);
  });

  it.each(['order-x-rate-id-zero', 'order-x-rate-id-huge', 'order-x-rate-percent-missing'])(
    'does not know a percentage of 0 beside tax: %s',
    (name) => {
      expect(recorded(name).taxLines.map(({ percent }) => percent)).not.toContain('0');
      expect(recorded(name).taxLines[0]?.percent).toBeNull();
    },
  );

  it('knows a percentage of 0 without tax', () => {
    const line = { rate_id: 7, rate_percent: 0, tax_total: '0.00', shipping_tax_total: '0.00' };
    expect(orderOf({ ...plain, tax_lines: [line] }).taxLines[0]?.percent).toBe('0');
  });

  it('has huge rate ids as text', () => {
    expect(recorded('order-x-rate-id-huge').taxLines[0]?.rateId).toBe('4294967295');
    expect(recorded('order-x-rate-id-huge').lines[0]?.taxes[0]?.rateId).toBe('4294967295');
  });

  it('keeps quantities and nets as exact as they came', () => {
    expect(recorded('order-x-qty-fraction').lines.map(({ quantity }) => quantity)).toEqual([
      '0.5',
      '1.25',
      '1',
    ]);
    expect(recorded('order-oss-de19-dp6').lines[0]).toMatchObject({
      net: '16.487603',
      tax: '3.130000',
      taxes: [{ rateId: '2', amount: '3.132645' }],
    });
  });

  it('has refunds in the order of their ids, positive', () => {
    expect(recorded('order-refund-several').refunds).toEqual([
      { id: 74, grossMinor: 1995, reason: '1e' },
      { id: 75, grossMinor: 2450, reason: '2e' },
      { id: 76, grossMinor: 1, reason: 'cent' },
      { id: 77, grossMinor: 3492, reason: '3e' },
    ]);
  });

  it('takes no tax from a rate that does not apply to a line', () => {
    const line = { id: 1, name: 'A', quantity: 1, total: '1', taxes: [{ id: 1, total: '' }] };
    expect(orderOf({ ...plain, line_items: [line] }).lines[0]?.taxes).toEqual([]);
  });
});

describe('what PHP and plugins make of JSON', () => {
  it.each([
    ['numbers for text', { number: 44, transaction_id: 12 }, { number: '44', transactionId: '12' }],
    [
      'text for numbers',
      { id: '44', total: 24.9, total_tax: '4.32' },
      { id: 44, grossMinor: 2490 },
    ],
    ['flags as text', { prices_include_tax: 'yes' }, { pricesIncludeTax: true }],
    [
      'no lists at all',
      { coupon_lines: undefined, refunds: null, meta_data: '' },
      { coupons: [], refunds: [], meta: [] },
    ],
    ['an empty list for an address', { billing: [] }, { billing: { country: '', email: '' } }],
    [
      'a list with holes',
      { meta_data: { 0: { key: 'a', value: [1] }, 2: { key: 'b' } } },
      {
        meta: [
          { key: 'a', value: [1] },
          { key: 'b', value: null },
        ],
      },
    ],
    [
      'dates of nothing',
      { date_paid_gmt: '0000-00-00T00:00:00', date_completed_gmt: '' },
      { paidAt: null, completedAt: null },
    ],
    ['no number', { number: '' }, { number: '44' }],
  ])('is read: %s', (_, change, expected) => {
    expect(orderOf({ ...plain, ...change })).toMatchObject(expected);
  });

  it.each([
    ['total', { total: '' }, /^total: /],
    ['total of nothing', { total: null }, /^total: /],
    ['a comma', { total: '24,90' }, /^total: is no amount/],
    ['an endless amount', { total: '1e999999' }, /^total: is no amount/],
    ['an amount beyond exactness', { total: '99999999999999999.00' }, /too large/],
    ['no id', { id: 0 }, /^id: is no id/],
    ['a fractional id', { id: 1.5 }, /^id: is no whole number/],
    ['no date', { date_created_gmt: null }, /^date_created_gmt: /],
    ['a wrong date', { date_created_gmt: '2026-13-45T00:00:00' }, /is no date/],
    ['no currency', { currency: '' }, /^currency: is empty/],
  ])('is not guessed: %s', (_, change, reason) => {
    const item = readOrder({ ...plain, ...change }, ORIGIN);
    if (item.ok) throw new Error('expected it to be unreadable');
    expect(item.unreadable.reason).toMatch(reason);
  });
});

describe('a refund', () => {
  it('has positive amounts where money goes back', () => {
    const [json] = [recordedJson('refunds-refund-several')].flat();
    const item = readRefund(json, 'main', { id: 73, currency: 'EUR' });
    expect(item).toMatchObject({
      ok: true,
      value: {
        id: 77,
        orderId: 73,
        grossMinor: 3492,
        createdAt: '2026-11-20T15:53:59.000Z',
        lines: [
          {
            kind: 'product',
            quantity: '3',
            net: '24.77',
            tax: '5.20',
            taxes: [{ rateId: '1', amount: '5.20' }],
          },
          { kind: 'shipping', quantity: '1', net: '4.09', tax: '0.86' },
        ],
      },
    });
  });
});

describe('the content hash', () => {
  const order = recorded('order-refund-several');

  it('does not see when the order was modified', () => {
    expect(contentHash({ ...order, modifiedAt: '2027-01-01T00:00:00.000Z' })).toBe(
      contentHash(order),
    );
    expect(contentHash(recorded('order-x-rate-deleted-1-before'))).toBe(
      contentHash(recorded('order-x-rate-deleted-2-after')),
    );
  });

  it('does not see the order of keys, nor of refunds in one second', () => {
    const json = recordedOrder('order-refund-several');
    const turned = Object.fromEntries(Object.entries(json).reverse());
    const refunds = Array.isArray(json['refunds']) ? json['refunds'].toReversed() : [];
    expect(contentHash(orderOf({ ...turned, refunds }))).toBe(contentHash(order));
  });

  it('does not see the padding of decimals, but sees every digit', () => {
    const withNet = (net: string) =>
      contentHash({ ...order, lines: order.lines.map((line) => ({ ...line, net })) });
    expect(withNet('4.950000')).toBe(withNet('4.95'));
    expect(withNet('-0.00')).toBe(withNet('0'));
    expect(withNet('4.950001')).not.toBe(withNet('4.95'));
  });

  it('leaves text that looks like a decimal alone', () => {
    const withSku = (sku: string) =>
      contentHash({ ...order, lines: order.lines.map((line) => ({ ...line, sku })) });
    expect(withSku('1.10')).not.toBe(withSku('1.1'));
  });

  it.each([
    ['order-x-refund-deleted-1-with-refund', 'order-x-refund-deleted-2-after'],
    ['order-x-edited-1-before', 'order-x-edited-2-quantity-only'],
    ['order-x-cod-life-1-processing', 'order-x-cod-life-2-completed'],
  ])('sees what changed from %s to %s', (before, after) => {
    expect(contentHash(recorded(before))).not.toBe(contentHash(recorded(after)));
  });
});

describe('decimals', () => {
  const amount = fc
    .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.integer({ min: 0, max: 8 }))
    .map(([negative, digits, places]) => {
      const text = String(digits).padStart(places + 1, '0');
      const point = text.length - places;
      return `${negative ? '-' : ''}${text.slice(0, point)}${places > 0 ? `.${text.slice(point)}` : ''}`;
    });

  it('are read without a change', () => {
    fc.assert(fc.property(amount, (text) => readDecimal(text) === text));
  });

  it('are the same whatever their padding', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 0, max: 6 }), (text, zeros) => {
        const padded = text.includes('.') ? text + '0'.repeat(zeros) : text;
        expect(canonicalDecimal(padded)).toBe(canonicalDecimal(text));
      }),
    );
  });

  it('come back when their sign is turned twice', () => {
    fc.assert(
      fc.property(amount, (text) => {
        const twice = negateDecimal(negateDecimal(text));
        expect(canonicalDecimal(twice)).toBe(canonicalDecimal(text));
      }),
    );
  });

  it.each([
    ['+4.95', '4.95'],
    [1e-7, '0.0000001'],
    ['1.0E-6', '0.000001'],
    ['.5', '0.5'],
    ['', '0'],
  ])('are read from %j as %s', (given, expected) => {
    expect(readDecimal(given)).toBe(expected);
  });
});
