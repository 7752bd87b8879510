import Big from 'big.js';
import type { Document, DocumentLine } from '../../documents/document.js';
import { formatMinor } from '../../orders/money.js';
import type { Breakdown } from './breakdown.js';
import type { Adjustment, ELine } from './model.js';
import type { Words } from './words.js';
import { xmlText } from './xml-text.js';

export interface Sold {
  readonly lines: readonly ELine[];
  readonly adjustments: readonly Adjustment[];
}

/**
 * Products become lines, shipping and fees allowances and charges on the document; a document of
 * nothing but those has them as lines, since it must have one (BR-16).
 */
export function soldOn(document: Document, breakdown: Breakdown, words: Words): Sold {
  const products = document.lines.filter(({ kind }) => kind === 'product' || kind === 'text');
  const others = document.lines.filter(({ kind }) => kind === 'shipping' || kind === 'fee');
  const line = (each: DocumentLine) => lineOf(each, document, breakdown, words);
  if (products.length === 0) return { lines: others.map(line), adjustments: [] };
  return {
    lines: products.map(line),
    adjustments: others
      .filter(({ netMinor }) => netMinor !== 0)
      .map((each) => adjustmentOf(each, breakdown, words)),
  };
}

/** UNTDID 7161 and 5189: freight, and a discount of no nearer kind. */
const FREIGHT = 'FC';
const DISCOUNT = '95';

function adjustmentOf(
  { kind, name, netMinor, group }: DocumentLine,
  breakdown: Breakdown,
  words: Words,
): Adjustment {
  const isCharge = netMinor > 0;
  const usual = kind === 'shipping' ? words.shipping : words.fee;
  const chargeCode = kind === 'shipping' ? FREIGHT : '';
  return {
    kind: isCharge ? 'charge' : 'allowance',
    amountMinor: Math.abs(netMinor),
    reason: xmlText(name) || (isCharge ? usual : words.discount),
    reasonCode: isCharge ? chargeCode : DISCOUNT,
    vat: breakdown.keyOfGroup(group),
  };
}

function lineOf(line: DocumentLine, document: Document, breakdown: Breakdown, words: Words): ELine {
  return {
    name: xmlText(line.name) || xmlText(line.sku) || usualName(line, words),
    sku: xmlText(line.sku),
    netMinor: line.netMinor,
    ...priced(line, document.minorUnits),
    vat: breakdown.keyOfGroup(line.group),
  };
}

function usualName({ kind }: DocumentLine, words: Words): string {
  return kind === 'shipping' ? words.shipping : kind === 'fee' ? words.fee : '-';
}

type Priced = Pick<ELine, 'quantity' | 'price' | 'baseQuantity' | 'discount'>;

/** Decimals of a unit price: enough that times the quantity it is the net again. */
const PRICE_DECIMALS = 8;

/**
 * Price and quantity that make the line's net. A price is never negative (BR-27), so the quantity
 * carries the sign. Where eight decimals are not enough the whole line is priced (BT-149).
 */
function priced(line: DocumentLine, minorUnits: number): Priced {
  const net = new Big(formatMinor(line.netMinor, minorUnits));
  const given = new Big(line.quantity).abs();
  const pieces = given.eq(0) && !net.eq(0) ? new Big(1) : given;
  const quantity = (net.lt(0) ? pieces.times(-1) : pieces).toFixed();
  if (pieces.eq(0)) return { quantity: '0', price: '0' };
  const price = rounded(net.abs().div(pieces));
  const isExact = price.times(pieces).minus(net.abs()).abs().lt(HALF_A_CENT);
  if (!isExact) return { quantity, price: net.abs().toFixed(), baseQuantity: pieces.toFixed() };
  return { quantity, price: price.toFixed(), ...discountOf(line, net, pieces, price, minorUnits) };
}

const HALF_A_CENT = new Big('0.005');

/** Told as the price that it lowered; only where it did lower it. */
function discountOf(
  { netBeforeDiscountMinor }: DocumentLine,
  net: Big,
  pieces: Big,
  price: Big,
  minorUnits: number,
): Pick<Priced, 'discount'> {
  if (netBeforeDiscountMinor === undefined) return {};
  const before = new Big(formatMinor(netBeforeDiscountMinor, minorUnits));
  const isLowered = before.abs().gt(net.abs()) && before.times(net).gte(0);
  if (!isLowered) return {};
  const gross = rounded(before.abs().div(pieces));
  return { discount: { amount: gross.minus(price).toFixed(), grossPrice: gross.toFixed() } };
}

function rounded(price: Big): Big {
  return price.round(PRICE_DECIMALS, Big.roundHalfUp);
}
