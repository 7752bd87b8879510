import type { VatRow } from './model.js';

/** A rule of EN 16931 that the document does not meet. */
export interface Breach {
  /** As the standard numbers it: `BR-CO-15`. */
  readonly rule: string;
  /** What is wrong, with the figures. */
  readonly message: string;
  /** What a person can do about it; absent where it is no field that could be filled in. */
  readonly fix?: string;
}

/** How the rules of a category are numbered. */
export const FAMILIES: Readonly<Record<VatRow['category'], string>> = {
  S: 'BR-S',
  Z: 'BR-Z',
  E: 'BR-E',
  AE: 'BR-AE',
  K: 'BR-IC',
  G: 'BR-G',
  O: 'BR-O',
};
