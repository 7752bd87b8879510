import type { KeysetPage } from '../store.js';

/** The place of an order in a list: `after.id` of the page that follows it. */
export function orderPageId(order: { readonly shop: string; readonly id: number }): string {
  return `${order.shop}/${order.id}`;
}

/**
 * Reads it back. A plain id is understood where the list is of one shop.
 * Throws RangeError on anything else.
 */
export function orderPlace(
  after: NonNullable<KeysetPage['after']>,
  shop: string | undefined,
): { at: string; id: number; shop: string } {
  const slash = after.id.lastIndexOf('/');
  const place = {
    at: after.at,
    id: Number(after.id.slice(slash + 1)),
    shop: slash < 0 ? shop : after.id.slice(0, slash),
  };
  if (place.shop === undefined || !Number.isSafeInteger(place.id)) {
    throw new RangeError(`not the place of an order in a list: ${JSON.stringify(after.id)}`);
  }
  return { ...place, shop: place.shop };
}
