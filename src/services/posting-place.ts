import type { PostingFilter, StoredPosting } from '../store/store.js';

/** Where a list of postings goes on, as addresses carry it. */
export interface PostingPlace {
  readonly at: string;
  /** `<books>/<key of the document>`. */
  readonly id: string;
}

export function postingPlaceOf({ updatedAt, books, documentKey }: StoredPosting): PostingPlace {
  return { at: updatedAt, id: `${books}/${documentKey}` };
}

/** The filter for what comes after it. */
export function afterPosting({ at, id }: PostingPlace): Required<Pick<PostingFilter, 'before'>> {
  const slash = id.indexOf('/');
  const before = { updatedAt: at, books: id.slice(0, slash), documentKey: id.slice(slash + 1) };
  return { before };
}
