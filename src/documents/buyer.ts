import { deliveryCountryOf } from '../orders/country.js';
import { firstMetaText } from '../orders/meta.js';
import type { Order } from '../orders/order.js';
import type { DeliveryAddress, Party, PartyId } from './document.js';
import type { DocumentSettings } from './settings.js';

/** The buyer's VAT number, from the first configured meta key that has one; else empty. */
export function vatNumberOf(order: Order, keys: readonly string[]): string {
  return (firstMetaText(order.meta, keys) ?? '').replace(/[\s.-]/g, '').toUpperCase();
}

/** What the buyer wants named on the invoice; undefined where the order says nothing. */
export function buyerReferenceOf(order: Order, { referenceKeys }: BuyerKeys): string | undefined {
  return firstMetaText(order.meta, referenceKeys);
}

type BuyerKeys = Pick<DocumentSettings, 'registrationKeys' | 'endpointKeys' | 'referenceKeys'>;

/** Who is billed; delivery's name and country where billing has none. */
export function buyerOf(order: Order, vatNumber: string, keys: BuyerKeys): Party {
  const { billing } = order;
  const country = billing.country || deliveryCountryOf(order);
  const registration = registrationOf(firstMetaText(order.meta, keys.registrationKeys), country);
  const endpoint = endpointOf(firstMetaText(order.meta, keys.endpointKeys));
  const name = `${billing.firstName} ${billing.lastName}`.trim();
  return {
    name: name || `${order.shipping.firstName} ${order.shipping.lastName}`.trim(),
    company: billing.company,
    vatNumber,
    street: billing.street,
    street2: billing.street2,
    postcode: billing.postcode,
    city: billing.city,
    state: billing.state,
    country,
    email: billing.email,
    ...(registration === undefined ? {} : { registration }),
    ...(endpoint === undefined ? {} : { endpoint }),
  };
}

/** Where the goods went; undefined where that is where the bill went, or where nobody said. */
export function deliveredTo({ shipping, billing }: Order): DeliveryAddress | undefined {
  const fields = ['street', 'street2', 'postcode', 'city', 'state', 'country'] as const;
  const isOther = fields.some((field) => shipping[field] !== billing[field]);
  if (shipping.street === '' || shipping.country === '' || !isOther) return undefined;
  const { company, street, street2, postcode, city, state, country } = shipping;
  const name = `${shipping.firstName} ${shipping.lastName}`.trim();
  return { name, company, street, street2, postcode, city, state, country };
}

/** Registers of companies whose numbers shops ask for (ISO 6523 ICD): KvK of eight digits, KBO of ten. */
const REGISTERS: Readonly<Record<string, { readonly scheme: string; readonly digits: number }>> = {
  NL: { scheme: '0106', digits: 8 },
  BE: { scheme: '0208', digits: 10 },
};

function registrationOf(text: string | undefined, country: string): PartyId | undefined {
  if (text === undefined) return undefined;
  const id = text.replace(/[\s.-]/g, '');
  const register = REGISTERS[country];
  const fits = register !== undefined && /^\d+$/.test(id) && id.length === register.digits;
  return { scheme: fits ? register.scheme : '', id };
}

function endpointOf(text: string | undefined): PartyId | undefined {
  const match = /^(\d{4}|[A-Z]{2}):(\S+)$/.exec(text?.trim() ?? '');
  return match ? { scheme: match[1] ?? '', id: match[2] ?? '' } : undefined;
}
