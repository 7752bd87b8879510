import { ShopError } from './shop-error.js';

/** What one request of a list brought. */
export interface Batch {
  readonly items: readonly unknown[];
  readonly total: number | null;
  readonly shopNowMs: number;
  readonly startedAtMs: number;
}

/** A place in the list that the shop fails on each time. */
export interface Spoiled {
  /** The id of the item (or of its order), where it could be asked for by itself. */
  readonly id: number | null;
  readonly error: ShopError;
}

export interface Narrowed {
  readonly batches: readonly Batch[];
  readonly spoiled: readonly Spoiled[];
}

/** A part of a list that can be asked for, and be split into parts that cover it exactly. */
export interface Part {
  read(): Promise<Batch>;
  /** Empty where it holds a single item. */
  split(): readonly Part[];
  /** For a single item: which one it is, or null where the shop does not even tell that. */
  identify(): Promise<number | null>;
}

/**
 * Reads a part. Where the shop fails on it each time, splits it until the item that spoils it is
 * alone, and keeps the others. Before and after, `isAlive` must say that the shop can give some
 * item at all: else the shop is down, no item is to blame, and the error is thrown.
 */
export async function narrow(part: Part, isAlive: () => Promise<boolean>): Promise<Narrowed> {
  try {
    return { batches: [await part.read()], spoiled: [] };
  } catch (error) {
    if (!isSpoiled(error)) throw error;
    if (!(await isAlive())) throw error;
    const narrowed = await narrowSpoiled(part, error);
    if (narrowed.spoiled.length > 0 && !(await isAlive())) throw error;
    return narrowed;
  }
}

async function narrowSpoiled(part: Part, error: ShopError): Promise<Narrowed> {
  const smaller = part.split();
  if (smaller.length === 0) return { batches: [], spoiled: [{ id: await part.identify(), error }] };
  const batches: Batch[] = [];
  const spoiled: Spoiled[] = [];
  for (const each of smaller) {
    const found = await readOrNarrow(each);
    batches.push(...found.batches);
    spoiled.push(...found.spoiled);
  }
  return { batches, spoiled };
}

async function readOrNarrow(part: Part): Promise<Narrowed> {
  try {
    return { batches: [await part.read()], spoiled: [] };
  } catch (error) {
    if (!isSpoiled(error)) throw error;
    return narrowSpoiled(part, error);
  }
}

export function isSpoiled(error: unknown): error is ShopError {
  return error instanceof ShopError && error.kind === 'spoiled';
}

export interface PageSource {
  read(page: number, perPage: number): Promise<Batch>;
  identify(page: number): Promise<number | null>;
}

/**
 * Page `page` of `perPage`. It splits by the smallest prime factor f of its size into the pages
 * f*(page-1)+1 … f*page of size perPage/f, which cover the same items exactly: 100, 50, 25, 5, 1.
 */
export function pagePart(source: PageSource, page: number, perPage: number): Part {
  return {
    read: () => source.read(page, perPage),
    split() {
      if (perPage === 1) return [];
      const factor = smallestFactor(perPage);
      return Array.from({ length: factor }, (_, index) =>
        pagePart(source, factor * (page - 1) + 1 + index, perPage / factor),
      );
    },
    identify: () => source.identify(page),
  };
}

function smallestFactor(size: number): number {
  for (let factor = 2; factor * factor <= size; factor += 1) {
    if (size % factor === 0) return factor;
  }
  return size;
}

/** Items by their ids, split in halves. */
export function idsPart(
  read: (ids: readonly number[]) => Promise<Batch>,
  ids: readonly number[],
): Part {
  return {
    read: () => read(ids),
    split() {
      if (ids.length < 2) return [];
      const middle = Math.ceil(ids.length / 2);
      return [idsPart(read, ids.slice(0, middle)), idsPart(read, ids.slice(middle))];
    },
    identify: async () => ids[0] ?? null,
  };
}
