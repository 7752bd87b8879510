import type { Store, StoredDocument } from '../store/store.js';
import { CommandError } from './context.js';
import { EXIT } from './exit-codes.js';

/** The documents that a person means by a number or a key. Throws CommandError where there is none. */
export async function findDocuments(
  store: Store,
  number: string,
  { shop }: { readonly shop?: string },
): Promise<readonly StoredDocument[]> {
  const byKey = await store.document(number);
  const byNumber = await store.documentsByNumber(number);
  const found = (byKey ? [byKey] : byNumber).filter(
    ({ document }) => shop === undefined || document.shop === shop,
  );
  if (found.length > 0) return found;
  throw new CommandError(
    EXIT.failed,
    `No document ${number} was made.`,
    'See `orderpark documents list`.',
  );
}
