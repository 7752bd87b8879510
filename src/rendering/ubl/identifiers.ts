import type { PartyId } from '../../documents/document.js';

/** Electronic Address Scheme codes of VAT numbers, by the prefix of the number (CEF EAS list). */
const VAT_SCHEMES: Readonly<Record<string, string>> = {
  AT: '9914',
  BE: '9925',
  BG: '9926',
  CY: '9928',
  CZ: '9929',
  DE: '9930',
  EE: '9931',
  EL: '9933',
  ES: '9920',
  FR: '9957',
  GB: '9932',
  HR: '9934',
  HU: '9910',
  IE: '9935',
  LT: '9937',
  LU: '9938',
  LV: '9939',
  MT: '9943',
  NL: '9944',
  PL: '9945',
  PT: '9946',
  RO: '9947',
  SI: '9949',
  SK: '9950',
};

/**
 * A VAT number with the prefix of its country, as BR-CO-09 asks (Greece: EL); the buyer's country
 * gives one that is missing. Empty where it is none: free text in a field of the shop.
 */
export function vatIdOf(vatNumber: string, country: string): string {
  const compact = vatNumber.replace(/[\s.-]/g, '').toUpperCase();
  if (!/\d/.test(compact) || !/^[A-Z0-9+*]{2,20}$/.test(compact)) return '';
  if (/^[A-Z]{2}/.test(compact)) return compact.replace(/^GR/, 'EL');
  const prefix = country === 'GR' ? 'EL' : country;
  return prefix === '' ? '' : `${prefix}${compact}`;
}

/** The electronic address that a VAT number is by itself. */
export function endpointByVat(vatId: string): PartyId | undefined {
  const scheme = VAT_SCHEMES[vatId.slice(0, 2)];
  return scheme === undefined ? undefined : { scheme, id: vatId };
}
