import type { StoredOrder } from '../store/store.js';
import { printable } from './table.js';

/** Where an order is after something was done about it, in one line. */
export function orderLine({ shop, number, state, reason }: StoredOrder): string {
  return `${shop} ${printable(number)} is ${state}: ${printable(reason)}\n`;
}
