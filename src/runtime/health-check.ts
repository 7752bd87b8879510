/** One thing that must be so for the process to do its work; asked by `/readyz`. */
export interface HealthCheck {
  /** `shop main`. */
  readonly name: string;
  /** May throw: then it is not so. */
  look(): Promise<Health>;
}

export interface Health {
  readonly ok: boolean;
  /** In words, without a secret. */
  readonly detail: string;
}
