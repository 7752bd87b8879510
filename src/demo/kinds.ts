import { itemOf, PRODUCTS } from './catalogue.js';
import { micros } from './micros.js';
import { person } from './people.js';
import type { Placement } from './placement.js';
import type { PricedItem } from './pricing.js';
import type { Random } from './random.js';

/** One hard kind of order of the recorded shop, made up anew each time. */
export type OrderKind = (random: Random) => Placement;

interface Wish {
  readonly country?: string;
  readonly company?: string;
  readonly items: readonly PricedItem[];
  /** Net; none for no shipping. */
  readonly shipping?: string;
  readonly payment?: Payment;
  readonly cart?: Partial<Placement['cart']>;
  readonly more?: Partial<Placement>;
}

type Payment = keyof typeof PAYMENTS;

const PAYMENTS = {
  ideal: 'iDEAL',
  bacs: 'Bankoverschrijving',
  cod: 'Rembours',
  stripe: 'Creditcard (Stripe)',
  ppcp: 'PayPal',
  mollie_wc_gateway_ideal: 'iDEAL (Mollie)',
} as const;

const { shirt, mug, book, pencil, lamp, voucher, sprinkles, chair, wine, sticker } = PRODUCTS;
const quantityOf = (random: Random): number => random.between(1, 4);

/** The everyday ones, which most orders are. */
export const EVERYDAY: readonly OrderKind[] = [
  (random) => order(random, { items: [itemOf(shirt, quantityOf(random))], shipping: '4.09' }),
  (random) =>
    order(random, {
      items: [itemOf(mug, quantityOf(random)), itemOf(book, 1), itemOf(pencil, 7)],
      shipping: '4.09',
    }),
  (random) => order(random, { items: [itemOf(book, quantityOf(random)), itemOf(sprinkles, 3)] }),
  (random) =>
    order(random, {
      items: [itemOf(wine, random.between(1, 12)), itemOf(sticker, 2)],
      shipping: '4.95',
      more: { createdVia: 'store-api' },
    }),
  (random) => order(random, { items: [itemOf(lamp, 1), itemOf(shirt, 1)], payment: 'bacs' }),
];

/** Every hard kind once, by name. */
export const HARD: Readonly<Record<string, OrderKind>> = {
  mixedVat: (random) =>
    order(random, {
      items: [itemOf(shirt, 2), itemOf(book, 1), itemOf(voucher, 1)],
      shipping: '4.09',
    }),
  ossGermany: (random) =>
    order(random, { country: 'DE', items: [itemOf(shirt, 1), itemOf(book, 1)], shipping: '4.95' }),
  ossBelgium: (random) =>
    order(random, {
      country: 'BE',
      items: [itemOf(shirt, 1), itemOf(sprinkles, 5)],
      shipping: '4.09',
    }),
  ossFranceShippingUntaxed: (random) =>
    order(random, { country: 'FR', items: [itemOf(wine, 6)], shipping: '9.90' }),
  northernIreland: (random) =>
    order(random, { country: 'GB', items: [itemOf(shirt, 2)], shipping: '9.90' }),
  reverseCharge: (random) =>
    order(random, {
      country: 'DE',
      company: 'Muster & Söhne GmbH',
      items: [itemOf(chair, 3)],
      shipping: '12.40',
      cart: { vatExempt: true },
      more: {
        meta: [
          ['_billing_vat_number', 'DE123456789'],
          ['is_vat_exempt', 'yes'],
        ],
      },
    }),
  exportSwitzerland: (random) =>
    order(random, { country: 'CH', items: [itemOf(lamp, 1)], shipping: '19.50' }),
  exportDollars: (random) =>
    order(random, {
      country: 'US',
      items: [itemOf(lamp, 1)],
      shipping: '19.50',
      payment: 'ppcp',
      more: { currency: 'USD' },
    }),
  yen: (random) =>
    order(random, {
      country: 'JP',
      items: [itemOf(PRODUCTS.teaBowl, 2)],
      shipping: '2500',
      more: { currency: 'JPY' },
    }),
  dinars: (random) =>
    order(random, {
      country: 'KW',
      items: [
        { ...itemOf(PRODUCTS.donation, 1, micros('5.125')), name: 'T-shirt', sku: shirt.sku },
      ],
      shipping: '1.375',
      more: { currency: 'KWD' },
    }),
  compoundCanada: (random) =>
    order(random, { country: 'CA', items: [itemOf(lamp, 1), itemOf(mug, 2)], shipping: '19.50' }),
  percentCoupon: (random) =>
    order(random, {
      items: [itemOf(shirt, 3), itemOf(book, 1)],
      shipping: '4.09',
      cart: { coupons: [{ code: 'welkom10', type: 'percent', amount: 10 }] },
    }),
  fixedCoupon: (random) =>
    order(random, {
      items: [itemOf(shirt, 1), itemOf(book, 2), itemOf(sprinkles, 3)],
      cart: { coupons: [{ code: 'vijf-euro', type: 'fixed_cart', amount: 5 }] },
    }),
  freeByCoupon: (random) =>
    order(random, {
      items: [itemOf(shirt, 1)],
      cart: { coupons: [{ code: 'gratis', type: 'percent', amount: 100 }] },
    }),
  freeSample: (random) => order(random, { items: [itemOf(PRODUCTS.sample, 1)] }),
  paymentFee: (random) =>
    order(random, {
      items: [itemOf(mug, 1)],
      shipping: '4.09',
      cart: { fees: [{ name: 'Betaalkosten', net: micros('1.65'), taxClass: '', taxable: true }] },
    }),
  volumeDiscount: (random) =>
    order(random, {
      items: [itemOf(chair, 2)],
      cart: { fees: [{ name: 'Staffelkorting', net: micros('-25'), taxClass: '', taxable: true }] },
    }),
  giftCard: (random) =>
    order(random, {
      items: [itemOf(shirt, 1), itemOf(book, 1)],
      shipping: '4.09',
      more: {
        totalLoweredBy: micros('20'),
        meta: [
          ['_ywgc_applied_gift_cards', { 'CADO-AAAA-0000-0001': 20 }],
          ['_ywgc_applied_gift_cards_totals', '20'],
        ],
      },
    }),
  deposit: (random) =>
    order(random, {
      items: [itemOf(PRODUCTS.desk, 1), itemOf(book, 1)],
      more: {
        totalLoweredBy: micros('1018.80'),
        meta: [
          ['_wc_deposits_deposit_amount', '254.70'],
          ['_wc_deposits_deposit_paid', 'yes'],
          ['_wc_deposits_order_has_deposit', 'yes'],
          ['_wc_deposits_second_payment', '1018.80'],
        ],
      },
    }),
  bundle: (random) =>
    order(random, {
      items: [itemOf(PRODUCTS.bundle, 2), bundled(itemOf(book, 2)), bundled(itemOf(mug, 4))],
      shipping: '4.09',
    }),
  decimalQuantity: (random) =>
    order(random, { items: [itemOf(PRODUCTS.fabric, 1.25), itemOf(shirt, 1)], shipping: '4.09' }),
  pricesWithoutTax: (random) =>
    order(random, {
      items: [itemOf(mug, 3), itemOf(wine, 7)],
      shipping: '4.09',
      cart: { pricesIncludeTax: false },
      more: { createdVia: 'admin' },
    }),
  untaxedDonation: (random) =>
    order(random, { items: [itemOf(PRODUCTS.donation, 1), itemOf(shirt, 1)] }),
  halfCents: (random) =>
    order(random, {
      items: [itemOf(PRODUCTS.halfCent, 3), itemOf(PRODUCTS.screw, 1)],
      shipping: '4.95',
    }),
  scripts: (random) =>
    order(random, { items: [itemOf(PRODUCTS.arabicBook, 1), itemOf(sticker, 3)] }),
  cashOnDelivery: (random) =>
    order(random, { items: [itemOf(mug, 2)], shipping: '4.09', payment: 'cod' }),
  stripeFee: (random) =>
    order(random, {
      items: [itemOf(shirt, 2)],
      payment: 'stripe',
      more: {
        meta: [
          ['_stripe_fee', '0.85'],
          ['_stripe_net', '39.05'],
          ['_stripe_currency', 'EUR'],
        ],
      },
    }),
  paypalFee: (random) =>
    order(random, {
      items: [itemOf(shirt, 1)],
      payment: 'ppcp',
      more: {
        meta: [
          [
            '_ppcp_paypal_fees',
            {
              gross_amount: { currency_code: 'EUR', value: '19.95' },
              paypal_fee: { currency_code: 'EUR', value: '1.03' },
              net_amount: { currency_code: 'EUR', value: '18.92' },
            },
          ],
        ],
      },
    }),
};

function order(random: Random, wish: Wish): Placement {
  const { country = 'NL', payment = 'ideal' } = wish;
  const { email, ...address } = person(random, country, wish.company);
  return {
    status: 'pending',
    currency: 'EUR',
    cart: {
      pricesIncludeTax: true,
      vatExempt: false,
      coupons: [],
      fees: [],
      items: wish.items,
      shipping:
        wish.shipping === undefined
          ? []
          : [{ title: 'PostNL pakket', methodId: 'flat_rate', net: micros(wish.shipping) }],
      ...wish.cart,
    },
    billing: { ...address, email },
    shipping: address,
    paymentMethod: payment,
    paymentMethodTitle: PAYMENTS[payment],
    createdVia: 'checkout',
    customerId: random.chance(0.3) ? random.between(1, 3) : 0,
    ...wish.more,
  };
}

/** A bundle's part: there, but at no price. */
function bundled(item: PricedItem): PricedItem {
  return { ...item, price: 0, meta: [{ id: 0, key: '_bundled_by', value: 'b0' }] };
}
