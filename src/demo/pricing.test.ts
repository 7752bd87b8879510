import { describe, expect, it } from 'vitest';
import { recordedOrder } from '../../tests/support/recordings.js';
import { itemOf, PRODUCTS } from './catalogue.js';
import { isObject, type JsonObject, objectsOf, parseJson } from './json.js';
import { micros } from './micros.js';
import { DemoOrder } from './order-model.js';
import { orderContent, type Placement } from './placement.js';
import { siteTime } from './site-time.js';
import { RECORDED_RATES } from './tax-rates.js';
import { wireOrder } from './wire.js';

const { shirt, mug, book, pencil, lamp, voucher, sprinkles, chair, wine } = PRODUCTS;
const place = (country: string, state = '') => ({
  first_name: '',
  last_name: '',
  company: '',
  address_1: '',
  address_2: '',
  city: '',
  state,
  postcode: '',
  country,
  phone: '',
});

interface Case {
  readonly cart: Partial<Placement['cart']>;
  readonly to?: readonly [country: string, state?: string];
  readonly currency?: string;
  readonly via?: string;
}

const shipped = (net: string, title = 'PostNL pakket') => ({
  title,
  methodId: 'flat_rate',
  net: micros(net),
});

/** What was put into the cart, by the recording that shows what came of it. */
const CASES: Readonly<Record<string, Case>> = {
  'order-plain-nl21': { cart: { items: [itemOf(shirt, 1)], shipping: [shipped('4.09')] } },
  'order-mixed-vat': {
    cart: {
      items: [itemOf(shirt, 2), itemOf(book, 1), itemOf(voucher, 1)],
      shipping: [shipped('4.09')],
    },
  },
  'order-qty-rounding-3x999-dp6': { cart: { items: [itemOf(mug, 3)] } },
  'order-qty-rounding-7x007-dp6': { cart: { items: [itemOf(pencil, 7)] } },
  'order-cart-half-cent': {
    cart: {
      items: [itemOf(PRODUCTS.halfCent, 3), itemOf(PRODUCTS.screw, 1)],
      shipping: [shipped('4.95')],
    },
  },
  'order-cart-nl-mixed-dp6': {
    cart: {
      items: [itemOf(mug, 3), itemOf(book, 1), itemOf(pencil, 7)],
      shipping: [shipped('4.95')],
    },
  },
  'order-compound-ca-qc': {
    cart: { items: [itemOf(lamp, 1), itemOf(mug, 2)], shipping: [shipped('19.50')] },
    to: ['CA', 'QC'],
  },
  'order-coupon-percent': {
    cart: {
      items: [itemOf(shirt, 3), itemOf(book, 1)],
      shipping: [shipped('4.09')],
      coupons: [{ code: 'welkom10', type: 'percent', amount: 10 }],
    },
  },
  'order-cart-coupon-percent33': {
    cart: {
      items: [itemOf(shirt, 1), itemOf(sprinkles, 3), itemOf(wine, 2)],
      shipping: [shipped('4.95')],
      coupons: [{ code: '33procent', type: 'percent', amount: 33.33 }],
    },
  },
  'order-coupon-fixed-cart-mixed-dp6': {
    cart: {
      items: [itemOf(shirt, 1), itemOf(book, 2), itemOf(sprinkles, 3)],
      coupons: [{ code: 'vijf-euro', type: 'fixed_cart', amount: 5 }],
    },
  },
  'order-zero-total-coupon100': {
    cart: {
      items: [itemOf(shirt, 1)],
      coupons: [{ code: 'gratis', type: 'percent', amount: 100 }],
    },
  },
  'order-fee-positive': {
    cart: {
      items: [itemOf(mug, 1)],
      shipping: [shipped('4.09')],
      fees: [{ name: 'Betaalkosten', net: micros('1.65'), taxClass: '', taxable: true }],
    },
  },
  'order-fee-negative': {
    cart: {
      items: [itemOf(chair, 2)],
      fees: [{ name: 'Staffelkorting', net: micros('-25'), taxClass: '', taxable: true }],
    },
  },
  'order-cart-fee-neg': {
    via: 'store-api',
    cart: {
      items: [itemOf(chair, 1)],
      shipping: [shipped('4.95')],
      fees: [
        { name: 'Cadeauverpakking', net: micros('2.95'), taxClass: '', taxable: true },
        { name: 'Korting klantenkaart', net: micros('-12.34'), taxClass: '', taxable: true },
      ],
    },
  },
  'order-x-fee-none-negative-taxed-dp6': {
    via: 'admin',
    cart: {
      items: [itemOf(shirt, 2), itemOf(book, 3)],
      shipping: [shipped('4.09')],
      fees: [{ name: 'Tegoed', net: micros('-15'), taxClass: '', taxable: false }],
    },
  },
  'order-excl-prices': {
    via: 'admin',
    cart: {
      pricesIncludeTax: false,
      items: [itemOf(mug, 3), itemOf(wine, 7)],
      shipping: [shipped('4.09')],
    },
  },
  'order-bill-nl-ship-be': {
    cart: { items: [itemOf(sprinkles, 2), itemOf(shirt, 1)], shipping: [shipped('4.09')] },
    to: ['BE'],
  },
  'order-oss-de19-dp6': {
    cart: { items: [itemOf(shirt, 1), itemOf(book, 1)], shipping: [shipped('4.09')] },
    to: ['DE'],
  },
  'order-fr-shipping-untaxed': {
    cart: { items: [itemOf(wine, 6)], shipping: [shipped('9.90', 'Colissimo')] },
    to: ['FR'],
  },
  'order-reverse-charge-de': {
    cart: { vatExempt: true, items: [itemOf(chair, 3)], shipping: [shipped('12.40', 'DHL')] },
    to: ['DE'],
  },
  'order-tax-none-donation': { cart: { items: [itemOf(PRODUCTS.donation, 1), itemOf(shirt, 1)] } },
  'order-two-shipping-lines': {
    cart: {
      items: [itemOf(shirt, 1), itemOf(lamp, 1)],
      shipping: [shipped('4.09'), shipped('2.07', 'Ophaalpunt België')],
    },
  },
  'order-jpy-dp6': {
    cart: { items: [itemOf(PRODUCTS.teaBowl, 2)], shipping: [shipped('2500', 'World')] },
    to: ['JP', 'JP13'],
    currency: 'JPY',
  },
  'order-kwd-3dec-dp6': {
    cart: {
      items: [{ ...itemOf(shirt, 1, micros('5.125')), taxClass: null }],
      shipping: [shipped('1.375', 'World')],
    },
    to: ['KW'],
    currency: 'KWD',
  },
  'order-usd': {
    cart: { items: [itemOf(lamp, 1)], shipping: [shipped('19.50', 'World')] },
    to: ['US', 'NY'],
    currency: 'USD',
  },
};

const LINES = ['line_items', 'shipping_lines', 'fee_lines', 'tax_lines', 'coupon_lines'];
const TOTALS = [
  'discount_total',
  'discount_tax',
  'shipping_total',
  'shipping_tax',
  'cart_tax',
  'total',
  'total_tax',
];

const NO_FIGURES = ['id', 'meta_data', 'image', 'instance_id', 'method_id', 'method_title'];

/** The figures of an order and its lines, without ids, meta data and how it is sent. */
function figuresOf(order: JsonObject) {
  return {
    totals: TOTALS.map((name) => [name, order[name]]),
    lines: LINES.map((name) => [
      name,
      objectsOf(order[name]).map((line) =>
        Object.fromEntries(Object.entries(line).filter(([member]) => !NO_FIGURES.includes(member))),
      ),
    ]),
  };
}

function priced(name: string, { cart, to = ['NL'], currency = 'EUR', via = 'checkout' }: Case) {
  let id = 0;
  const next = (): number => {
    id += 1;
    return id;
  };
  const address = place(...to);
  const placement: Placement = {
    status: 'pending',
    currency,
    cart: {
      pricesIncludeTax: true,
      vatExempt: false,
      items: [],
      coupons: [],
      shipping: [],
      fees: [],
      ...cart,
    },
    billing: address,
    shipping: address,
    paymentMethod: 'ideal',
    paymentMethodTitle: 'iDEAL',
    createdVia: via,
    customerId: 0,
  };
  const table = { rates: RECORDED_RATES, base: place('NL') };
  const content = orderContent(1, placement, table, 0, next, {
    meta: (key, value) => ({ id: next(), key, value }),
  });
  const dp = name.endsWith('-dp6') ? 6 : 2;
  const time = siteTime('Europe/Amsterdam');
  return wireOrder(new DemoOrder(1, 'pending', 0, 0, () => content), {
    siteUrl: 'https://shop.example',
    time,
    dp,
  });
}

describe('a cart comes to the recorded figures', () => {
  it.each(Object.keys(CASES))('%s', (name) => {
    const given = CASES[name];
    if (!given) throw new Error(name);
    const recorded = parseJson(JSON.stringify(recordedOrder(name)));
    if (!isObject(recorded)) throw new Error(`${name} is no order`);
    expect(figuresOf(priced(name, given))).toEqual(figuresOf(recorded));
  });
});
