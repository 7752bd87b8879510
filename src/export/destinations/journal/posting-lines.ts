import { formatMinor } from '../../../orders/money.js';
import type { EntryPosting } from './entry.js';

/** Accounts and amounts in columns, at least two spaces apart, all amounts explicit. */
export function postingLines(
  postings: readonly EntryPosting[],
  suffix: (posting: EntryPosting) => string,
): string[] {
  const amounts = postings.map(({ amountMinor, minorUnits }) =>
    formatMinor(amountMinor, minorUnits),
  );
  const accountWidth = Math.max(...postings.map(({ account }) => account.length));
  const amountWidth = Math.max(...amounts.map((amount) => amount.length));
  return postings.map((posting, index) => {
    const amount = (amounts[index] ?? '').padStart(amountWidth);
    const account = posting.account.padEnd(accountWidth);
    return `    ${account}  ${amount} ${posting.currency}${suffix(posting)}`;
  });
}

/** What `postingLines` wrote, also after a person's edit; for declaring it anew. */
const POSTING_LINE = /^ {4}([^\s;"][^;"]*?) {2,}-?[\d.]+ ([A-Z]{3})(?= |$)/;

/** The account and the currency of a posting's line; undefined for every other line. */
export function readPostingLine(line: string): { account: string; currency: string } | undefined {
  const [, account, currency] = POSTING_LINE.exec(line) ?? [];
  return account && currency ? { account, currency } : undefined;
}
