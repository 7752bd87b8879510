import type { App } from '../app.js';
import type { StoredOrder } from '../store/store.js';
import { CommandError } from './context.js';
import { EXIT } from './exit-codes.js';

/** The one order that a person means by its number or id. Throws CommandError for none or several. */
export async function findOrder(
  app: App,
  text: string,
  options: { readonly shop?: string },
): Promise<StoredOrder> {
  const wanted = text.replace(/^#/, '');
  const found = (await app.store.findOrders(wanted)).filter(
    ({ shop }) => options.shop === undefined || shop === options.shop,
  );
  const [first, another] = found;
  if (!first) {
    throw new CommandError(
      EXIT.failed,
      `No order ${text} is known${options.shop === undefined ? '' : ` of shop ${options.shop}`}.`,
      'It may be older than `since`, or the shop may not have been polled yet: `orderpark poll`.',
    );
  }
  if (!another) return first;
  // A number can be the id of another order; what customers see comes first.
  const byNumber = found.filter(({ number }) => number === wanted);
  const [only, second] = byNumber;
  if (only && !second) return only;
  throw new CommandError(
    EXIT.usage,
    `${text} may mean ${found.map(({ shop, id, number }) => `${shop}/${id} (number ${number})`).join(' or ')}.`,
    'Name the shop with --shop, or the order by its id.',
  );
}
