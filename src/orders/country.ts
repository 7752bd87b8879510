import type { Order } from './order.js';

/** Member states of the European Union (ISO 3166-1 alpha-2; Greece is GR). */
export const EU_COUNTRIES: ReadonlySet<string> = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
);

/** Where an order goes: of delivery, or of billing where delivery names none; may be empty. */
export function deliveryCountryOf(order: Pick<Order, 'shipping' | 'billing'>): string {
  return order.shipping.country || order.billing.country;
}
