import type { StatusAction } from './statuses.js';
import type { VatChange } from './vat.js';

/** Where the owner's file finds a secret. */
export type SecretPlace =
  | { readonly kind: 'variable'; readonly name: string }
  /** Relative to the owner's file, or absolute. */
  | { readonly kind: 'file'; readonly path: string };

/** What the owner decided, or was proposed and left as it was. */
export interface Choices {
  /** The shop's id in the config. */
  readonly shop: string;
  readonly url: string;
  readonly allowPlainHttp: boolean;
  readonly consumerKey: SecretPlace;
  readonly consumerSecret: SecretPlace;
  /** A day. */
  readonly since: string;
  /** IANA name. */
  readonly timezone: string;
  readonly seller: { readonly name: string; readonly country: string; readonly vatNumber: string };
  readonly books: readonly BooksChoice[];
  /** Absent: the shop is polled only. */
  readonly webhook?: {
    readonly url: string;
    readonly secret: SecretPlace;
    /** Whether the key may write, so that `run` can make the webhooks. */
    readonly register: boolean;
  };
  /** What is to become of orders of these statuses, where it is not what is proposed. */
  readonly statuses?: ReadonlyMap<string, StatusAction>;
  /** By `vatKeyOf` of the proposal; what is not named stays as it is proposed. */
  readonly vat?: ReadonlyMap<string, VatChange>;
  /** Absent: what the example says. */
  readonly server?: { readonly host?: string; readonly port?: number };
}

export const FLAVOURS = ['hledger', 'ledger', 'beancount'] as const;
type JournalFlavour = (typeof FLAVOURS)[number];

export type BooksChoice =
  | { readonly type: 'journal'; readonly flavour: JournalFlavour }
  | { readonly type: 'files' }
  | {
      readonly type: 'email';
      /** Holds the whole address of the mail server. */
      readonly smtp: SecretPlace;
      readonly from: string;
      readonly to: string;
    };
