/** The status rules of one shop, as the config gives them (after its short form is expanded). */
export interface StatusRules {
  /** In the owner's order; the first that matches decides. */
  readonly rules: readonly StatusRule[];
}

export interface StatusRule {
  readonly action: 'forward' | 'park' | 'ignore';
  /** As the owner would recognise it: `statuses.forward: processing`. */
  readonly name: string;
  /** 1-based line in the config file; absent for a built-in default. */
  readonly line?: number;
  /** All that are named must hold; one without any matches every order. */
  readonly when: RuleConditions;
}

/** Each list means "one of these". */
export interface RuleConditions {
  readonly status?: readonly string[];
  readonly paymentMethod?: readonly string[];
  /** Of delivery, or of billing where delivery names none (ISO 3166-1 alpha-2). */
  readonly country?: readonly string[];
  readonly currency?: readonly string[];
  readonly createdVia?: readonly string[];
  /** Order total, tax included, in the order's own currency, as a decimal. */
  readonly totalAtLeast?: string;
  readonly totalBelow?: string;
  /** Every key must be on the order; `true` asks for presence, `false` for absence, text for that value. */
  readonly meta?: Readonly<Record<string, string | boolean>>;
}
