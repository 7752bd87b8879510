import { z } from 'zod';
import { booksId, matching, oneOf, section, text } from './fields.js';

const JOURNAL_FLAVOURS = ['hledger', 'ledger', 'beancount'] as const;

const ACCOUNT = 'an account, as Income:Sales:{country}';

/** A name in parts; control characters, `;` and two spaces would end it in a journal. */
const account = () => matching(/^(?!.* {2})[^\s;:"][^;"\t\r\n]*[^\s:;"]$/u, ACCOUNT);

const accountsBy = (expected: string) => z.record(z.string(), account(), { error: expected });

const accountsSchema = section({
  receivable: account().optional().describe('What is not paid yet.'),
  clearing: account()
    .optional()
    .describe('Money at a payment provider or bank until it is matched; {method} is filled in.'),
  clearingByMethod: accountsBy('payment methods, each with an account')
    .optional()
    .describe('Other clearing accounts, by payment method.'),
  revenue: account()
    .optional()
    .describe('Sales of products; {country}, {percent} and {code} are filled in.'),
  revenueByCode: accountsBy('tax codes, each with an account')
    .optional()
    .describe('Other revenue accounts, by tax code.'),
  shipping: account().optional().describe('Shipping that customers pay; filled in as revenue.'),
  fees: account().optional().describe('Fees of orders; filled in as revenue.'),
  vat: account().optional().describe('VAT that you owe; filled in as revenue.'),
  vatByCode: accountsBy('tax codes, each with an account')
    .optional()
    .describe('Other VAT accounts, by tax code.'),
  rounding: account().optional().describe('Rounding differences.'),
  giftCard: account().optional().describe('Gift cards that customers still hold.'),
  storeCredit: account().optional().describe('Credit that customers still hold.'),
  deposit: account().optional().describe('Parts of an order that are paid apart from it.'),
  gatewayFees: account().optional().describe('What payment providers keep; {method} is filled in.'),
});

export const journalSchema = section({
  id: booksId(),
  type: z.literal('journal', { error: 'journal' }).describe('Plain-text accounting.'),
  flavour: oneOf(JOURNAL_FLAVOURS).describe('The program you read it with.'),
  folder: text('a path').describe('Folder of the journal; made where missing.'),
  accounts: accountsSchema
    .optional()
    .describe('Names of accounts; those that are absent have the usual ones.'),
});
