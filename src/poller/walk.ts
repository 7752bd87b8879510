import type { Clock } from '../orders/time.js';
import type { PageInfo } from '../woocommerce/shop-client.js';
import { end, isBefore, nextPlace, type Place } from './place.js';

/** A list of the shop, ordered by id, ascending. */
export interface Walkable<Page extends PageInfo> {
  read(place: Place): Promise<Page>;
  /** The ids on the page, as far as they are known; `null` for an item that does not tell its id. */
  idsOf(page: Page): readonly (number | null)[];
  /** Each page that has items, as soon as it is read. A page may bring items once more. */
  take(page: Page): Promise<void>;
  /** The walk begins again: what was taken will be brought once more. */
  again?(): void;
}

export interface WalkOptions {
  readonly clock: Clock;
  readonly pageSize: number;
  readonly signal: AbortSignal;
}

/** A complete walk. */
export interface Walked {
  /** The shop's clock at the start of the pass that was complete. */
  readonly shopStartMs: number;
  readonly items: number;
}

/** Items were taken out of the list during each pass, so that none can be trusted to be complete. */
export class RestlessListError extends Error {
  override readonly name = 'RestlessListError';
}

/** Passes before a walk is given up; the cursor stays, and the next poll tries again. */
const MOST_PASSES = 5;

/**
 * Walks a list that moves while it is read, until an empty page, so that no item is skipped that was
 * there all the time. Items that enter the list move others back, which only repeats them. An item
 * that leaves it (to the trash) moves others forward, so that one may be skipped between two pages
 * (recorded fact 7). Two signs tell, and start the walk again: the total falls, or a page does not
 * begin with what ended the page before, for which each page overlaps that one. The total alone
 * would miss an order that leaves while another enters.
 *
 * Any error is thrown: a page that fails is never an empty page (rule 7).
 */
export async function walk<Page extends PageInfo>(
  list: Walkable<Page>,
  options: WalkOptions,
): Promise<Walked> {
  for (let pass = 1; pass <= MOST_PASSES; pass += 1) {
    const walked = await walkOnce(list, options);
    if (walked) return walked;
    list.again?.();
  }
  throw new RestlessListError(
    `orders left the shop's list during each of ${MOST_PASSES} attempts to read it completely`,
  );
}

/** Undefined where an item may have been skipped. */
async function walkOnce<Page extends PageInfo>(
  list: Walkable<Page>,
  { clock, pageSize, signal }: WalkOptions,
): Promise<Walked | undefined> {
  let place: Place = { page: 1, perPage: pageSize };
  let shopStartMs: number | undefined;
  let total: number | null = null;
  let items = 0;
  let highestId = 0;
  let mustOverlap = false;
  for (;;) {
    signal.throwIfAborted();
    const askedAtMs = clock.now();
    const page = await list.read(place);
    // The Date header is of the end of the answer; what it shows may be as old as its start.
    shopStartMs ??= page.shopNowMs - (clock.now() - askedAtMs);
    const ids = list.idsOf(page);
    if (ids.length === 0) return mustOverlap ? undefined : { shopStartMs, items };
    await list.take(page);
    if (total !== null && page.total !== null && page.total < total) return undefined;
    if (mustOverlap && !overlaps(ids, highestId)) return undefined;
    total = page.total ?? total;
    items += ids.length;
    highestId = ids.reduce<number>((most, id) => Math.max(most, id ?? 0), highestId);
    const isFull = ids.length >= place.perPage;
    const next = nextPlace(place, isFull, pageSize);
    mustOverlap = isFull && isBefore(next, end(place));
    place = next;
  }
}

function overlaps(ids: readonly (number | null)[], highestId: number): boolean {
  return ids.some((id) => id === null || id <= highestId);
}
