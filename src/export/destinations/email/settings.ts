import type { Language } from '../../../rendering/language.js';

/** One books to which documents go by mail, as the config gives it. */
export interface EmailSettings {
  /** The config id of the books. */
  readonly id: string;
  /** `smtp://…` or `smtps://…`; may carry a user and a password. */
  readonly smtp: string;
  /** `Voorbeeld BV <invoices@example.com>`, or the address alone. */
  readonly from: string;
  readonly replyTo?: string | undefined;
  readonly to: readonly string[];
  /** Absent: as `to`. */
  readonly creditNotesTo?: readonly string[] | undefined;
  /** By the config id of a shop, where its documents go elsewhere. */
  readonly byShop: Readonly<Record<string, ShopRecipients>>;
  readonly language: Language;
  /** Templates; absent: the usual ones in `language`. */
  readonly subject?: string | undefined;
  readonly body?: string | undefined;
  /** `18:00`, on the clock of `zone`: all of a day's documents in one mail. Absent: a mail each. */
  readonly digestAt?: string | undefined;
  /** IANA name. */
  readonly zone: string;
  /** Of one mail as it is sent, in millions of bytes. A single document above it is sent alone. */
  readonly largestMegabytes: number;
  /** What becomes of a mail of which it is not known whether it arrived. */
  readonly whenUncertain: 'wait' | 'send-again';
}

interface ShopRecipients {
  readonly to?: readonly string[] | undefined;
  /** Absent: as this shop's `to`, or else as the books' `creditNotesTo`. */
  readonly creditNotesTo?: readonly string[] | undefined;
}
