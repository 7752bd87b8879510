import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allDocuments, documentOf } from '../../../../tests/support/documents.js';
import { formatMinor } from '../../../orders/money.js';
import { resolveAccounts } from './accounts.js';
import { entryOf } from './entry.js';
import { createJournal } from './journal.js';
import type { JournalFlavour } from './settings.js';

/** How the real programs are asked: do they accept the books, and what do they add up to? */
const PROGRAMS: readonly {
  flavour: JournalFlavour;
  program: string;
  main: string;
  check(main: string): void;
  balances(main: string): ReadonlyMap<string, string>;
}[] = [
  {
    flavour: 'hledger',
    program: 'hledger',
    main: 'main.journal',
    check: (main) => run('hledger', ['check', '--strict', 'payees', 'ordereddates', '-f', main]),
    balances: (main) =>
      table(
        run('hledger', ['-f', main, 'bal', '--flat', '-E', '-N', '-O', 'csv', '--layout=bare']),
        /^"(?<account>.+)","(?<currency>[A-Z]{3})","(?<amount>-?[\d.]+)"$/,
      ),
  },
  {
    flavour: 'ledger',
    program: 'ledger',
    main: 'main.ledger',
    check: (main) =>
      run('ledger', [
        ...'--strict --pedantic --explicit --check-payees -f'.split(' '),
        main,
        'bal',
      ]),
    balances: (main) =>
      table(
        run('ledger', [
          ...[
            '-f',
            main,
            'register',
            '--empty',
            '--format',
            '%(account)\t%(commodity(amount))\t%(quantity(amount))\n',
          ],
        ]),
        /^(?<account>.+)\t(?<currency>[A-Z]{3})\t(?<amount>-?[\d.]+)$/,
      ),
  },
  {
    flavour: 'beancount',
    program: 'bean-check',
    main: 'main.beancount',
    check: (main) => run('bean-check', [main]),
    balances: (main) =>
      table(
        run('bean-query', [
          '-f',
          'csv',
          main,
          'select account, sum(position) group by account, currency',
        ]),
        /^(?<account>[^,]+?) *, *(?<amount>-?[\d.]+) +(?<currency>[A-Z]{3}) *$/,
      ),
  },
];

function run(program: string, args: readonly string[]): string {
  const env = { ...process.env, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', PYTHONWARNINGS: 'ignore' };
  return execFileSync(program, args, { env, encoding: 'utf8', maxBuffer: 1e8 });
}

function isInstalled(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Sums of amounts by account and currency, in hundred-thousandths, as text with the zeros cut. */
function table(output: string, row: RegExp): ReadonlyMap<string, string> {
  const sums = new Map<string, bigint>();
  for (const line of output.split('\n')) {
    const { account, currency, amount } = row.exec(line.trimEnd())?.groups ?? {};
    if (account && currency && amount) add(sums, `${account} ${currency}`, amount);
  }
  return told(sums);
}

function add(sums: Map<string, bigint>, key: string, amount: string): void {
  const [, sign, whole = '0', fraction = ''] = /^(-?)(\d+)\.?(\d*)$/.exec(amount) ?? [];
  const value = BigInt(`${sign}${whole}${fraction.padEnd(5, '0')}`);
  sums.set(key, (sums.get(key) ?? 0n) + value);
}

function told(sums: ReadonlyMap<string, bigint>): ReadonlyMap<string, string> {
  const rows = [...sums].filter(([, sum]) => sum !== 0n).sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(rows.map(([key, sum]) => [key, String(sum)]));
}

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

function expectedBalances(): ReadonlyMap<string, string> {
  const sums = new Map<string, bigint>();
  for (const document of DOCUMENTS) {
    for (const posting of entryOf(document, resolveAccounts(undefined)).postings) {
      const amount = formatMinor(posting.amountMinor, posting.minorUnits);
      add(sums, `${posting.account} ${posting.currency}`, amount);
    }
  }
  return told(sums);
}

describe.each(PROGRAMS)('$program on every kind of document', (subject) => {
  const skip = !process.env['CI'] && !isInstalled(subject.program);
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
