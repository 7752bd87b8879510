import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jsqrPackage from 'jsqr';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import type { Document } from '../../src/documents/document.js';
import { formatMinor } from '../../src/orders/money.js';
import type { Language } from '../../src/rendering/language.js';
import { createPdfWriter } from '../../src/rendering/pdf/writer.js';
import { feedCorpus } from '../support/corpus.js';
import { allDocuments, documentOf, EXAMPLES, type Example } from '../support/documents.js';
import { openTestStore, TestClock } from '../support/export.js';
import { mustSkipPdfPrograms, readPdf, textOfPdf } from '../support/pdf-programs.js';
import { PDF_SETTINGS } from '../support/pdf-settings.js';

// Its types say that it is an ES module; Node loads a CommonJS one.
const decode = 'default' in jsqrPackage ? jsqrPackage.default : jsqrPackage;

/** What a reader sees, by poppler: without it there is nothing to be read. */
const withPoppler = describe.skipIf(mustSkipPdfPrograms());

const write = {
  nl: createPdfWriter(PDF_SETTINGS),
  en: createPdfWriter({ ...PDF_SETTINGS, language: 'en' }),
  de: createPdfWriter({ ...PDF_SETTINGS, language: 'de' }),
};

async function textOf(document: Document, language: Language = 'nl'): Promise<string> {
  return textOfPdf(await write[language](document));
}

function invoiceOf(count: number, rest: Partial<Example> = {}): Document {
  const lines = Array.from({ length: count }, (_, index) => ({
    name: `Artikel ${index + 1} van de reeks`,
    netMinor: 10_000,
    rates: ['NL21'] as const,
  }));
  return documentOf({ lines, taxes: { NL21: 2100 * count }, ...rest });
}

const pagesOf = (text: string) => text.split('\f').slice(0, -1);

withPoppler('a reader of the PDF', () => {
  it.each([
    ['nl', ['Factuur 1042', 'Factuur aan', '20 november 2026', 'Totaal exclusief btw']],
    ['en', ['Invoice 1042', 'Invoice to', '20 November 2026', 'Total excluding VAT']],
    ['de', ['Rechnung 1042', 'Rechnung an', '20. November 2026', 'Summe ohne USt']],
  ] as const)('in %s sees who, what, when and how much', async (language, said) => {
    const text = await textOf(invoiceOf(2), language);
    for (const words of said) expect(text).toContain(words);
    for (const words of ['Voorbeeld & Zonen B.V.', 'KvK 12345678', 'NL000000000B00', 'Jan Jansen'])
      expect(text).toContain(words);
    expect(text).toMatch(/Artikel 2 van de reeks .* 1 .* 21 ?% .* 100[.,]00/);
    expect(text).toMatch(/242[.,]00/);
  });

  it.each([
    [1, 1],
    [12, 1],
    [60, 3],
  ])('of %d lines has %d pages, each line once and whole', async (count, pages) => {
    const all = pagesOf(await textOf(invoiceOf(count)));
    expect(all).toHaveLength(pages);
    for (let line = 1; line <= count; line += 1) {
      const found = all.filter((page) => page.includes(`Artikel ${line} van de reeks`));
      expect(found).toHaveLength(1);
    }
  });

  it('is told on each of several pages what and where it is', async () => {
    const pages = pagesOf(await textOf(invoiceOf(60)));
    for (const [index, page] of pages.entries()) {
      expect(page).toContain('Factuur 1042');
      expect(page).toContain(`Pagina ${index + 1} van 3`);
      expect(page).toMatch(/Omschrijving +Aantal/);
    }
    expect(await textOf(invoiceOf(12))).not.toContain('Pagina');
  });

  it('never finds the sums alone on a page', async () => {
    for (let count = 13; count <= 28; count += 1) {
      const last = pagesOf(await textOf(invoiceOf(count))).at(-1);
      expect(last).toContain(`Artikel ${count} van de reeks`);
      expect(last).toContain('Te betalen');
    }
  });

  it('sees currencies with the decimals that they have', async () => {
    expect(await textOf(EXAMPLES.yen, 'en')).toContain('JP¥10,100');
    expect(await textOf(EXAMPLES.dinar)).toContain('KWD 6,501');
  });

  it('sees of a credit note which invoice it corrects', async () => {
    const text = await textOf(EXAMPLES.creditNote, 'de');
    expect(text).toContain('Rechnungskorrektur 1-C1');
    expect(text).toContain('Korrektur zu Rechnung');
    expect(text).not.toContain('Gutschrift');
  });

  it('sees names of every script, and a sign for what no font has', async () => {
    const name = 'Παπαδόπουλος Щорсъ Nguyễn Łódź';
    const text = await textOf(
      invoiceOf(1, { buyer: { name, company: 'חברת הדוגמה', street: 'محمد أحمد', city: '李 😀' } }),
    );
    for (const words of [name, 'חברת הדוגמה', 'محمد أحمد', '1234 AB � �'])
      expect(text).toContain(words);
  });

  it('sees what was typed to deceive as plain text', async () => {
    const name = '\u202eevil\u202c <b>&amp;</b>\u0000\n (x) \\ /Keywords';
    const text = await textOf(invoiceOf(1, { buyer: { name } }));
    expect(text).toContain('evil <b>&amp;</b> (x) \\ /Keywords');
  });

  it('can pay by the code what is open', async () => {
    const pdf = await write.nl(EXAMPLES.reverseCharge);
    const page = PNG.sync.read(readPdf('pdftoppm', ['-r', '150', '-png', '-singlefile', '-'], pdf));
    const code = decode(Uint8ClampedArray.from(page.data), page.width, page.height);
    expect(code?.data.split('\n').slice(4)).toEqual([
      ...['ABNANL2A', 'Voorbeeld & Zonen B.V.', 'NL91ABNA0417164300', 'EUR50.00', '', ''],
      'Factuur 10',
    ]);
    expect(textOfPdf(pdf)).toContain('Scan om te betalen');
    expect(await textOf(EXAMPLES.plain)).not.toContain('Scan om te betalen');
  });
});

withPoppler('nothing leaves the page', () => {
  it.each(allDocuments().map((document) => [document.key, document] as const))(
    '%s',
    async (_, document) => {
      const pdf = await write.nl(document);
      const boxes = readPdf('pdftotext', ['-bbox', '-', '-'], pdf).toString();
      const words = [
        ...boxes.matchAll(
          /<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)"/g,
        ),
      ];
      expect(words.length).toBeGreaterThan(20);
      for (const [, left = '', top = '', right = '', bottom = ''] of words) {
        expect(Number(left)).toBeGreaterThanOrEqual(55);
        expect(Number(right)).toBeLessThanOrEqual(540);
        expect(Number(top)).toBeGreaterThanOrEqual(35);
        expect(Number(bottom)).toBeLessThanOrEqual(812);
      }
    },
  );
});

withPoppler('every recorded order and refund', () => {
  it('has a PDF with its number, its buyer and its sums', async () => {
    const { store, close } = await openTestStore(new TestClock());
    await feedCorpus(store, []);
    const stored = await store.listDocuments({}, { limit: 10_000 });
    await close();
    expect(stored.length).toBeGreaterThan(300);
    const documents = stored.map(({ document }) => document);
    const texts = await textsOf(documents);
    for (const [index, document] of documents.entries()) {
      const said = texts[index] ?? '';
      const unsupported = said.includes('\ufffd') ? await write.en.unsupportedIn(document) : [];
      const missing = factsOf(document)
        .map((fact) => unsupported.reduce((text, sign) => text.replaceAll(sign, '\ufffd'), fact))
        .filter((fact) => !isSaid(squeezed(fact), said));
      expect([document.key, ...missing]).toEqual([document.key]);
    }
  }, 240_000);
});

/** Squeezed text of each. They are read as one file, since to start a program for each takes long. */
async function textsOf(documents: readonly Document[]): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'pdf-'));
  const pageCounts: number[] = [];
  for (const [index, document] of documents.entries()) {
    const pdf = await write.en(document);
    const [, count] =
      /\/Type \/Pages\n\/Count (\d+)/.exec(Buffer.from(pdf).toString('latin1')) ?? [];
    pageCounts.push(Number(count));
    await writeFile(join(folder, `${index}.pdf`), pdf);
  }
  const all = join(folder, 'all.pdf');
  const parts = documents.map((_, index) => join(folder, `${index}.pdf`));
  readPdf('qpdf', ['--empty', '--pages', ...parts, '--', all]);
  const pages = pagesOf(textOfPdf(await readFile(all), '-raw'));
  await rm(folder, { recursive: true, force: true });
  return pageCounts.map((count) => squeezed(pages.splice(0, count).join('')));
}

/** What must be found in the text, amounts as decimal text. */
function factsOf(document: Document): string[] {
  const { number, orderNumber, buyer, lines, taxes, grossMinor, minorUnits } = document;
  const shown = lines.filter(({ kind }) => kind !== 'rounding');
  const amounts = [
    grossMinor,
    ...taxes.map(({ taxMinor }) => taxMinor),
    ...shown.filter(({ kind }) => kind !== 'text').map(({ netMinor }) => netMinor),
  ];
  return [
    ...[number, orderNumber, buyer.name, buyer.company, buyer.street, buyer.city],
    ...[buyer.vatNumber, document.invoiceNumber ?? '', document.buyerReference ?? ''],
    document.replaces ?? '',
    ...shown.flatMap(({ name, sku }) => [name, sku]),
    ...amounts.map((minor) => formatMinor(Math.abs(minor), minorUnits)),
  ];
}

/** Of Arabic, poppler swaps the letters that are drawn as one sign. */
function isSaid(fact: string, said: string): boolean {
  if (!/\p{Script=Arabic}/u.test(fact)) return said.includes(fact);
  return [...fact].every((letter) => said.includes(letter));
}

/** Without spaces and without the commas that group digits: how a text is laid out is no matter. */
function squeezed(text: string): string {
  return text.normalize('NFC').replace(/[\s,]/gu, '');
}
