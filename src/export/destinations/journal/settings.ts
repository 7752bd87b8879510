/** The three programs whose files a journal can be written for. */
export const JOURNAL_FLAVOURS = ['hledger', 'ledger', 'beancount'] as const;
export type JournalFlavour = (typeof JOURNAL_FLAVOURS)[number];

/** One plain-text journal, as the config gives it. */
export interface JournalSettings {
  /** The config id of the books. */
  readonly id: string;
  readonly flavour: JournalFlavour;
  /** Absolute path; made where it is missing. */
  readonly folder: string;
  /** Absent, as each of its keys: the default of `DEFAULT_ACCOUNTS`. */
  readonly accounts?: JournalAccounts | undefined;
}

/**
 * Account names. In a pattern, `{country}` (ISO 3166-1 alpha-2), `{percent}`, `{code}` (the books'
 * tax code) and `{method}` (WooCommerce's payment method) are filled in, each as one part of a name:
 * `Income:Sales:{country}:{percent}` becomes `Income:Sales:CA:5-and-9-975` under two rates.
 * beancount wants names that begin with Assets, Liabilities, Equity, Income or Expenses.
 */
export interface JournalAccounts {
  /** What is not paid yet. */
  readonly receivable?: string | undefined;
  /** Money at a payment provider or bank, until it is matched; may use `{method}`. */
  readonly clearing?: string | undefined;
  /** By payment method, where `clearing` does not fit. */
  readonly clearingByMethod?: Readonly<Record<string, string>> | undefined;
  /** Product revenue; may use `{country}`, `{percent}`, `{code}`. */
  readonly revenue?: string | undefined;
  /** By tax code, where `revenue` does not fit. */
  readonly revenueByCode?: Readonly<Record<string, string>> | undefined;
  /** Shipping income; may use `{country}`, `{percent}`, `{code}`. */
  readonly shipping?: string | undefined;
  /** Fees of the order, positive and negative; may use `{country}`, `{percent}`, `{code}`. */
  readonly fees?: string | undefined;
  /** VAT owed; may use `{country}`, `{percent}`, `{code}`. */
  readonly vat?: string | undefined;
  /** By tax code, where `vat` does not fit. */
  readonly vatByCode?: Readonly<Record<string, string>> | undefined;
  readonly rounding?: string | undefined;
  /** Gift cards that customers still hold. */
  readonly giftCard?: string | undefined;
  readonly storeCredit?: string | undefined;
  /** Parts of an order that are paid apart from it. */
  readonly deposit?: string | undefined;
  /** What payment providers keep; may use `{method}`. */
  readonly gatewayFees?: string | undefined;
}

/** The accounts where the config names none; valid in all three flavours. */
export const DEFAULT_ACCOUNTS = {
  receivable: 'Assets:Receivable',
  clearing: 'Assets:Clearing:{method}',
  clearingByMethod: {},
  revenue: 'Income:Sales:{country}:{percent}',
  revenueByCode: {},
  shipping: 'Income:Shipping:{country}:{percent}',
  fees: 'Income:Fees:{country}:{percent}',
  vat: 'Liabilities:VAT:{country}:{percent}',
  vatByCode: {},
  rounding: 'Expenses:Rounding',
  giftCard: 'Liabilities:GiftCards',
  storeCredit: 'Liabilities:StoreCredit',
  deposit: 'Assets:Deposits',
  gatewayFees: 'Expenses:PaymentFees:{method}',
} as const satisfies JournalAccounts;
