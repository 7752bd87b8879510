import { execFileSync } from 'node:child_process';
import type { JournalFlavour } from '../../src/export/destinations/journal/settings.js';

/** A program that reads a journal: does it accept the books, and what do they add up to? */
export interface JournalProgram {
  readonly flavour: JournalFlavour;
  readonly program: string;
  /** The file of the journal that includes all others. */
  readonly main: string;
  /** Throws where the program has something to say against the books. */
  check(main: string): void;
  balances(main: string): Balances;
}

/** `account currency` -> its sum in hundred-thousandths, as text; accounts at zero are left out. */
export type Balances = ReadonlyMap<string, string>;

export const JOURNAL_PROGRAMS: readonly JournalProgram[] = [
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

/** Programs are used where they are installed, and required in CI. */
export function mustSkip({ program }: JournalProgram): boolean {
  return !process.env['CI'] && !isInstalled(program);
}

/** Sums amounts (decimal text) by account and currency. */
export function balancesOf(
  postings: Iterable<{ account: string; currency: string; amount: string }>,
): Balances {
  const sums = new Map<string, bigint>();
  for (const { account, currency, amount } of postings) {
    const key = `${account} ${currency}`;
    sums.set(key, (sums.get(key) ?? 0n) + hundredThousandths(amount));
  }
  const rows = [...sums].filter(([, sum]) => sum !== 0n).sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(rows.map(([key, sum]) => [key, String(sum)]));
}

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

function table(output: string, row: RegExp): Balances {
  return balancesOf(
    output.split('\n').flatMap((line) => {
      const { account, currency, amount } = row.exec(line.trimEnd())?.groups ?? {};
      return account && currency && amount ? [{ account, currency, amount }] : [];
    }),
  );
}

function hundredThousandths(amount: string): bigint {
  const [, sign, whole = '0', fraction = ''] = /^(-?)(\d+)\.?(\d*)$/.exec(amount) ?? [];
  return BigInt(`${sign}${whole}${fraction.padEnd(5, '0')}`);
}
