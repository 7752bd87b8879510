import { mkdir, mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { allDocuments, documentOf, EXAMPLES } from '../../../../tests/support/documents.js';
import type { Document } from '../../../documents/document.js';
import { createJournal } from './journal.js';
import type { JournalSettings } from './settings.js';

const RUNNING = new AbortController().signal;
let base: string;
let folder: string;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'journal-'));
  folder = join(base, 'books');
});
afterEach(() => rm(base, { recursive: true, force: true }));

function journal(more: Partial<JournalSettings> = {}) {
  return createJournal({ id: 'books', flavour: 'hledger', folder, ...more });
}

async function post(document: Document, through = journal()) {
  return through.post(document, document.key, RUNNING);
}

async function tree(): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

test('a document is a file that a person can read', async () => {
  expect(await post(EXAMPLES.severalRates)).toEqual({
    kind: 'booked',
    ref: '2026/main_2_invoice.journal',
  });
  const text = await readFile(join(folder, '2026/main_2_invoice.journal'), 'utf8');
  expect(text).toBe(`payee Jan Jansen

2026-11-20 * (2) Jan Jansen
    ; document: main/2/invoice
    ; kind: invoice
    ; shop: main
    ; order: 2
    ; country: NL
    Assets:Clearing:Ideal  119.35 EUR
    Income:Sales:NL:21     -32.98 EUR  ; vat: NL21
    Income:Sales:NL:9      -22.48 EUR  ; vat: NL9
    Income:Sales:NL:0      -50.00 EUR  ; vat: NL0
    Income:Shipping:NL:21   -4.09 EUR  ; vat: NL21
    Liabilities:VAT:NL:21   -7.78 EUR  ; vat: NL21
    Liabilities:VAT:NL:9    -2.02 EUR  ; vat: NL9
`);
});

test('a credit note is the reverse, names its invoice and stands in its own year', async () => {
  await post(EXAMPLES.creditNote);
  const text = await readFile(join(folder, '2027/main_1_credit-note_77.journal'), 'utf8');
  expect(text).toContain('; invoice: 1\n');
  expect(text).toContain('; refund: 77\n');
  expect(text).toMatch(/Assets:Clearing:Ideal +-19\.95 EUR/);
  expect(text).toMatch(/Income:Sales:NL:21 +16\.49 EUR/);
  expect(text).toMatch(/Liabilities:VAT:NL:21 +3\.46 EUR/);
});

test('the owner names the accounts', async () => {
  const accounts = {
    clearingByMethod: { ideal: 'Assets:Bank account' },
    revenueByCode: { NL21: 'Income:8000' },
    vat: 'Liabilities:VAT {code}',
  };
  await post(EXAMPLES.plain, journal({ accounts }));
  const text = await readFile(join(folder, '2026/main_1_invoice.journal'), 'utf8');
  for (const name of ['Assets:Bank account  ', 'Income:8000  ', 'Liabilities:VAT NL21  ']) {
    expect(text).toContain(name);
  }
});

test('a document that does not add up is rejected and not written', async () => {
  const wrong = { ...EXAMPLES.plain, grossMinor: EXAMPLES.plain.grossMinor + 1 };
  expect(await post(wrong)).toMatchObject({ kind: 'rejected' });
  const currency = { ...EXAMPLES.plain, currency: 'EUR\n' };
  expect(await post(currency)).toMatchObject({ kind: 'rejected' });
  await expect(readdir(folder)).rejects.toThrow('ENOENT');
});

test('an account name that the program would refuse holds the books, and check says so', async () => {
  const wrong = journal({ flavour: 'beancount', accounts: { rounding: 'Afronding' } });
  expect(await post(EXAMPLES.rounding, wrong)).toMatchObject({ kind: 'retry', scope: 'books' });
  const findings = await wrong.check(RUNNING);
  expect(findings[0]).toMatchObject({ level: 'error' });
  expect(findings[0]?.message).toContain('Afronding');
});

test('nothing temporary is left', async () => {
  const through = journal();
  for (const document of allDocuments()) await post(document, through);
  expect((await tree()).filter((name) => name.includes('tmp'))).toEqual([]);
});

test('what a dead process left is removed, what a living one may be writing is not', async () => {
  await mkdir(join(folder, '.tmp'), { recursive: true });
  for (const name of ['old.tmp', 'new.tmp']) await writeFile(join(folder, '.tmp', name), '');
  await utimes(join(folder, '.tmp', 'old.tmp'), 0, 0);
  await post(EXAMPLES.plain);
  expect(await readdir(join(folder, '.tmp'))).toEqual(['new.tmp']);
});

describe('the files around the documents', () => {
  test.each([
    ['accounts'],
    ['main.journal', 'accounts.journal', 'year-2026.journal', 'year-2027.journal'],
    ['accounts', 'main.journal', '2027/_year.journal'],
  ])('are made anew where they were deleted: %s', async (...deleted) => {
    for (const document of Object.values(EXAMPLES)) await post(document);
    const before = await tree();
    for (const name of deleted) await rm(join(folder, name), { recursive: true });
    await post(EXAMPLES.plain);
    expect(await tree()).toEqual(before);
  });

  test('are made anew while the process runs', async () => {
    const through = journal();
    await post(EXAMPLES.yen, through);
    await post(EXAMPLES.plain, through);
    const before = await tree();
    for (const name of ['accounts', 'main.journal', '.tmp']) {
      await rm(join(folder, name), { recursive: true });
    }
    expect(await post(EXAMPLES.plain, through)).toMatchObject({ kind: 'already-booked' });
    expect(await tree()).toEqual(before);
  });

  test('are completed by a look-up, since a crash may have come before them', async () => {
    await post(EXAMPLES.plain);
    await rm(join(folder, 'year-2026.journal'));
    expect(await journal().find(EXAMPLES.plain, EXAMPLES.plain.key, RUNNING)).toMatchObject({
      kind: 'found',
    });
    expect(await tree()).toContain('year-2026.journal');
  });

  test('leave room for the own lines of a person, but not without ours', async () => {
    await post(EXAMPLES.plain);
    const main = join(folder, 'main.journal');
    await writeFile(main, `${await readFile(main, 'utf8')}include own.journal\n`);
    expect(await post(EXAMPLES.yen)).toMatchObject({ kind: 'booked' });
    await writeFile(main, 'include own.journal\n');
    const outcome = await post(EXAMPLES.dinar);
    expect(outcome).toMatchObject({ kind: 'retry', scope: 'books' });
    expect(outcome.kind === 'retry' && outcome.reason).toContain('include accounts.journal');
  });

  test('of another program are not mixed with ours', async () => {
    await post(EXAMPLES.plain);
    const other = journal({ flavour: 'ledger' });
    expect(await post(EXAMPLES.plain, other)).toMatchObject({ kind: 'retry', scope: 'books' });
    expect(await other.check(RUNNING)).toMatchObject([{ level: 'error' }]);
  });
});

test('a folder that disappears is waited for, and not begun anew', async () => {
  const through = journal();
  await post(EXAMPLES.plain, through);
  await rename(folder, `${folder}-unmounted`);
  expect(await post(EXAMPLES.yen, through)).toMatchObject({ kind: 'retry', scope: 'books' });
  const lookup = await through.find(EXAMPLES.plain, EXAMPLES.plain.key, RUNNING);
  expect(lookup).toMatchObject({ kind: 'unknown' });
  await rename(`${folder}-unmounted`, folder);
  expect(await post(EXAMPLES.yen, through)).toMatchObject({ kind: 'booked' });
});

test('a document costs the same number of files, however many are there', async () => {
  const through = journal();
  for (let orderId = 1; orderId <= 300; orderId += 1) {
    const lines = [{ netMinor: orderId, rates: ['NL0'] as const }];
    const buyer = { name: `Customer ${orderId}` };
    await post(documentOf({ orderId, lines, buyer }), through);
  }
  const others = (await tree()).filter((name) => !name.startsWith('2026/main'));
  expect(others.length).toBeLessThan(12);
});

describe('check', () => {
  test('says that a folder will be made', async () => {
    expect(await journal().check(RUNNING)).toMatchObject([{ level: 'warning' }]);
  });

  test('has nothing against books that work', async () => {
    await post(EXAMPLES.plain);
    expect(await journal().check(RUNNING)).toMatchObject([{ level: 'ok' }]);
  });

  test('tells a file in the place of the folder, or above it', async () => {
    await writeFile(folder, '');
    for (const place of [folder, join(folder, 'deeper')]) {
      const findings = await journal({ folder: place }).check(RUNNING);
      expect(findings).toMatchObject([{ level: 'error', fix: expect.any(String) }]);
    }
  });

  test('tells a main file without our lines', async () => {
    await mkdir(folder);
    await writeFile(join(folder, 'main.journal'), '; mine\n');
    expect(await journal().check(RUNNING)).toMatchObject([{ level: 'error' }]);
  });
});
