/**
 * Why a shop could not be read, by what must happen next:
 * `config` a person changes the config or the shop (key, address, permalinks, rights);
 * `wait` it passes by itself, perhaps after `retryAfterMs`;
 * `spoiled` the shop fails on this very request each time (a page with one bad order);
 * `garbled` the answer is not what it should be (HTML, a notice before the JSON, cut off, empty);
 * `gone` the thing asked for does not exist; `aborted` we stopped waiting ourselves.
 */
export type ShopErrorKind = 'config' | 'wait' | 'spoiled' | 'garbled' | 'gone' | 'aborted';

/** Never carries a key, a signature or a URL with either (rule 11). */
export class ShopError extends Error {
  override readonly name = 'ShopError';
  constructor(
    readonly shop: string,
    readonly kind: ShopErrorKind,
    message: string,
    /** What a person can do. */
    readonly fix: string,
    readonly details: {
      readonly status?: number;
      /** WooCommerce's own code, for example `woocommerce_rest_cannot_view`. */
      readonly code?: string;
      readonly retryAfterMs?: number;
      /** The start of what arrived, for the quarantine; without secrets. */
      readonly excerpt?: string;
    } = {},
  ) {
    super(message);
  }
}
