import type { Document, DocumentTax, VatTreatment } from '../../documents/document.js';
import type { VatCategory } from '../../documents/settings.js';
import { EU_COUNTRIES } from '../../orders/country.js';
import { foreign } from '../visible-text.js';
import type { Formats } from './formats.js';
import type { Words } from './words/words.js';

/** A line of the totals. */
export interface VatRow {
  readonly label: string;
  readonly taxMinor: number;
}

/** Each rate with its base and tax, then what carries no tax, each ground for that by itself. */
export function vatRows(
  document: Document,
  sellerCountry: string,
  words: Words,
  formats: Formats,
): VatRow[] {
  const taxed = document.taxes.filter((tax) => !isUntaxed(tax));
  const untaxed = [
    ...document.taxes.filter(isUntaxed).map(({ vat, baseMinor }) => ({ vat, baseMinor })),
    ...document.groups
      .filter(({ rateIds, netMinor }) => rateIds.length === 0 && netMinor !== 0)
      .flatMap(({ vat, netMinor }) => vat.map((each) => ({ vat: each, baseMinor: netMinor }))),
  ];
  return [
    ...taxed.map((tax) => ({
      label: words.taxOn(
        formats.percent(tax.vat.percent),
        formats.money(tax.baseMinor),
        nameOf(tax, sellerCountry, formats),
      ),
      taxMinor: tax.taxMinor,
    })),
    ...basesByCategory(untaxed).map(([category, baseMinor]) => ({
      label: words.untaxedOn(category, formats.money(baseMinor)),
      taxMinor: 0,
    })),
  ];
}

function isUntaxed({ vat, taxMinor }: DocumentTax): boolean {
  return taxMinor === 0 && Number(vat.percent) === 0;
}

/** The shop's own name of a tax of another country than the seller's, and that country. */
function nameOf(
  { label, vat }: DocumentTax,
  sellerCountry: string,
  formats: Formats,
): string | undefined {
  if (vat.country === '' || vat.country === sellerCountry) return undefined;
  return [foreign(label), `(${formats.country(vat.country)})`].join(' ').trim();
}

function basesByCategory(
  shares: readonly { readonly vat: VatTreatment; readonly baseMinor: number }[],
): [VatCategory, number][] {
  const bases = new Map<VatCategory, number>();
  for (const { vat, baseMinor } of shares) {
    bases.set(vat.category, (bases.get(vat.category) ?? 0) + baseMinor);
  }
  return [...bases];
}

/** What the law, or the owner's mapping, wants to be said of how the document is taxed. */
export function vatRemarks(
  { groups }: Document,
  sellerCountry: string,
  words: Words,
  formats: Formats,
): string[] {
  const treatments = groups.filter(({ netMinor }) => netMinor !== 0).flatMap(({ vat }) => vat);
  const remarks = treatments.map((treatment) => remarkOn(treatment, words));
  const countries = [
    ...new Set(treatments.filter((vat) => isOneStopShop(vat, sellerCountry)).map(countryOf)),
  ].map((country) => formats.country(country));
  if (countries.length > 0) remarks.push(words.oneStopShop(countries.join(', ')));
  return [...new Set(remarks)].filter((remark) => remark !== '');
}

/** Our phrase, which names the ground in the document's language, and the owner's own reason. */
function remarkOn({ category, reason = '' }: VatTreatment, words: Words): string {
  const phrase = words.treatment[category] ?? '';
  const isSaid = phrase.toLowerCase().includes(reason.toLowerCase().replace(/\.$/, ''));
  return [phrase, isSaid ? '' : foreign(reason.replace(/([^.])$/, '$1.'))].join(' ').trim();
}

function isOneStopShop({ category, country }: VatTreatment, sellerCountry: string): boolean {
  return (
    category === 'S' &&
    country !== sellerCountry &&
    EU_COUNTRIES.has(country) &&
    EU_COUNTRIES.has(sellerCountry)
  );
}

const countryOf = ({ country }: VatTreatment) => country;
