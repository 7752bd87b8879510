import type { Document, PartyId } from '../../documents/document.js';
import type { Seller } from '../seller.js';
import type { Profile } from '../settings.js';
import { endpointByVat, vatIdOf } from './identifiers.js';
import type { EParty } from './model.js';
import type { Words } from './words.js';
import { xmlText } from './xml-text.js';

/** BG-4. `withVat` is false where the category forbids a VAT number (BR-O-02). */
export function sellerParty(seller: Seller, withVat: boolean): EParty {
  const vatId = vatIdOf(seller.vatNumber, seller.country);
  return {
    ...addressOf(seller),
    ...identified(seller, seller.endpoint ?? endpointByVat(vatId)),
    name: xmlText(seller.name),
    vatId: withVat ? vatId : '',
    country: seller.country,
    contact: {
      name: xmlText(seller.contact),
      phone: xmlText(seller.phone),
      email: xmlText(seller.email),
    },
  };
}

/** BG-7. */
export function buyerParty(
  document: Document,
  profile: Profile,
  withVat: boolean,
  words: Words,
): EParty {
  const { buyer } = document;
  const country = buyer.country || document.deliveryCountry || taxCountryOf(document);
  const vatId = vatIdOf(buyer.vatNumber, country);
  const person = xmlText(buyer.name);
  const company = xmlText(buyer.company);
  const endpoint = buyer.endpoint ?? endpointByVat(vatId) ?? mailbox(buyer.email, profile);
  return {
    ...addressOf(buyer),
    ...identified(buyer, endpoint),
    name: company || person || words.unknownCustomer,
    vatId: withVat ? vatId : '',
    country,
    contact: { name: company === '' ? '' : person, phone: '', email: xmlText(buyer.email) },
  };
}

/** An order without any address was taxed somewhere: there it was sold. */
function taxCountryOf({ taxes }: Document): string {
  return taxes.map(({ vat }) => vat.country).find((country) => country !== '') ?? '';
}

/** XRechnung is sent by mail as well as over networks, and has a scheme for it (EAS `EM`). */
function mailbox(email: string, profile: Profile): PartyId | undefined {
  return profile === 'xrechnung' && email !== '' ? { scheme: 'EM', id: email } : undefined;
}

function identified(
  { registration }: { readonly registration?: PartyId },
  endpoint: PartyId | undefined,
): Pick<EParty, 'registration' | 'endpoint'> {
  return {
    ...(registration === undefined ? {} : { registration }),
    ...(endpoint === undefined ? {} : { endpoint }),
  };
}

interface Address {
  readonly street: string;
  readonly street2: string;
  readonly city: string;
  readonly postcode: string;
  readonly state: string;
}

function addressOf(address: Address) {
  return {
    street: xmlText(address.street),
    street2: xmlText(address.street2),
    city: xmlText(address.city),
    postcode: xmlText(address.postcode),
    subdivision: xmlText(address.state),
  };
}
