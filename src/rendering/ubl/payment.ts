import type { Document } from '../../documents/document.js';
import type { Payable } from '../amounts.js';
import type { Seller } from '../seller.js';
import type { Profile } from '../settings.js';
import type { PaymentMeans } from './model.js';
import { xmlText } from './xml-text.js';

/** UNTDID 4461. */
const CODES = {
  unknown: '1',
  cash: '10',
  transfer: '30',
  sepaTransfer: '58',
  online: '68',
} as const;

/**
 * How what is open is to be paid (BG-16). Of what is paid, only XRechnung wants to know how it was
 * (BR-DE-1); the profiles of the Netherlands know no code for an online payment (BR-NL-12).
 */
export function paymentOf(
  document: Document,
  { openMinor }: Payable,
  seller: Seller,
  profile: Profile,
): PaymentMeans | undefined {
  const remittance = xmlText(document.number);
  if (document.kind === 'invoice' && openMinor > 0) {
    if (seller.iban === '') return { code: openCode(document), remittance };
    const code = document.currency === 'EUR' ? CODES.sepaTransfer : CODES.transfer;
    const account = { iban: seller.iban, bic: seller.bic, holder: xmlText(seller.name) };
    return { code, remittance, account };
  }
  return profile === 'xrechnung' ? { code: paidCode(document), remittance } : undefined;
}

function openCode(document: Document): string {
  return isCash(document) ? CODES.cash : CODES.unknown;
}

function paidCode(document: Document): string {
  return isCash(document) ? CODES.cash : CODES.online;
}

/** WooCommerce's own cash on delivery. */
function isCash({ settlements }: Document): boolean {
  return settlements.some(({ method }) => method === 'cod');
}
