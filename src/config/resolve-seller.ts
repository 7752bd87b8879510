import { compactIban } from './iban.js';
import type { FileConfig } from './schema.js';
import { withoutUndefined } from './without-undefined.js';

/** Who sells, with the fields of a party on a document; empty where the owner named none. */
export type SellerConfig = ReturnType<typeof resolveSeller>;

export function resolveSeller(seller: FileConfig['seller']) {
  const { registration, endpoint, iban, ...rest } = seller;
  return {
    ...NOTHING,
    ...withoutUndefined(rest),
    iban: iban === undefined ? '' : compactIban(iban),
    ...(registration === undefined
      ? {}
      : { registration: registrationOf(registration, seller.country) }),
    ...(endpoint === undefined ? {} : { endpoint: endpointOf(endpoint) }),
  };
}

const NOTHING = {
  name: '',
  company: '',
  vatNumber: '',
  street: '',
  street2: '',
  postcode: '',
  city: '',
  state: '',
  country: '',
  email: '',
  phone: '',
  website: '',
  contact: '',
  bic: '',
};

/** Registers of companies by country (ISO 6523 ICD): KvK, KBO. */
const REGISTERS: Readonly<Record<string, string>> = { NL: '0106', BE: '0208' };

type Registration = NonNullable<FileConfig['seller']['registration']>;

function registrationOf(registration: Registration, country: string) {
  if (typeof registration !== 'string') return registration;
  return { scheme: REGISTERS[country] ?? '', id: registration };
}

function endpointOf(endpoint: string) {
  const colon = endpoint.indexOf(':');
  return { scheme: endpoint.slice(0, colon), id: endpoint.slice(colon + 1) };
}
