import type { Language } from './language.js';
import type { Seller } from './seller.js';

/** How one books wants its documents: the config's `seller`, and what stands under the books. */
export interface RenderSettings {
  readonly seller: Seller;
  readonly language: Language;
  /** IANA zone: the day of an order is a day on this calendar. */
  readonly timezone: string;
  /** At least one. A PDF carries the UBL within it too where both are made. */
  readonly formats: readonly DocumentFormat[];
  /** Which rules a UBL file keeps to: the first that matches; none: `en16931`. */
  readonly profiles: readonly ProfileRule[];
  /** A document that its profile cannot be met by: written by `en16931` instead, or refused. */
  readonly unmetProfile: 'en16931' | 'refuse';
  /** Absolute path of a PNG or JPEG. */
  readonly logo?: string;
  /** Absolute paths of further TrueType or OpenType fonts, for scripts that ours lack. */
  readonly fonts: readonly string[];
}

export type DocumentFormat = 'pdf' | 'ubl';

/** Specifications of EN 16931 that a UBL file can keep to. */
export const PROFILES = ['en16931', 'nlcius', 'xrechnung', 'peppol'] as const;
export type Profile = (typeof PROFILES)[number];

/** Every condition that is named must hold. */
export interface ProfileRule {
  readonly profile: Profile;
  /** `business`: the buyer has a VAT number, a registration or an endpoint. */
  readonly buyer?: 'business' | 'consumer';
  /** Countries of the buyer, ISO 3166-1 alpha-2. */
  readonly country?: readonly string[];
}
