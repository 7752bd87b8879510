import { RestlessListError } from '../poller/walk.js';
import { ShopError } from '../woocommerce/shop-error.js';

/** What a person is told where a shop could not be asked; undefined for an error of another kind. */
export function shopTrouble(error: unknown): { message: string; fix: string } | undefined {
  if (error instanceof ShopError) return { message: error.message, fix: error.fix };
  if (error instanceof RestlessListError) {
    return { message: error.message, fix: 'Try again when the shop has fewer changes.' };
  }
  return undefined;
}
