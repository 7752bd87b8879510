import type { OrderSort, StoredOrder } from './store.js';

interface Place {
  /** The form of `placeOf`. */
  readonly form: RegExp;
  /** What the place of an order in such a list is told by. */
  readonly placeOf: (order: StoredOrder) => string;
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const PLACES: Readonly<Record<OrderSort, Place>> = {
  created: { form: INSTANT, placeOf: ({ createdAt }) => createdAt },
  since: { form: INSTANT, placeOf: ({ stateSince }) => stateSince },
  expires: { form: INSTANT, placeOf: ({ expiresAt }) => expiresAt ?? '' },
  number: { form: /^\d{3}/, placeOf: ({ number }) => numberKey(number) },
  amount: {
    form: /^\S* -?\d{1,16}$/,
    placeOf: ({ currency, grossMinor }) => `${currency} ${grossMinor}`,
  },
};

/** Where an order stands in a list that is sorted so: `after` of the page that follows it. */
export function orderPlaceOf(order: StoredOrder, sort: OrderSort = 'created') {
  return { at: PLACES[sort].placeOf(order), id: `${order.shop}/${order.id}` };
}

/** Whether `at` can be the place of an order in a list that is sorted so. */
export function isOrderPlace(at: string, sort: OrderSort = 'created'): boolean {
  return PLACES[sort].form.test(at);
}

/** As the database makes it, in the column `number_key`. */
function numberKey(number: string): string {
  return `${String(Math.min([...number].length, 999)).padStart(3, '0')}${number}`;
}
