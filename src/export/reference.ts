import type { Document } from '../documents/document.js';

/** What a document is called in every books; the same at each attempt, in each process. */
export function referenceOf(document: Document): string {
  return document.key;
}
