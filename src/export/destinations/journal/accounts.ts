import type { NetGroup, VatTreatment } from '../../../documents/document.js';
import { DEFAULT_ACCOUNTS, type JournalAccounts, type JournalFlavour } from './settings.js';

/** Every account name with its default filled in. */
export type ResolvedAccounts = {
  readonly [Key in keyof JournalAccounts]-?: NonNullable<JournalAccounts[Key]>;
};

export function resolveAccounts(accounts: JournalAccounts | undefined): ResolvedAccounts {
  const named = Object.entries(accounts ?? {}).filter(([, value]) => value !== undefined);
  return { ...DEFAULT_ACCOUNTS, ...Object.fromEntries(named) };
}

/** Where the net of lines of one kind and one set of rates goes. */
export function revenueAccount(
  accounts: ResolvedAccounts,
  kind: 'product' | 'shipping' | 'fee',
  group: NetGroup,
): string {
  const code = vatCodeOf(group.vat);
  const values = {
    country: group.vat[0]?.country ?? '',
    percent: group.vat.map((vat) => percentText(vat.percent)).join(' and '),
    code,
  };
  switch (kind) {
    case 'product':
      return fill(accounts.revenueByCode[code] ?? accounts.revenue, values);
    case 'shipping':
      return fill(accounts.shipping, values);
    case 'fee':
      return fill(accounts.fees, values);
  }
}

export function vatAccount(accounts: ResolvedAccounts, vat: VatTreatment): string {
  return fill(accounts.vatByCode[vat.code] ?? accounts.vat, {
    country: vat.country,
    percent: percentText(vat.percent),
    code: vat.code,
  });
}

export function clearingAccount(accounts: ResolvedAccounts, method: string): string {
  return fill(accounts.clearingByMethod[method] ?? accounts.clearing, { method });
}

export function gatewayFeeAccount(accounts: ResolvedAccounts, method: string): string {
  return fill(accounts.gatewayFees, { method });
}

/** The books' tax codes of a set of rates, as one word. */
export function vatCodeOf(vat: readonly VatTreatment[]): string {
  return vat.map((treatment) => treatment.code).join('+');
}

/** `21.00` and `21` are one rate, and one account. */
function percentText(percent: string): string {
  return percent.includes('.') ? percent.replace(/\.?0+$/, '') : percent;
}

function fill(pattern: string, values: Readonly<Record<string, string>>): string {
  return pattern.replace(/\{(\w+)\}/g, (_, name: string) => accountPart(values[name] ?? ''));
}

/** One part of an account name in letters, digits and hyphens, as beancount wants it everywhere. */
function accountPart(text: string): string {
  const kept = text
    .normalize('NFC')
    .replace(/[^\p{L}\p{Nd}-]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  const [first = '', ...rest] = Array.from(kept || 'Unknown');
  const part = first.toUpperCase() + rest.join('');
  return /^[\p{Lu}\p{Nd}]/u.test(part) ? part : `X${part}`;
}

const BEANCOUNT_ACCOUNT =
  /^(Assets|Liabilities|Equity|Income|Expenses)(:[\p{Lu}\p{Nd}][\p{L}\p{Nd}-]*)+$/u;
/** Starts with a letter or digit; no comment, tab, second space in a row, or empty part. */
const PLAIN_ACCOUNT = /^[\p{L}\p{N}](?!.*( {2}|::|: | :))[^\p{Cc};|"]*[^\p{Cc};|": ]$/u;

/** What is wrong with an account name for that program; undefined where nothing is. */
export function accountProblem(flavour: JournalFlavour, account: string): string | undefined {
  if (flavour === 'beancount') {
    if (BEANCOUNT_ACCOUNT.test(account)) return undefined;
    return `"${account}" is no account name for beancount: it begins with Assets, Liabilities, Equity, Income or Expenses, and each part after a colon begins with a capital or digit and has only letters, digits and hyphens`;
  }
  if (PLAIN_ACCOUNT.test(account)) return undefined;
  return `"${account}" is no account name for ${flavour}: it begins with a letter or digit, and has no semicolon, quote, bar, empty part or two spaces in a row`;
}

/** Problems of the configured names, each tried with sample values. */
export function accountProblems(flavour: JournalFlavour, accounts: ResolvedAccounts): string[] {
  const values = { country: 'NL', percent: '21', code: 'NL21', method: 'ideal' };
  const names = Object.values(accounts).flatMap((value) =>
    typeof value === 'string' ? [value] : Object.values(value),
  );
  return names.flatMap((name) => accountProblem(flavour, fill(name, values)) ?? []);
}
