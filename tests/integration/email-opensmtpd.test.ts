import { createHash } from 'node:crypto';
import PostalMime from 'postal-mime';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Document } from '../../src/documents/document.js';
import { createEmail } from '../../src/export/destinations/email/email.js';
import type { EmailSettings } from '../../src/export/destinations/email/settings.js';
import { referenceOf } from '../../src/export/reference.js';
import { createRenderer } from '../../src/rendering/create-renderer.js';
import type { RenderedFile, Renderer } from '../../src/rendering/renderer.js';
import { systemClock } from '../../src/runtime/clock.js';
import { documentOf, EXAMPLES } from '../support/documents.js';
import { emailSettings } from '../support/email.js';
import { mustSkipOpenSmtpd, type OpenSmtpd, startOpenSmtpd } from '../support/opensmtpd.js';
import { renderAtSize, renderPlainly } from '../support/rendering.js';
import { RENDER_SETTINGS, SELLER } from '../support/seller.js';

const DOMAIN = 'books.example';
const INVOICES = [EXAMPLES.plain, EXAMPLES.yen, EXAMPLES.fees, EXAMPLES.reverseCharge];
const running = () => new AbortController().signal;

const render = createRenderer(RENDER_SETTINGS);
let smtpd: OpenSmtpd;

const emailOver = (part: Partial<EmailSettings> = {}, files: Renderer = render) =>
  createEmail(emailSettings({ smtp: smtpd.url, to: [`accountant@${DOMAIN}`], ...part }), {
    render: files,
    clock: systemClock,
    seller: SELLER,
  });

async function filesOf(document: Document, files: Renderer): Promise<readonly RenderedFile[]> {
  const rendered = await files(document);
  if (rendered.kind !== 'rendered') throw new Error(rendered.reason);
  return rendered.files;
}

/** Name, type and content of each attachment, as a mail program has it. */
async function attachmentsOf(mail: Buffer) {
  const { attachments } = await PostalMime.parse(mail);
  return attachments.map(({ filename, mimeType, content }) => {
    if (!(content instanceof ArrayBuffer)) throw new Error('postal-mime gives bytes');
    return { name: filename, type: mimeType, ...fingerprint(Buffer.from(content)) };
  });
}

/** Of the bytes; told when they differ, which megabytes of them would not be. */
function fingerprint(content: Uint8Array) {
  const hash = createHash('sha256').update(content).digest('hex');
  return { bytes: content.length, hash };
}

async function expectFiles(mail: Buffer, document: Document, files: Renderer): Promise<void> {
  const sent = await filesOf(document, files);
  expect(await attachmentsOf(mail)).toEqual(
    sent.map(({ extension, mediaType, content }) => ({
      name: `${document.number}.${extension}`,
      type: mediaType,
      ...fingerprint(content),
    })),
  );
}

describe.skipIf(mustSkipOpenSmtpd())('through a real OpenSMTPD', { timeout: 90_000 }, () => {
  beforeEach(async () => {
    smtpd = await startOpenSmtpd(DOMAIN);
  });
  afterEach(() => smtpd.stop());

  test('each document arrives with its PDF and its UBL, byte for byte', async () => {
    const email = emailOver();
    const refs: string[] = [];
    for (const document of INVOICES) {
      const outcome = await email.post(document, referenceOf(document), running());
      expect(outcome).toMatchObject({ kind: 'booked' });
      if (outcome.kind === 'booked') refs.push(outcome.ref);
    }
    const arrived = await smtpd.delivered(INVOICES.length);
    expect(arrived).toHaveLength(INVOICES.length);
    for (const mail of arrived) {
      const { messageId = '', from, subject } = await PostalMime.parse(mail);
      const document = INVOICES[refs.indexOf(messageId.replace(/[<>]/g, ''))];
      if (!document) throw new Error(`no document has ${messageId}`);
      expect(from?.address).toBe('invoices@shop.example');
      expect(subject).toBe(`Invoice ${document.number} - Voorbeeld BV`);
      await expectFiles(mail, document, render);
    }
  });

  test('bytes that a mail gives a meaning arrive as they are, small and large', async () => {
    const small = EXAMPLES.plain;
    const large = EXAMPLES.yen;
    const atSize = renderAtSize(6_000_000);
    await emailOver({}, renderPlainly).post(small, referenceOf(small), running());
    await smtpd.delivered(1);
    await emailOver({}, atSize).post(large, referenceOf(large), running());
    const arrived = await smtpd.delivered(2);
    const bySize = [...arrived].sort((one, other) => one.length - other.length);
    await expectFiles(bySize[0] ?? Buffer.of(), small, renderPlainly);
    await expectFiles(bySize[1] ?? Buffer.of(), large, atSize);
  });

  test('a digest arrives as one mail with all files', async () => {
    const bundle = emailOver({ digestAt: '18:00' }).bundle;
    if (!bundle) throw new Error('no digest');
    const items = INVOICES.map((document) => ({ document, reference: referenceOf(document) }));
    const prepared = await bundle.prepare(items, running());
    const outcomes = await prepared.send(running());
    expect(outcomes.map(({ kind }) => kind)).toEqual(INVOICES.map(() => 'booked'));
    const [mail = Buffer.of()] = await smtpd.delivered(1);
    const expected = await Promise.all(INVOICES.map((document) => filesOf(document, render)));
    const hashes = expected.flat().map(({ content }) => fingerprint(content).hash);
    const attached = await attachmentsOf(mail);
    expect(attached.map(({ hash }) => hash).sort()).toEqual(hashes.sort());
    expect(new Set(attached.map(({ name }) => name)).size).toBe(2 * INVOICES.length);
  });

  test('a mail of which one of two readers is refused goes to neither', async () => {
    const document = documentOf({ orderId: 7, lines: [{ netMinor: 100, rates: ['NL21'] }] });
    const to = [`accountant@${DOMAIN}`, 'somebody@elsewhere.example'];
    const outcome = await emailOver({ to }).post(document, referenceOf(document), running());
    expect(outcome).toMatchObject({
      kind: 'rejected',
      reason: expect.stringContaining('somebody@elsewhere.example (550 Invalid recipient'),
    });
    // What is accepted later arrives later.
    await emailOver().post(EXAMPLES.plain, referenceOf(EXAMPLES.plain), running());
    const arrived = await smtpd.delivered(1);
    expect(arrived).toHaveLength(1);
    await expectFiles(arrived[0] ?? Buffer.of(), EXAMPLES.plain, render);
  });

  test('check says that it answers', async () => {
    expect(await emailOver().check(running())).toMatchObject([{ level: 'ok' }]);
  });
});
