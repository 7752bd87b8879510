import {
  type Batch,
  isSpoiled,
  type Narrowed,
  narrow,
  type PageSource,
  pagePart,
} from './narrow.js';
import type { Requester } from './requester.js';
import type { Asking } from './sender.js';
import type { PageInfo } from './shop-client.js';
import type { Parameters } from './transport.js';

/** One of the shop's lists, and how it is read. */
export interface List {
  readonly requester: Requester;
  readonly asking: Asking;
  /** `orders` or `refunds`. */
  readonly path: string;
  /** The whole list, without a window: to see whether the shop can give any item at all. */
  readonly whole: Parameters;
  /** The only field to ask for where an item spoils its page, and how to read it. */
  readonly idField: string;
  readonly idIn: (item: unknown) => number | null;
}

export async function readBatch(list: List, parameters: Parameters): Promise<Batch> {
  const { body, total, shopNowMs, startedAtMs } = await list.requester.list(
    list.path,
    parameters,
    list.asking,
  );
  return { items: body, total, shopNowMs, startedAtMs };
}

/** One page, narrowed where an item spoils it. */
export function readPage(
  list: List,
  filter: Parameters,
  page: number,
  perPage: number,
): Promise<Narrowed> {
  const source: PageSource = {
    read: (number, size) => readBatch(list, { ...filter, ...at(number, size) }),
    identify: async (number) => {
      const only = { ...filter, ...at(number, 1), _fields: list.idField };
      const batch = await readUnlessSpoiled(list, only);
      return batch?.items[0] === undefined ? null : list.idIn(batch.items[0]);
    },
  };
  return narrow(pagePart(source, page, perPage), () => isAlive(list, filter));
}

/** Whether the shop can give the first or the last of all its items. */
export async function isAlive(list: List, filter: Parameters): Promise<boolean> {
  const fields = filter['_fields'] === undefined ? {} : { _fields: filter['_fields'] };
  for (const order of ['desc', 'asc']) {
    const end = await readUnlessSpoiled(list, { ...list.whole, ...fields, ...at(1, 1), order });
    if (end && end.items.length > 0) return true;
  }
  return false;
}

async function readUnlessSpoiled(list: List, parameters: Parameters): Promise<Batch | undefined> {
  try {
    return await readBatch(list, parameters);
  } catch (error) {
    if (isSpoiled(error)) return undefined;
    throw error;
  }
}

function at(page: number, perPage: number): Parameters {
  return { per_page: String(perPage), page: String(page) };
}

/**
 * Of several requests: the earliest clock, since what came later may have been missed before, and
 * the smallest total, so that a list that shrinks meanwhile is seen to (recorded fact 7). A page
 * past the end says 0 (recorded fact 11) and counts only by itself.
 */
export function pageInfo(narrowed: Narrowed, ourNowMs: number): PageInfo {
  const clocks = narrowed.batches.map((batch) => batch.shopNowMs);
  const filled = narrowed.batches.filter((batch) => batch.items.length > 0);
  const totals = (filled.length > 0 ? filled : narrowed.batches)
    .map((batch) => batch.total)
    .filter((total) => total !== null);
  return {
    total: totals.length === 0 ? null : Math.min(...totals),
    shopNowMs: clocks.length === 0 ? ourNowMs : Math.min(...clocks),
  };
}
