import type { CheckFinding } from '../check/finding.js';

/** What `init` found and did. */
export interface InitJson {
  /** Absolute path. */
  readonly config: string;
  /** Absolute paths of all that was written. */
  readonly files: readonly string[];
  readonly shop: {
    readonly id: string;
    readonly url: string;
    readonly name: string | null;
    readonly wooCommerceVersion: string | null;
    readonly currency: string | null;
    readonly timezone: string | null;
    readonly orderStorage: string | null;
    readonly statuses: readonly { readonly slug: string; readonly total: number }[];
    readonly ordersLookedAt: number;
  };
  /** What the shop would not tell. */
  readonly gaps: readonly {
    readonly what: string;
    readonly message: string;
    readonly fix: string;
  }[];
  /** As `check --json` prints them. */
  readonly findings: readonly CheckFinding[];
  /** As `webhook register --json` prints it; `null` where none were made. */
  readonly webhooks: unknown;
}
