import type { Document } from '../../../documents/document.js';
import type { EmailSettings } from './settings.js';

/** Who gets a document: what is said of its shop goes before what is said of all. */
export function recipientsOf(
  { to, creditNotesTo, byShop }: EmailSettings,
  { shop, kind }: Pick<Document, 'shop' | 'kind'>,
): readonly string[] {
  const own = Object.hasOwn(byShop, shop) ? byShop[shop] : undefined;
  if (kind === 'invoice') return own?.to ?? to;
  return own?.creditNotesTo ?? own?.to ?? creditNotesTo ?? to;
}
