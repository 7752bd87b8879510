/** One page of a list: items `(page - 1) x perPage + 1` to `page x perPage`. */
export interface Place {
  /** 1-based. */
  readonly page: number;
  readonly perPage: number;
}

/**
 * The page to read after `place`. After a full page: of those that begin at or before its last item,
 * the one that reaches furthest. Lists only know pages of one size that lie side by side, so the size
 * is varied: after page 1 of 100 comes page 2 of 99, the items 100 to 198. After a page that is not
 * full (the end, or a plugin that takes items out): simply the next. So too where none overlaps and
 * reaches further, which no page of 100 meets.
 */
export function nextPlace(place: Place, isFull: boolean, pageSize: number): Place {
  let best: Place = { page: place.page + 1, perPage: place.perPage };
  if (!isFull) return best;
  const reached = end(place);
  for (const perPage of sizes(pageSize)) {
    const candidate = { page: Math.floor((reached - 1) / perPage) + 1, perPage };
    if (end(candidate) > reached && (!isBefore(best, reached) || end(candidate) > end(best))) {
      best = candidate;
    }
  }
  return best;
}

/** Whether the page begins with one of the first `reached` items. */
export function isBefore({ page, perPage }: Place, reached: number): boolean {
  return (page - 1) * perPage < reached;
}

export function end({ page, perPage }: Place): number {
  return page * perPage;
}

/** From the largest down to half of it, but only those that a spoiled page can be split by. */
function sizes(pageSize: number): number[] {
  const all = Array.from({ length: Math.ceil(pageSize / 2) }, (_, index) => pageSize - index);
  return all.filter(isSmooth);
}

/** No prime factor above 11: the client finds an item that spoils its page by splitting by them. */
function isSmooth(size: number): boolean {
  return [2, 3, 5, 7, 11].reduce(withoutFactor, size) === 1;
}

function withoutFactor(size: number, factor: number): number {
  return size % factor === 0 ? withoutFactor(size / factor, factor) : size;
}
