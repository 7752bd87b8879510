import type { Requester } from './requester.js';
import type { CallOptions } from './shop-client.js';
import { ShopError } from './shop-error.js';

const PER_PAGE = 100;
/** More than any shop has of what is read by this; a list that never ends is a cache's doing. */
const MOST_PAGES = 50;

/** All items of a short list, each once, asked past every cache. */
export async function wholeList<Item extends { readonly id: number }>(
  requester: Requester,
  shop: string,
  path: string,
  { signal }: CallOptions,
  read: (item: unknown) => Item,
): Promise<Item[]> {
  const found = new Map<number, Item>();
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const place = { per_page: String(PER_PAGE), page: String(page), orderby: 'id', order: 'asc' };
    const asking = { ...(signal ? { signal } : {}), fresh: true };
    const { body, total } = await requester.list(path, place, asking);
    for (const item of body.map(read)) found.set(item.id, item);
    const isLast = total === null ? body.length < PER_PAGE : found.size >= total;
    if (isLast || body.length === 0) return [...found.values()];
  }
  throw new ShopError(
    shop,
    'garbled',
    `the list of ${path} does not end`,
    'A cache or plugin ignores the page that is asked for: exclude /wp-json/ from it.',
  );
}
