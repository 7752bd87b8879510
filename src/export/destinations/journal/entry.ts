import type { Document, DocumentLine, Settlement } from '../../../documents/document.js';
import { formatMinor, minorUnitsOf, sumMinor } from '../../../orders/money.js';
import type { LocalDate } from '../../../orders/time.js';
import {
  clearingAccount,
  gatewayFeeAccount,
  type ResolvedAccounts,
  revenueAccount,
  vatAccount,
  vatCodeOf,
} from './accounts.js';

/** A transaction, before it is written in the words of one program. */
export interface Entry {
  readonly date: LocalDate;
  readonly number: string;
  readonly payee: string;
  readonly narration: string;
  /** The same for all documents of one order. */
  readonly link: string;
  readonly tags: readonly Tag[];
  readonly postings: readonly EntryPosting[];
}

interface Tag {
  readonly name: (typeof TAGS)[number];
  readonly value: string;
}

export interface EntryPosting {
  readonly account: string;
  /** Debit positive, in 10^-`minorUnits` of `currency`. */
  readonly amountMinor: number;
  readonly currency: string;
  readonly minorUnits: number;
  /** The books' tax code; empty where the posting is no sale and no tax. */
  readonly vatCode: string;
}

/** Every tag that an entry can carry; programs want them declared. */
export const TAGS = [
  'document',
  'kind',
  'shop',
  'order',
  'order-number',
  'refund',
  'invoice',
  'replaces',
  'country',
  'vat-number',
  'discount',
  'coupons',
  'estimated',
  'note',
  'vat',
] as const;

/** A document that contradicts itself; it cannot be booked as it is. */
export class InconsistentDocument extends Error {
  override readonly name = 'InconsistentDocument';
}

/**
 * The transaction of a document. Debits and credits are equal in each currency, or it throws
 * `InconsistentDocument`.
 */
export function entryOf(document: Document, accounts: ResolvedAccounts): Entry {
  const { buyer } = document;
  const postings = postingsOf(document, accounts);
  assertBalanced(document, postings);
  return {
    date: document.date,
    number: document.number,
    payee: buyer.company.trim() || buyer.name,
    narration: `${document.kind} ${document.number}`,
    link: `${document.shop}/${document.orderId}`,
    tags: tagsOf(document),
    postings,
  };
}

function postingsOf(document: Document, accounts: ResolvedAccounts): readonly EntryPosting[] {
  // An invoice credits revenue and VAT; a credit note is the same with all signs turned.
  const debit = document.kind === 'invoice' ? 1 : -1;
  const own = (account: string, amountMinor: number, vatCode = ''): EntryPosting => ({
    account,
    amountMinor: amountMinor === 0 ? 0 : amountMinor,
    currency: document.currency,
    minorUnits: document.minorUnits,
    vatCode,
  });
  const all = merge([
    ...document.settlements.map((part) =>
      own(settlementAccount(accounts, part), debit * part.amountMinor),
    ),
    ...document.lines.flatMap((line) => {
      const posted = linePosting(document, accounts, line);
      return posted ? [own(posted.account, -debit * line.netMinor, posted.vatCode)] : [];
    }),
    ...document.taxes.map((tax) =>
      own(vatAccount(accounts, tax.vat), -debit * tax.taxMinor, tax.vat.code),
    ),
  ]);
  const moved = all.filter((posting) => posting.amountMinor !== 0);
  // A document of nothing still says what was sold, and to which rate.
  const told = moved.length > 0 ? moved : [own(accounts.receivable, 0), ...all];
  return [...told, ...gatewayFeePostings(document, accounts)];
}

/** Postings to the same account under the same tax code become one. */
function merge(postings: readonly EntryPosting[]): readonly EntryPosting[] {
  const byTarget = new Map<string, EntryPosting>();
  for (const posting of postings) {
    const target = `${posting.account}\n${posting.vatCode}`;
    const known = byTarget.get(target);
    const amountMinor = (known?.amountMinor ?? 0) + posting.amountMinor;
    byTarget.set(target, { ...posting, amountMinor });
  }
  return [...byTarget.values()];
}

function linePosting(
  document: Document,
  accounts: ResolvedAccounts,
  line: DocumentLine,
): { account: string; vatCode: string } | undefined {
  switch (line.kind) {
    case 'text':
      return undefined;
    case 'rounding':
      return { account: accounts.rounding, vatCode: '' };
    case 'product':
    case 'shipping':
    case 'fee': {
      const group = document.groups[line.group];
      if (!group) throw new InconsistentDocument(`line "${line.name}" is in no group`);
      if (group.vat.length === 0) return { account: accounts.rounding, vatCode: '' };
      return {
        account: revenueAccount(accounts, line.kind, group),
        vatCode: vatCodeOf(group.vat),
      };
    }
  }
}

function settlementAccount(accounts: ResolvedAccounts, part: Settlement): string {
  switch (part.kind) {
    case 'payment':
      return clearingAccount(accounts, part.method);
    case 'receivable':
      return accounts.receivable;
    case 'gift-card':
      return accounts.giftCard;
    case 'store-credit':
      return accounts.storeCredit;
    case 'deposit':
      return accounts.deposit;
  }
}

/** The provider pays out less than the customer paid; what it kept is a cost. */
function gatewayFeePostings(document: Document, accounts: ResolvedAccounts): EntryPosting[] {
  const fee = document.gatewayFee;
  if (!fee || fee.amountMinor === 0) return [];
  const shared = { currency: fee.currency, minorUnits: minorUnitsOf(fee.currency), vatCode: '' };
  return [
    {
      ...shared,
      account: gatewayFeeAccount(accounts, fee.method),
      amountMinor: fee.amountMinor,
    },
    { ...shared, account: clearingAccount(accounts, fee.method), amountMinor: -fee.amountMinor },
  ];
}

function assertBalanced(document: Document, postings: readonly EntryPosting[]): void {
  const netMinor = sumMinor(document.lines.map((line) => line.netMinor));
  const taxMinor = sumMinor(document.taxes.map((tax) => tax.taxMinor));
  const settledMinor = sumMinor(document.settlements.map((part) => part.amountMinor));
  const { grossMinor } = document;
  if (
    netMinor !== document.netMinor ||
    taxMinor !== document.taxMinor ||
    netMinor + taxMinor !== grossMinor ||
    settledMinor !== grossMinor
  ) {
    throw new InconsistentDocument(
      `lines ${netMinor}, tax ${taxMinor} and settlements ${settledMinor} do not add up to gross ${grossMinor} (minor units)`,
    );
  }
  const sums = new Map<string, number>();
  for (const { currency, amountMinor } of postings) {
    if (!/^[A-Z]{3}$/.test(currency)) {
      throw new InconsistentDocument(`${JSON.stringify(currency)} is no ISO 4217 currency`);
    }
    sums.set(currency, (sums.get(currency) ?? 0) + amountMinor);
  }
  for (const [currency, sum] of sums) {
    if (sum !== 0)
      throw new InconsistentDocument(`debits and credits differ by ${sum} ${currency}`);
  }
}

function tagsOf(document: Document): readonly Tag[] {
  const discount = `${formatMinor(document.discountMinor, document.minorUnits)} ${document.currency}`;
  const orderId = String(document.orderId);
  const tags: readonly Tag[] = [
    { name: 'document', value: document.key },
    { name: 'kind', value: document.kind },
    { name: 'shop', value: document.shop },
    { name: 'order', value: orderId },
    { name: 'order-number', value: document.orderNumber === orderId ? '' : document.orderNumber },
    { name: 'refund', value: document.refundId === undefined ? '' : String(document.refundId) },
    { name: 'invoice', value: document.invoiceNumber ?? '' },
    { name: 'replaces', value: document.replaces ?? '' },
    { name: 'country', value: document.deliveryCountry },
    { name: 'vat-number', value: document.buyer.vatNumber },
    { name: 'discount', value: document.discountMinor === 0 ? '' : discount },
    { name: 'coupons', value: document.couponCodes.join(' / ') },
    { name: 'estimated', value: document.estimated ? 'yes' : '' },
    { name: 'note', value: document.notes.join(' ') },
  ];
  return tags.filter((tag) => tag.value.trim() !== '');
}
