import { type RawBuilder, sql } from 'kysely';
import { isOrderPlace } from '../order-place.js';
import type { OrderPage, OrderSort } from '../store.js';
import { orderPlace } from './paging.js';

const COLUMNS: Readonly<Record<OrderSort, readonly string[]>> = {
  created: ['created_at'],
  since: ['state_since'],
  expires: ['expires_at'],
  number: ['number_key'],
  // What two currencies are worth, nobody here knows: each is sorted by itself.
  amount: ['currency', 'gross_minor'],
};

/** What a place stands for in these columns. */
function valuesOf(place: string, sort: OrderSort): readonly (string | number)[] {
  if (sort !== 'amount') return [place];
  const space = place.lastIndexOf(' ');
  return [place.slice(0, space), Number(place.slice(space + 1))];
}

/** The columns of the order of a list, the ties' included. */
export function sortColumns({ sort = 'created' }: OrderPage): readonly string[] {
  return [...COLUMNS[sort], 'id', 'shop'];
}

/** `created_at desc, id desc, shop desc`. */
export function inOrder(page: OrderPage): RawBuilder<unknown> {
  const direction = page.ascending === true ? sql`asc` : sql`desc`;
  return sql.join(sortColumns(page).map((column) => sql`${sql.ref(column)} ${direction}`));
}

/** What comes after the page before. Throws RangeError where `after` is no place in such a list. */
export function beyond(page: OrderPage, shop: string | undefined): readonly RawBuilder<unknown>[] {
  const { after, sort = 'created', ascending } = page;
  const expiring = sort === 'expires' ? [sql`expires_at is not null`] : [];
  if (!after) return expiring;
  const place = orderPlace(after, shop);
  if (!isOrderPlace(place.at, sort)) {
    throw new RangeError(`not the place of an order in a list: ${JSON.stringify(after.at)}`);
  }
  const values = [...valuesOf(place.at, sort), place.id, place.shop];
  const columns = sql.join(sortColumns(page).map((column) => sql.ref(column)));
  const than = ascending === true ? sql`>` : sql`<`;
  return [...expiring, sql`(${columns}) ${than} (${sql.join(values)})`];
}
