import type { Document } from '../../../documents/document.js';
import { numberFileName } from '../../folder/file-name.js';

/**
 * What the files of each document are called within one mail, without the extension: the document's
 * number, in characters that every file system takes, and different also where case does not count.
 */
export function attachmentNames(
  documents: readonly Pick<Document, 'number' | 'kind' | 'shop' | 'orderId'>[],
): readonly string[] {
  const taken = new Set<string>();
  return documents.map(({ number, kind, shop, orderId }) => {
    const long = numberFileName(`${kind}-${shop}-${orderId}`);
    const names = [numberFileName(number), long, ...numbered(long, documents.length)];
    const name = names.find((each) => !taken.has(each.toLowerCase())) ?? long;
    taken.add(name.toLowerCase());
    return name;
  });
}

/** One more than there are documents: one of them is free. */
function numbered(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${name}-${index + 2}`);
}
