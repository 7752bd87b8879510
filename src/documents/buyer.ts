import { deliveryCountryOf } from '../orders/country.js';
import { metaText } from '../orders/meta.js';
import type { Order } from '../orders/order.js';
import type { Party } from './document.js';

/** The buyer's VAT number, from the first configured meta key that has one; else empty. */
export function vatNumberOf(order: Order, keys: readonly string[]): string {
  for (const key of keys) {
    const text = metaText(order.meta, key);
    if (text) return text.replace(/[\s.-]/g, '').toUpperCase();
  }
  return '';
}

/** Who is billed; delivery's name and country where billing has none. */
export function buyerOf(order: Order, vatNumber: string): Party {
  const { billing } = order;
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
    country: billing.country || deliveryCountryOf(order),
    email: billing.email,
  };
}
