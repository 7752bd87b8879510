/** How a shop's webhooks reach us. */
export interface WebhookShop {
  readonly id: string;
  /** The shop's webhook secret; two while it is rotated. */
  readonly secrets: readonly string[];
  /** A further shared secret of addresses as webwinkelfacturen.nl gives them (`?licensekey=…`). */
  readonly licenseKey?: string;
  /** Orders created longer ago are left to the polls. */
  readonly maxAgeDays: number;
}
