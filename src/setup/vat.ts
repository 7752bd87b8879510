import { isCountry } from '../config/fields.js';
import { EU_COUNTRIES } from '../orders/country.js';
import type { Seen, Untaxed } from './seen.js';
import type { Survey } from './survey.js';
import { scalar } from './yaml-text.js';

/** A line of `vat:` as it is proposed. */
export interface VatProposal {
  /** False: a person must decide, so the line is switched off. */
  readonly isActive: boolean;
  /** Keys of the rule in their order; an empty country means everywhere. */
  readonly fields: VatFields;
  readonly note: string;
}
export type VatFields = Readonly<Record<string, string>> & { readonly code: string };

/** What an owner made of a proposal. */
export interface VatChange {
  readonly isActive: boolean;
  /** The books' own name for the tax. */
  readonly code: string;
  /** Of a rule that has one: EN 16931, and why no tax is charged; empty: nothing is said. */
  readonly category?: VatCategory;
  readonly reason?: string;
}

/** Those under which no tax is charged (EN 16931, BT-151). */
export const UNTAXED_CATEGORIES = ['Z', 'E', 'AE', 'K', 'G', 'O'] as const;
export type VatCategory = (typeof UNTAXED_CATEGORIES)[number];

/** By what a proposal is known, as `country NL, percent 21`; its code and reason are the owner's to change. */
export function vatKeyOf({ fields }: VatProposal): string {
  const { code: _, category: __, reason: ___, ...fixed } = fields;
  return Object.entries(fixed)
    .map(([key, value]) => `${key} ${value}`)
    .sort()
    .join(', ');
}

/** The proposal as its owner wants it. */
export function changedVat(proposal: VatProposal, change: VatChange | undefined): VatProposal {
  if (change === undefined) return proposal;
  const { category: _, reason: __, ...fields } = proposal.fields;
  const { isActive, code, category, reason = '' } = change;
  return {
    ...proposal,
    isActive,
    fields: {
      ...fields,
      code,
      ...(category === undefined ? {} : { category }),
      ...(reason === '' ? {} : { reason }),
    },
  };
}

/**
 * A line for each rate of the shop's table and of its newest orders, and for what was seen untaxed.
 * Above zero the tax code is a mere name, and can be proposed. Why no tax was charged is nobody's
 * guess: of that only two lines are switched on, and only where such orders were seen, goods to
 * businesses in other member states and exports.
 */
export function proposeVat(
  { taxRates, chargesTax }: Pick<Survey, 'taxRates' | 'chargesTax'>,
  seen: Seen,
  sellerCountry: string,
): VatProposal[] {
  const charged = chargedProposals(taxRates, seen, sellerCountry);
  const placeholder: VatProposal = {
    isActive: true,
    fields: { percent: '21', country: sellerCountry, code: `${sellerCountry}21` },
    note: `seen: ${chargesTax === false ? 'the shop is set to charge no tax' : 'no tax rate'}; put your rate here, or switch a line below on instead`,
  };
  return [
    ...(charged.length === 0 ? [placeholder] : charged),
    ...abroadProposals(seen, sellerCountry),
    ...undecided(taxRates, seen, sellerCountry),
  ];
}

interface Rate {
  readonly percent: string;
  readonly country: string;
  readonly names: Set<string>;
  /** Newest orders with it; of a rate of the table alone 0. */
  orders: number;
  inTable: boolean;
}

const PERCENT = /^\d{1,2}(\.\d{1,6})?$|^100$/;

function chargedProposals(
  taxRates: Survey['taxRates'],
  { charged }: Seen,
  sellerCountry: string,
): VatProposal[] {
  const rates = new Map<string, Rate>();
  const rateAt = (percent: string, country: string): Rate => {
    const key = `${country} ${Number(percent)}`;
    const rate = rates.get(key) ?? {
      percent,
      country,
      names: new Set(),
      orders: 0,
      inTable: false,
    };
    rates.set(key, rate);
    return rate;
  };
  for (const { percent, country, name } of taxRates) {
    if (!isProposable(percent, country)) continue;
    const rate = rateAt(percent, country);
    rate.names.add(name);
    rate.inTable = true;
  }
  const general = new Set([...rates.values()].filter(isOfAnyCountry).map(({ percent }) => percent));
  for (const { percent, country, label, orders } of charged) {
    if (!isProposable(percent, country)) continue;
    // A rate of the table without a country shows in an order as one of where it goes.
    if (general.has(percent) && !rates.has(`${country} ${Number(percent)}`)) continue;
    const rate = rateAt(percent, country);
    rate.names.add(label);
    rate.orders += orders;
  }
  return [...rates.values()]
    .sort(
      (one, other) =>
        order(one, sellerCountry) - order(other, sellerCountry) || byPlace(one, other),
    )
    .map((rate) => chargedProposal(rate, sellerCountry));
}

function isProposable(percent: string, country: string): boolean {
  return PERCENT.test(percent) && Number(percent) > 0 && (country === '' || isCountry(country));
}

function isOfAnyCountry({ country }: Rate): boolean {
  return country === '';
}

/** Special before general, since the first match wins. */
function order({ country }: Rate, sellerCountry: string): number {
  if (country === '') return 3;
  if (country === sellerCountry) return 0;
  return EU_COUNTRIES.has(country) ? 1 : 2;
}

function byPlace(one: Rate, other: Rate): number {
  if (one.country !== other.country) return one.country < other.country ? -1 : 1;
  return Number(other.percent) - Number(one.percent);
}

function chargedProposal(rate: Rate, sellerCountry: string): VatProposal {
  const { percent, country, inTable, orders } = rate;
  const names = [...rate.names].filter((name) => name !== '').slice(0, 3);
  const where = inTable
    ? 'in the table of rates'
    : `on ${counted(orders)}, and not in the table of rates any more`;
  const named = names.map((name) => `"${name}"`).join(', ');
  const everywhere = country === '' ? ', of every country' : '';
  return {
    isActive: true,
    fields: { percent, country, code: codeOf(percent, country, sellerCountry) },
    note: `seen: ${named === '' ? '' : `${named} `}${where}${everywhere}`,
  };
}

function codeOf(percent: string, country: string, sellerCountry: string): string {
  const isOss = isOtherMember(country, sellerCountry) && EU_COUNTRIES.has(sellerCountry);
  return isOss ? `OSS-${country}-${percent}` : `${country || sellerCountry}${percent}`;
}

function isOtherMember(country: string, sellerCountry: string): boolean {
  return EU_COUNTRIES.has(country) && country !== sellerCountry;
}

/** Goods to businesses in other member states, and exports: on where they were seen. */
function abroadProposals({ untaxed }: Seen, sellerCountry: string): VatProposal[] {
  const isInEu = EU_COUNTRIES.has(sellerCountry);
  const business = untaxed.filter(
    ({ country, buyer }) => isOtherMember(country, sellerCountry) && buyer === 'business',
  );
  const exported = untaxed.filter(
    ({ country }) =>
      country !== '' && country !== sellerCountry && !(isInEu && EU_COUNTRIES.has(country)),
  );
  const intra = { percent: '0', country: 'EU', buyer: 'business', code: 'ICP', category: 'K' };
  const abroad = isInEu ? 'non-EU' : '[EU, non-EU]';
  const out = { percent: '0', country: abroad, code: 'EXPORT', category: 'G' };
  return [
    ...(isInEu
      ? [
          {
            isActive: business.length > 0,
            fields: { ...intra, reason: 'Intra-Community supply' },
            note: seenOn(business, 'right for goods; for services it is AE, Reverse charge'),
          },
        ]
      : []),
    {
      isActive: exported.length > 0,
      fields: { ...out, reason: isInEu ? 'Export outside the EU' : 'Export' },
      note: seenOn(exported, 'right for goods that leave the country'),
    },
  ];
}

function seenOn(untaxed: readonly Untaxed[], meaning: string): string {
  if (untaxed.length === 0) return `not seen; ${meaning}`;
  const countries = [...new Set(untaxed.map(({ country }) => country))].sort();
  return `seen: untaxed to ${countries.slice(0, 8).join(', ')}, on ${counted(mostOrders(untaxed))}; ${meaning}`;
}

/** One order can show several kinds of line, so they are not added up. */
function mostOrders(untaxed: readonly Untaxed[]): number {
  return Math.max(...untaxed.map(({ orders }) => orders));
}

function counted(orders: number): string {
  return `${orders} of the newest orders`;
}

const DECIDE = 'decide: Z (zero rate), E (exempt), AE (reverse charge) or O (no sale), and why';

/** Zero rates, and what else was untaxed: each line switched off, for a person to decide. */
function undecided(
  taxRates: Survey['taxRates'],
  { untaxed }: Seen,
  sellerCountry: string,
): VatProposal[] {
  const rates = taxRates
    .filter(({ percent, country }) => Number(percent) === 0 && isCountry(country))
    .map(({ country, taxClass, name }) => ({
      fields: { country, taxClass: taxClass === 'standard' ? '' : taxClass },
      note: `seen: "${name}" in the table of rates`,
    }));
  const lines = untaxed
    .filter(({ country, buyer }) => isForPerson(country, buyer, sellerCountry))
    .map(({ country, kind, taxClass, orders }) => ({
      fields: { country, ...(kind === 'product' ? { taxClass } : { lines: kind }) },
      note: `seen: ${kind === 'product' ? 'goods' : kind} without tax, on ${counted(orders)}`,
    }));
  const fieldsSeen = new Set<string>();
  return [...rates, ...lines].flatMap(({ fields, note }) => {
    const key = JSON.stringify(fields);
    if (fieldsSeen.has(key)) return [];
    fieldsSeen.add(key);
    const rule = { percent: '0', ...fields, code: `${fields.country}0`, category: 'Z' };
    return [{ isActive: false, fields: rule, note: `${note}; ${DECIDE}` }];
  });
}

function isForPerson(country: string, buyer: string, sellerCountry: string): boolean {
  if (!isCountry(country)) return false;
  if (country === sellerCountry) return true;
  return isOtherMember(country, sellerCountry) && buyer === 'consumer';
}

/** What a person writes, and so may hold anything. */
const WRITTEN: Readonly<Record<string, true>> = { code: true, reason: true };

/** As the example writes its rules, `{ percent: 21, country: NL, code: NL21 }`; an empty country means everywhere and is left out. */
export function vatRuleText(fields: VatFields): string {
  const parts = Object.entries(fields)
    .filter(([key, value]) => key !== 'country' || value !== '')
    .map(
      ([key, value]) => `${key}: ${key in WRITTEN ? scalar(value) : value === '' ? '""' : value}`,
    );
  return `{ ${parts.join(', ')} }`;
}
