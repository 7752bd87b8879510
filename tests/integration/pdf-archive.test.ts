import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Document } from '../../src/documents/document.js';
import { createPdfWriter } from '../../src/rendering/pdf/writer.js';
import { documentOf, EXAMPLES } from '../support/documents.js';
import { mustSkipPdfPrograms, readPdf } from '../support/pdf-programs.js';
import { DIGESTED, PDF_SETTINGS, SELLER } from '../support/pdf-settings.js';

const skip = mustSkipPdfPrograms();
const UBL = Buffer.from('<?xml version="1.0"?>\n<Invoice>\u00e9 &amp; \u{1f600}</Invoice>\n');
const ATTACHMENT = { name: 'factuur-1.xml', content: UBL };

/** Its texts are in Latin, Greek, Cyrillic, Hebrew and Arabic, and in what no font has. */
const MANY_SCRIPTS = documentOf({
  orderId: 7,
  lines: [
    { name: 'Ελληνικά Кириллица', netMinor: 1000, rates: ['NL21'] },
    { name: 'שלום (עולם) مرحبا 123', netMinor: 1000, rates: ['NL21'] },
    { name: '李小龙 👩‍👩‍👧', netMinor: 1000, rates: ['NL21'] },
  ],
  taxes: { NL21: 630 },
});

const write = createPdfWriter(PDF_SETTINGS);
const bytesOf = async (document: Document) => Buffer.from(await write(document, ATTACHMENT));
/** One byte a character. What is not compressed can be read, and all but streams is not. */
const rawOf = async (document: Document) => (await bytesOf(document)).toString('latin1');
const count = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].length;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pdf-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('PDF/A-3b', () => {
  it('says what it is, in which language, and in which colours', async () => {
    const raw = await rawOf(EXAMPLES.plain);
    expect(raw).toMatch(/^%PDF-1\.7\n/);
    expect(raw).toMatch(/<pdfaid:part>3<\/pdfaid:part>\s*<pdfaid:conformance>B</);
    expect(raw).toMatch(/\/S \/GTS_PDFA1\n.*sRGB IEC61966-2\.1/s);
    expect(raw).toContain('/Lang (nl)');
    expect(raw).toContain('/ID [');
    expect(raw).not.toMatch(/\/Encrypt|\/JavaScript|\/Type1\b|\/SMask|DeviceCMYK/);
  });

  it('embeds each font that it uses, and no other', async () => {
    const raw = await rawOf(MANY_SCRIPTS);
    expect(count(raw, /\/FontFile2 /g)).toBe(count(raw, /\/Type \/FontDescriptor/g));
    expect(count(raw, /\/Type \/FontDescriptor/g)).toBe(4);
    expect(count(await rawOf(EXAMPLES.plain), /\/Type \/FontDescriptor/g)).toBe(2);
  });

  it('describes itself the same to readers of metadata and of old', async () => {
    const seller = { ...SELLER, company: 'Smit & <Zonen>' };
    const pdf = await createPdfWriter({ ...PDF_SETTINGS, seller })(EXAMPLES.plain);
    const raw = Buffer.from(pdf).toString('utf8');
    expect(raw).toContain('<rdf:li xml:lang="x-default">Factuur 1</rdf:li>');
    expect(raw).toContain('<rdf:li>Smit ＆ ‹Zonen›</rdf:li>');
    expect(raw).toContain('<xmp:CreateDate>2026-11-20T00:00:00Z</xmp:CreateDate>');
    expect(raw).toContain('(D:20261120000000Z)');
    expect(raw).toContain('(Factuur 1)');
  });

  it('carries the invoice as data, as another form of the whole document', async () => {
    const raw = await rawOf(EXAMPLES.plain);
    expect(raw).toMatch(/\/Type \/Catalog\n.*\/AF \[\d+ 0 R\]/s);
    expect(raw).toContain('/AFRelationship /Alternative');
    expect(raw).toContain('/F (factuur-1.xml)');
    expect(raw).toContain('/UF (factuur-1.xml)');
    expect(raw).toContain('/Subtype /application#2Fxml');
    expect(raw).toContain('/ModDate (D:20261120000000Z)');
    const without = Buffer.from(await write(EXAMPLES.plain)).toString('latin1');
    expect(without).not.toMatch(/\/AF |\/EmbeddedFile/);
  });

  it('is recognised by the key of its document', async () => {
    const raw = await rawOf(EXAMPLES.creditNote);
    expect(count(raw, /\(orderpark:main\/1\/credit-note\/77;\)/g)).toBe(1);
  });

  it('says which characters it lacks, and names none that it has', async () => {
    expect(await write.unsupportedIn(MANY_SCRIPTS)).toEqual(['李', '小', '龙', '👩‍👩‍👧']);
    expect(await write.unsupportedIn(EXAMPLES.reverseCharge)).toEqual([]);
  });
});

describe('the bytes', () => {
  it('are the same in a process that has rendered nothing before', async () => {
    // A ligature as one character: what fontkit remembers of it must not show in what comes after.
    const line = { name: '\ufb01 \ufb03', netMinor: 1000, rates: ['NL21'] as const };
    await write(documentOf({ lines: [line], taxes: { NL21: 210 } }));
    const pdf = await write(DIGESTED.document, DIGESTED.attachment);
    const here = createHash('sha256').update(pdf).digest('hex');
    const program = fileURLToPath(new URL('./pdf/print-digest.ts', import.meta.url));
    const there = execFileSync(process.execPath, ['--import', 'tsx', program], {
      encoding: 'utf8',
    });
    expect(there).toBe(here);
  });

  it('are few, however many lines', async () => {
    const lines = Array.from({ length: 60 }, (_, index) => ({
      name: `Artikel ${index} – “Ëxtra” äöü`,
      netMinor: 1000 + index,
      rates: ['NL21'] as const,
    }));
    const pdf = await bytesOf(documentOf({ lines, taxes: { NL21: 12_971 } }));
    expect(pdf.length).toBeLessThan(60_000);
  });
});

describe.skipIf(skip)('qpdf and poppler', () => {
  const file = async (name: string, document: Document) => {
    const path = join(folder, name);
    await writeFile(path, await bytesOf(document));
    return path;
  };

  it('find nothing wrong', async () => {
    for (const [name, document] of Object.entries({ ...EXAMPLES, MANY_SCRIPTS })) {
      const path = await file(`${name}.pdf`, document);
      expect(readPdf('qpdf', ['--check', path]).toString()).toContain('No syntax or stream');
    }
  });

  it('see every font embedded, as a subset, with its characters', async () => {
    const path = await file('fonts.pdf', MANY_SCRIPTS);
    const rows = readPdf('pdffonts', [path]).toString().trim().split('\n').slice(2);
    expect(rows).toHaveLength(4);
    for (const row of rows) expect(row).toMatch(/CID TrueType +Identity-H +yes yes yes/);
  });

  it('see title, date, pages and size', async () => {
    const info = readPdf('pdfinfo', [await file('info.pdf', EXAMPLES.plain)]).toString();
    expect(info).toMatch(/^Title: +Factuur 1$/m);
    expect(info).toMatch(/^Keywords: +orderpark:main\/1\/invoice;$/m);
    expect(info).toMatch(/^Pages: +1$/m);
    expect(info).toMatch(/^Page size: .*\(A4\)$/m);
  });

  it('take the attachment out as it was put in', async () => {
    const path = await file('attached.pdf', EXAMPLES.plain);
    const out = join(folder, 'out.xml');
    readPdf('pdfdetach', ['-savefile', 'factuur-1.xml', '-o', out, path]);
    expect(await readFile(out)).toEqual(UBL);
  });
});
