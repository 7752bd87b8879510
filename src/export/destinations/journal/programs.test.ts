import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allDocuments, documentOf } from '../../../../tests/support/documents.js';
import {
  type Balances,
  balancesOf,
  JOURNAL_PROGRAMS,
  mustSkip,
} from '../../../../tests/support/journal-programs.js';
import { formatMinor } from '../../../orders/money.js';
import { resolveAccounts } from './accounts.js';
import { entryOf } from './entry.js';
import { createJournal } from './journal.js';

/** Any text at all where a customer or a plugin can put some; the same in every run. */
const FUZZED = fc
  .sample(fc.string({ unit: 'binary', maxLength: 80 }), { numRuns: 150, seed: 20_261_120 })
  .map((text, index) =>
    documentOf({
      orderId: 5000 + index,
      number: text,
      lines: [{ name: text, netMinor: index, rates: ['NL9'] }],
      buyer: { name: text, vatNumber: text },
      notes: [text, `${text}: ${text}, [${text}]`],
      couponCodes: [text],
    }),
  );

const DOCUMENTS = [...allDocuments(), ...FUZZED];

function expectedBalances(): Balances {
  const accounts = resolveAccounts(undefined);
  return balancesOf(
    DOCUMENTS.flatMap((document) => entryOf(document, accounts).postings).map(
      ({ account, currency, amountMinor, minorUnits }) => ({
        account,
        currency,
        amount: formatMinor(amountMinor, minorUnits),
      }),
    ),
  );
}

describe.each(JOURNAL_PROGRAMS)('$program on every kind of document', (subject) => {
  const skip = mustSkip(subject);
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'journal-'));
    const { flavour } = subject;
    const journal = createJournal({ id: 'books', flavour, folder });
    for (const document of DOCUMENTS) {
      const outcome = await journal.post(document, document.key, new AbortController().signal);
      expect(outcome, document.key).toMatchObject({ kind: 'booked' });
    }
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test.skipIf(skip)('passes the strict checks', () => {
    expect(() => subject.check(join(folder, subject.main))).not.toThrow();
  });

  test.skipIf(skip)('reports the sums of the documents for each account and currency', () => {
    const expected = expectedBalances();
    expect(expected.size).toBeGreaterThan(20);
    expect(subject.balances(join(folder, subject.main))).toEqual(expected);
  });
});
