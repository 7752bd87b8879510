import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { expect, test } from 'vitest';
import { documentOf, oddDocuments } from '../../../../tests/support/documents.js';
import { emailSettings } from '../../../../tests/support/email.js';
import { renderPlainly } from '../../../../tests/support/rendering.js';
import { SELLER } from '../../../../tests/support/seller.js';
import type { Document } from '../../../documents/document.js';
import { composeMail, type Enclosed } from './mail.js';

const SETTINGS = emailSettings({
  smtp: 'smtp://localhost',
  replyTo: 'owner@shop.example',
  to: ['Anna <anna@books.example>', 'scan@program.example'],
  creditNotesTo: ['notes@books.example'],
});
const AT_MS = Date.parse('2026-11-20T12:00:00.000Z');
const INVOICE = documentOf({ lines: [{ netMinor: 1000, rates: ['NL21'] }] });
const NOTE = documentOf({ kind: 'credit-note', lines: [{ netMinor: 1000, rates: ['NL21'] }] });

async function enclosed(document: Document): Promise<Enclosed> {
  const rendered = await renderPlainly(document);
  if (rendered.kind !== 'rendered') throw new Error(rendered.reason);
  return { document, reference: document.key, ...rendered };
}

async function compose(documents: readonly Document[], settings = SETTINGS, atMs = AT_MS) {
  const about = { seller: SELLER, atMs };
  return composeMail(settings, await Promise.all(documents.map(enclosed)), about);
}

test('a mail says whence it comes and that no person wrote it', async () => {
  const { content, messageId, from, to } = await compose([INVOICE]);
  const mail = await PostalMime.parse(content);
  expect(from).toBe('invoices@shop.example');
  expect(to).toEqual(['anna@books.example', 'scan@program.example']);
  expect(mail.from).toMatchObject({ name: 'Voorbeeld BV', address: 'invoices@shop.example' });
  expect(mail.to?.map(({ address }) => address)).toEqual(to);
  expect(mail.replyTo?.map(({ address }) => address)).toEqual(['owner@shop.example']);
  expect(mail.messageId).toBe(`<${messageId}>`);
  expect(messageId).toMatch(/^[0-9a-f]{40}@shop\.example$/);
  expect(mail.date).toBe('2026-11-20T12:00:00.000Z');
  expect(mail.subject).toBe('Invoice 1042 - Voorbeeld BV');
  expect(mail.text).toContain('- Invoice 1042, 20 November 2026, Jan Jansen: EUR 10.00');
  expect(mail.html).toBeUndefined();
  const heads = new Map(mail.headers.map(({ key, value }) => [key, value]));
  expect(heads.get('auto-submitted')).toBe('auto-generated');
  expect(heads.get('x-auto-response-suppress')).toBe('All');
  expect(heads.has('x-mailer')).toBe(false);
});

test('the files arrive as they were, under the document’s number', async () => {
  const mail = await PostalMime.parse((await compose([INVOICE])).content);
  const { files } = await enclosed(INVOICE);
  expect(mail.attachments.map(({ filename, mimeType }) => [filename, mimeType])).toEqual([
    ['1042.pdf', 'application/pdf'],
    ['1042.xml', 'application/xml'],
  ]);
  for (const [index, { content }] of files.entries()) {
    const sent = mail.attachments[index]?.content;
    expect(sent instanceof ArrayBuffer && Buffer.from(sent).equals(content)).toBe(true);
  }
});

test('credit notes go to whom they are for', async () => {
  expect((await compose([NOTE])).to).toEqual(['notes@books.example']);
});

test('the same document is the same mail, but for its date', async () => {
  const first = await compose([INVOICE]);
  expect((await compose([INVOICE])).content.equals(first.content)).toBe(true);
  const later = await compose([INVOICE], SETTINGS, AT_MS + 86_400_000);
  expect(later.messageId).toBe(first.messageId);
  const dated = first.content.toString('latin1').replace('Fri, 20 Nov', 'Sat, 21 Nov');
  expect(later.content.toString('latin1')).toBe(dated);
});

test('other documents, and other books, are other mails', async () => {
  const mails = [
    await compose([INVOICE]),
    await compose([NOTE]),
    await compose([INVOICE, NOTE]),
    await compose([INVOICE], { ...SETTINGS, id: 'other' }),
  ];
  expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(4);
});

test('several documents are one mail, in whatever order they are given', async () => {
  const one = await compose([INVOICE, NOTE]);
  const other = await compose([NOTE, INVOICE]);
  expect(other.content.equals(one.content)).toBe(true);
  const { attachments } = await PostalMime.parse(one.content);
  expect(attachments.map(({ filename }) => filename)).toEqual([
    '1042-C1.pdf',
    '1042-C1.xml',
    '1042.pdf',
    '1042.xml',
  ]);
});

test('no order can add to the head of a mail, nor to its readers', async () => {
  const HEADS = (await PostalMime.parse((await compose([INVOICE])).content)).headers;
  const evil = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 100 }),
    fc.constantFrom(
      ...['\r\nBcc: thief@example.com', '\n\nbody', '\r\n.\r\nMAIL FROM:<x>', '"; filename="a.exe'],
      ...['=?utf-8?Q?=0D=0ABcc:=20thief@example.com?=', 'a\u2028b', '\u202eevil', '\0'],
    ),
  );
  await fc.assert(
    fc.asyncProperty(evil, evil, async (number, name) => {
      const document = { ...INVOICE, number, orderNumber: name, shop: name };
      const settings = { ...SETTINGS, subject: '{number} {buyer} {order} {shop}' };
      const { content, to } = await compose(
        [{ ...document, buyer: { ...INVOICE.buyer, name } }],
        settings,
      );
      const mail = await PostalMime.parse(content);
      expect(mail.headers.map(({ key }) => key)).toEqual(HEADS.map(({ key }) => key));
      expect(to).toEqual(['anna@books.example', 'scan@program.example']);
      expect(mail.attachments.map(({ filename }) => filename)).toEqual([
        expect.stringMatching(/^[\w.~-]+\.pdf$/),
        expect.stringMatching(/^[\w.~-]+\.xml$/),
      ]);
    }),
    { numRuns: 100 },
  );
});

test('names in every script arrive', async () => {
  for (const document of oddDocuments()) {
    const { subject } = await PostalMime.parse(
      (await compose([document], { ...SETTINGS, subject: 'x {buyer}' })).content,
    );
    expect(subject).toMatch(/^x/);
    if (document.buyer.name === '李小龙') expect(subject).toBe('x 李小龙');
  }
});
