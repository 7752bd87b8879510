/** A shop whose webhooks are looked after. */
export interface HealthShop {
  readonly id: string;
  /** The shop's own address. */
  readonly shopUrl: string;
  /** Our public address; absent: which webhooks are ours cannot be told. */
  readonly url?: string;
  readonly secrets: readonly string[];
  /** Whether what is missing is made. */
  readonly register: boolean;
}
