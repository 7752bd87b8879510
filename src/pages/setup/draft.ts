import type { CheckFinding } from '../../check/finding.js';
import type { BooksChoice, Choices } from '../../setup/choices.js';
import type { ShopKeys } from '../../setup/keys.js';
import type { KeptSecret } from '../../setup/secrets.js';
import type { Survey } from '../../setup/survey.js';
import type { OwnAddress } from '../../setup/webhook.js';
import type { Site } from '../../woocommerce/find-site.js';
import type { Step } from './steps.js';

/** What was answered so far; each step adds its part, and the parts after it may be missing. */
export interface Draft {
  readonly shop?: ShopPart;
  readonly keys?: KeysPart;
  readonly company?: CompanyPart;
  readonly rules?: RulesPart;
  readonly books?: BooksPart;
  readonly written?: WrittenPart;
}

export interface ShopPart {
  readonly site: Site;
  /** Where the site was looked for. */
  readonly asked: string;
  readonly allowPlainHttp: boolean;
  readonly own: OwnAddress;
}

export interface KeysPart {
  readonly keys: ShopKeys;
  readonly survey: Survey;
  readonly webhook?: NonNullable<Choices['webhook']>;
  readonly webhookSecret?: KeptSecret;
}

export type CompanyPart = Pick<Choices, 'seller' | 'timezone' | 'since'>;
export type RulesPart = Required<Pick<Choices, 'statuses' | 'vat'>>;

export interface BooksPart {
  readonly books: readonly BooksChoice[];
  /** The address of the mail server, where invoices are mailed. */
  readonly smtp?: KeptSecret;
}

export interface WrittenPart {
  /** As they are typed from where the person is. */
  readonly files: readonly string[];
  readonly findings: readonly CheckFinding[];
  /** Why the check could not be made. */
  readonly trouble?: Trouble;
  /** What became of the webhooks; absent: nobody asked for them. */
  readonly webhooks?: string;
}

export interface Trouble {
  readonly message: string;
  readonly fix: string;
}

/** A draft to which everything was answered. */
export type WholeDraft = Required<Omit<Draft, 'written'>>;

/** The first step that is not answered yet. What is written cannot be answered otherwise. */
export function reached({ shop, keys, company, rules, books, written }: Draft): Step {
  if (written) return 'done';
  if (!shop) return 'shop';
  if (!keys) return 'keys';
  if (!company) return 'company';
  if (!rules) return 'rules';
  return books ? 'review' : 'books';
}

/** The same choices as the questions of the command lead to, and the secrets to keep with them. */
export function choicesOf(
  { shop, keys, company, rules, books }: WholeDraft,
  fixed: Pick<Choices, 'shop' | 'server'>,
): { readonly choices: Choices; readonly kept: readonly KeptSecret[] } {
  const { webhook, webhookSecret } = keys;
  const choices: Choices = {
    ...fixed,
    url: shop.site.url,
    allowPlainHttp: shop.allowPlainHttp,
    consumerKey: keys.keys.key.place,
    consumerSecret: keys.keys.secret.place,
    ...company,
    ...rules,
    books: books.books,
    ...(webhook && { webhook }),
  };
  const { key, secret } = keys.keys;
  const kept = [key, secret, webhookSecret, books.smtp].filter((each) => each !== undefined);
  return { choices, kept };
}
