import Big from 'big.js';
import { allocate } from '../../documents/allocate.js';
import type { Document, DocumentTax, NetGroup, VatTreatment } from '../../documents/document.js';
import { exemptionOf } from './exemption.js';
import type { VatKey, VatRow } from './model.js';
import type { Words } from './words.js';

export interface Breakdown {
  readonly rows: readonly VatRow[];
  /** By index of the document's groups; undefined for an explained rounding difference. */
  readonly keyOfGroup: (group: number) => VatKey;
}

/** A share of nothing that no rule treats: what its category says, it says of no amount. */
const NOTHING: VatKey = { category: 'Z', percent: '0' };

/**
 * The document's VAT in the terms of EN 16931: one row for each category and rate (BG-23), however
 * many rate ids and countries the shop knows by it; and one rate on a line. The taxes are the shop's.
 */
export function breakdownOf(document: Document, words: Words): Breakdown {
  const keys = keysOf(document);
  const keyOfGroup = (group: number) => keys[group] ?? NOTHING;
  const unique = new Map(keys.map((key) => [keyText(key), key]));
  const taxes = taxesByKey(document, keys);
  const rows = [...unique.values()].map((key): VatRow => {
    const isOwn = (_: unknown, index: number) => keyText(keyOfGroup(index)) === keyText(key);
    const own = document.groups.filter(isOwn).filter((group) => !isRounding(group));
    return {
      ...key,
      taxableMinor: own.reduce((sum, { netMinor }) => sum + netMinor, 0),
      taxMinor: taxes.get(keyText(key)) ?? 0,
      ...exemptionOf(key, own, words),
      combines: [...new Set(own.filter(isStacked).map((group) => ratesText(group, document)))],
    };
  });
  return { rows, keyOfGroup };
}

/** An explained rounding difference has no VAT: BT-114, and in no row. */
function isRounding({ vat, netMinor }: NetGroup): boolean {
  return vat.length === 0 && netMinor !== 0;
}

/** A text in which equal keys are equal. */
export function keyText({ category, percent }: VatKey): string {
  return `${category} ${percent}`;
}

function keysOf(document: Document): VatKey[] {
  const plain = document.groups.map((group) => keyOf(group, document));
  const known = plain.flatMap((key) => (key === undefined ? [] : [key]));
  const categories = new Set(known.map(({ category }) => category));
  // BR-O-11: what is outside the scope of VAT stands alone, or is told as exempt beside the rest.
  const isMixed = categories.has('O') && categories.size > 1;
  const told = (key: VatKey): VatKey =>
    isMixed && key.category === 'O' ? { ...key, category: 'E' } : key;
  const fallback = known[0] === undefined ? NOTHING : told(known[0]);
  return plain.map((key) => (key === undefined ? fallback : told(key)));
}

function keyOf(group: NetGroup, document: Document): VatKey | undefined {
  const [first] = group.vat;
  if (first === undefined) return undefined;
  if (!isStacked(group))
    return { category: first.category, percent: trimmed(new Big(first.percent)) };
  return { category: 'S', percent: trimmed(stackedPercent(group, document)) };
}

/** Several rates on the same net, as GST and QST. */
function isStacked({ vat }: NetGroup): boolean {
  return vat.length > 1;
}

/** A compound rate is charged on the net with the other taxes: 5 and 9.975 make 15.47375. */
function stackedPercent(group: NetGroup, document: Document): Big {
  const rates = group.vat.map((vat) => ({
    percent: new Big(vat.percent),
    compound: taxOf(document, group, vat)?.compound ?? false,
  }));
  const sumOf = (compound: boolean) =>
    rates
      .filter((rate) => rate.compound === compound)
      .reduce((sum, { percent }) => sum.plus(percent), new Big(0));
  const simple = sumOf(false);
  return simple.plus(sumOf(true).times(simple.div(100).plus(1)));
}

function taxOf(document: Document, group: NetGroup, vat: VatTreatment): DocumentTax | undefined {
  return document.taxes.find(
    (tax) => group.rateIds.includes(tax.rateId) && sameTreatment(tax.vat, vat),
  );
}

function ratesText(group: NetGroup, document: Document): string {
  return group.vat
    .map((vat) => `${taxOf(document, group, vat)?.label ?? vat.code} ${vat.percent} %`)
    .join(' + ');
}

/** A rate that stands under several keys (alone here, stacked there) is split by what each owes. */
function taxesByKey(document: Document, keys: readonly VatKey[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const tax of document.taxes) {
    const nets = new Map<string, number>();
    document.groups.forEach((group, index) => {
      const key = keys[index];
      if (key === undefined || !carries(group, tax)) return;
      nets.set(keyText(key), (nets.get(keyText(key)) ?? 0) + group.netMinor);
    });
    const shares = sharesOf(tax.taxMinor, [...nets.values()]);
    [...nets.keys()].forEach((key, index) => {
      sums.set(key, (sums.get(key) ?? 0) + (shares[index] ?? 0));
    });
  }
  return sums;
}

function sharesOf(taxMinor: number, nets: readonly number[]): number[] {
  const total = nets.reduce((sum, net) => sum + net, 0);
  if (nets.length < 2 || total === 0) return nets.map((_, index) => (index === 0 ? taxMinor : 0));
  return allocate(
    taxMinor,
    nets.map((net) => new Big(taxMinor).times(net).div(total)),
  );
}

function carries({ rateIds, vat }: NetGroup, tax: DocumentTax): boolean {
  return rateIds.includes(tax.rateId) && vat.some((each) => sameTreatment(each, tax.vat));
}

function sameTreatment(a: VatTreatment, b: VatTreatment): boolean {
  return (
    a.code === b.code &&
    a.percent === b.percent &&
    a.category === b.category &&
    a.country === b.country
  );
}

/** At most six decimals, and no zeros at the end. */
function trimmed(percent: Big): string {
  return percent.round(6, Big.roundHalfUp).toFixed();
}
