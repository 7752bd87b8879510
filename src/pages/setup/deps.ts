import type { CheckFinding } from '../../check/finding.js';
import type { Grant, KeyScope } from '../../setup/authorisation.js';
import type { Choices } from '../../setup/choices.js';
import type { NewFile } from '../../setup/files.js';
import type { ShopKeys } from '../../setup/keys.js';
import type { Site } from '../../woocommerce/find-site.js';
import type { NewShopClient } from '../../woocommerce/shop-client.js';

/** What the pages of the first config are handed: what they cannot know, and what reaches out. */
export interface SetupDeps {
  /** Of the owner's file, which is to be written. */
  readonly path: string;
  readonly folder: string;
  /** The shop's id in the config, and where its server is to listen. */
  readonly fixed: Pick<Choices, 'shop' | 'server'>;
  /** Answers that were given with the command, by the names of the fields. */
  readonly given: Readonly<Record<string, string>>;
  readonly mayReplace: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly nowMs: () => number;
  /** A path as it is typed from where the person is. */
  readonly nameFor: (path: string) => string;
  /** Throws a ShopError. */
  find(url: string, allowPlainHttp: boolean, signal: AbortSignal): Promise<Site>;
  connect(url: string, allowPlainHttp: boolean, keys: ShopKeys): NewShopClient;
  /** Throws ListenError. */
  askForKey(wish: KeyWish): Promise<PendingKey>;
  /** Throws WriteError; then nothing is left of them. */
  write(files: readonly NewFile[]): void;
  /** What the doctor finds in what was written. */
  check(): Promise<readonly CheckFinding[]>;
  /** Makes the webhooks in the shop; answers what came of it. */
  register(): Promise<string>;
  /** The person has seen all. */
  end(): void;
  /** Aborts where the command is stopped. */
  readonly signal: AbortSignal;
}

interface KeyWish {
  readonly shopUrl: string;
  readonly ownUrl: string;
  readonly scope: KeyScope;
}

/** A key that its owner is to approve on a page of the shop. */
export interface PendingKey {
  readonly page: string;
  readonly listensAt: string;
  state(): PendingState;
  end(): Promise<void>;
}

export type PendingState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'denied' | 'late' }
  | { readonly kind: 'granted'; readonly grant: Grant };
