import type { Party, PartyId } from '../documents/document.js';

/** Who sells, as an invoice tells it: the config's `seller`, empty where the owner named nothing. */
export interface Seller extends Party {
  /** In the register of companies: scheme `0106` is the Dutch KvK (ISO 6523 ICD). */
  readonly registration?: PartyId;
  /** Where e-invoices reach the seller (EAS code list). */
  readonly endpoint?: PartyId;
  /** Person or department to ask. */
  readonly contact: string;
  readonly phone: string;
  readonly website: string;
  /** Without spaces; empty where there is none. */
  readonly iban: string;
  readonly bic: string;
  /** Days after an invoice's date within which what is open is to be paid. */
  readonly paymentDays: number;
}
