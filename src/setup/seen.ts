import { INVOICE_NUMBER_KEYS, PREPAYMENTS, VAT_NUMBER_KEYS } from '../config/usual-keys.js';
import { vatNumberOf } from '../documents/buyer.js';
import { rateCountry } from '../documents/rates.js';
import { deliveryCountryOf, EU_COUNTRIES } from '../orders/country.js';
import { metaText, metaValue } from '../orders/meta.js';
import type { Order, OrderLine } from '../orders/order.js';
import { type Tally, tally } from './tally.js';

/** What the newest orders show of how the shop is used. */
export interface Seen {
  /** How many orders were looked at. */
  readonly orders: number;
  /** By their ids in WooCommerce. */
  readonly paymentMethods: readonly Tally[];
  /** Of delivery. */
  readonly countries: readonly Tally[];
  readonly currencies: readonly Tally[];
  readonly vatNumberKeys: readonly Tally[];
  /** Keys that are not among the usual ones, and hold what looks like a VAT number. */
  readonly otherVatNumberKeys: readonly Tally[];
  readonly prepaymentKeys: readonly Tally[];
  readonly invoiceNumberKeys: readonly Tally[];
  readonly charged: readonly ChargedRate[];
  readonly untaxed: readonly Untaxed[];
  /** Of the orders of each status, how many are paid. */
  readonly statuses: ReadonlyMap<string, { readonly orders: number; readonly paid: number }>;
}

/** A rate above zero that orders were charged. */
interface ChargedRate {
  readonly percent: string;
  /** Whose tax it is; may be empty. */
  readonly country: string;
  readonly label: string;
  readonly orders: number;
}

/** A kind of line on which no tax was charged. */
export interface Untaxed {
  readonly country: string;
  readonly buyer: 'business' | 'consumer';
  readonly kind: OrderLine['kind'];
  readonly taxClass: string;
  readonly orders: number;
}

export function lookAtOrders(orders: readonly Order[]): Seen {
  const keys = (known: readonly string[]) =>
    tally(orders.flatMap(({ meta }) => known.filter((key) => isThere(metaValue(meta, key)))));
  return {
    orders: orders.length,
    paymentMethods: tally(orders.map(({ paymentMethod }) => paymentMethod)),
    countries: tally(orders.map(deliveryCountryOf)),
    currencies: tally(orders.map(({ currency }) => currency)),
    vatNumberKeys: keys(VAT_NUMBER_KEYS),
    otherVatNumberKeys: tally(orders.flatMap(vatLikeKeys)),
    prepaymentKeys: keys(PREPAYMENTS.flatMap(({ metaKeys = [] }) => metaKeys)),
    invoiceNumberKeys: keys(INVOICE_NUMBER_KEYS),
    charged: perOrder(orders, chargedOn),
    untaxed: perOrder(orders, untaxedOn),
    statuses: statusesOf(orders),
  };
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

const VAT_NAME = /vat|btw|ust|mwst|tva|iva|moms/i;
const VAT_NUMBER = /^([A-Z]{2})[A-Z0-9]{7,12}$/;

function vatLikeKeys({ meta }: Order): string[] {
  const found = meta.filter(({ key }) => {
    if (isUsual(key) || !VAT_NAME.test(key)) return false;
    const text = (metaText(meta, key) ?? '').replace(/[\s.-]/g, '').toUpperCase();
    const country = VAT_NUMBER.exec(text)?.[1];
    // Greece writes EL, Northern Ireland XI.
    return country !== undefined && (EU_COUNTRIES.has(country) || /^(EL|XI)$/.test(country));
  });
  return [...new Set(found.map(({ key }) => key))];
}

function isUsual(key: string): boolean {
  return VAT_NUMBER_KEYS.some((usual) => usual === key);
}

type Counted<Fact> = Fact & { readonly orders: number };

/** Each fact once, with the number of orders that show it, the most frequent first. */
function perOrder<Fact extends object>(
  orders: readonly Order[],
  factsOf: (order: Order) => readonly Fact[],
): Counted<Fact>[] {
  const byKey = new Map<string, Counted<Fact>>();
  for (const order of orders) {
    const facts = new Map(factsOf(order).map((fact) => [JSON.stringify(fact), fact]));
    for (const [key, fact] of facts) {
      byKey.set(key, { ...fact, orders: (byKey.get(key)?.orders ?? 0) + 1 });
    }
  }
  return [...byKey.values()].sort((one, other) => other.orders - one.orders);
}

function chargedOn(order: Order): Omit<ChargedRate, 'orders'>[] {
  return order.taxLines.flatMap((taxLine) => {
    const { percent, label } = taxLine;
    if (percent === null || Number(percent) === 0) return [];
    return [{ percent, country: rateCountry(taxLine, deliveryCountryOf(order)), label }];
  });
}

function untaxedOn(order: Order): Omit<Untaxed, 'orders'>[] {
  const rateOf = new Map(order.taxLines.map((taxLine) => [taxLine.rateId, taxLine]));
  const buyer = vatNumberOf(order, VAT_NUMBER_KEYS) === '' ? 'consumer' : 'business';
  const delivery = deliveryCountryOf(order);
  return order.lines.flatMap((line) => {
    const rates = line.taxes.flatMap(({ rateId }) => rateOf.get(rateId) ?? []);
    const isUntaxed = rates.every(({ percent }) => percent !== null && Number(percent) === 0);
    if (Number(line.net) === 0 || !isUntaxed) return [];
    const [zeroRate] = rates;
    const country = zeroRate ? rateCountry(zeroRate, delivery) : delivery;
    const { kind, taxClass } = line;
    return [{ country, buyer, kind, taxClass } as const];
  });
}

function statusesOf(orders: readonly Order[]): Seen['statuses'] {
  const statuses = new Map<string, { orders: number; paid: number }>();
  for (const { status, paidAt } of orders) {
    const before = statuses.get(status) ?? { orders: 0, paid: 0 };
    const paid = before.paid + (paidAt === null ? 0 : 1);
    statuses.set(status, { orders: before.orders + 1, paid });
  }
  return statuses;
}
