import type { Party, PartyId } from '../../documents/document.js';
import type { Seller } from '../seller.js';
import { foreign } from '../visible-text.js';
import { type Formats, ibanInGroups } from './formats.js';
import type { Words } from './words/words.js';

/** A party as it is printed: the name stands out. */
export interface PartyBlock {
  readonly name: string;
  readonly lines: readonly string[];
  /** How the party is registered, and how to reach it. */
  readonly details: readonly string[];
}

export function sellerBlock(
  seller: Seller,
  isAbroad: boolean,
  words: Words,
  formats: Formats,
): PartyBlock {
  const { labels } = words;
  return {
    ...addressOf(seller, isAbroad, formats),
    details: present([
      labelled(registrationName(seller.registration, words), seller.registration?.id ?? ''),
      labelled(labels.vatNumber, seller.vatNumber),
      labelled('IBAN', ibanInGroups(seller.iban)),
      labelled('BIC', seller.bic),
      foreign(seller.contact),
      labelled(labels.phone, seller.phone),
      foreign(seller.email),
      foreign(seller.website),
    ]),
  };
}

export function buyerBlock(
  buyer: Party,
  isAbroad: boolean,
  words: Words,
  formats: Formats,
): PartyBlock {
  const address = addressOf(buyer, isAbroad, formats);
  const name = address.name || foreign(buyer.email) || words.unnamedBuyer;
  return {
    ...address,
    name,
    details: present([
      labelled(words.labels.vatNumber, buyer.vatNumber),
      labelled(registrationName(buyer.registration, words), buyer.registration?.id ?? ''),
    ]),
  };
}

function addressOf(
  party: Party,
  isAbroad: boolean,
  formats: Formats,
): Pick<PartyBlock, 'name' | 'lines'> {
  const [name = '', second = ''] = present([foreign(party.company), foreign(party.name)]);
  return {
    name,
    lines: present([
      second === name ? '' : second,
      foreign(party.street),
      foreign(party.street2),
      foreign(cityLine(party)),
      isAbroad ? foreign(formats.country(party.country)) : '',
    ]),
  };
}

/** Where a state belongs to an address, and the postcode comes last. */
const CITY_FIRST: ReadonlySet<string> = new Set('AU CA GB IE IN NZ US ZA'.split(' '));

function cityLine({ city, postcode, state, country }: Party): string {
  return CITY_FIRST.has(country) ? `${city} ${state} ${postcode}` : `${postcode} ${city}`;
}

/** What the registers are called where they are kept (ISO 6523 ICD and EAS codes). */
const REGISTRATION_NAMES: Readonly<Record<string, string>> = {
  '0002': 'SIREN',
  '0007': 'Org.nr',
  '0009': 'SIRET',
  '0088': 'GLN',
  '0106': 'KvK',
  '0183': 'UID',
  '0184': 'CVR',
  '0190': 'OIN',
  '0191': 'Registrikood',
  '0192': 'Org.nr',
  '0199': 'LEI',
  '0204': 'Leitweg-ID',
  '0208': 'KBO/BCE',
  '0212': 'Y-tunnus',
};

function registrationName(registration: PartyId | undefined, words: Words): string {
  return REGISTRATION_NAMES[registration?.scheme ?? ''] ?? words.labels.registration;
}

function labelled(label: string, value: string): string {
  const text = foreign(value);
  return text === '' ? '' : `${label} ${text}`;
}

function present(texts: readonly string[]): string[] {
  return texts.filter((text) => text !== '');
}
