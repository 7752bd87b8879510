import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { documentOf, oddDocuments } from '../../../../tests/support/documents.js';
import { emailSettings } from '../../../../tests/support/email.js';
import { exportDeps, openTestStore, queue, TestClock } from '../../../../tests/support/export.js';
import { openFaultySmtp } from '../../../../tests/support/faulty-smtp.js';
import { renderAtSize, renderPlainly } from '../../../../tests/support/rendering.js';
import { SELLER } from '../../../../tests/support/seller.js';
import {
  type MailServer,
  type MailServerOptions,
  messageIdOf,
  openMailServer,
} from '../../../../tests/support/smtp.js';
import type { Renderer } from '../../../rendering/renderer.js';
import type { Store } from '../../../store/store.js';
import { createExportWorker } from '../../worker.js';
import { digestMoments, roomOf, sizeOf } from './digest.js';
import { createEmail } from './email.js';
import { composeMail } from './mail.js';
import type { EmailSettings } from './settings.js';

const iso = (ms: number) => new Date(ms).toISOString();

describe('the moment of a digest', () => {
  test.each([
    ['before it', '18:00', '2026-11-20T16:59:59.999Z', '2026-11-19T17:00', '2026-11-20T17:00'],
    ['at it', '18:00', '2026-11-20T17:00:00.000Z', '2026-11-20T17:00', '2026-11-21T17:00'],
    ['after it', '18:00', '2026-11-20T22:59:59.000Z', '2026-11-20T17:00', '2026-11-21T17:00'],
    ['past midnight', '18:00', '2026-11-20T23:30:00.000Z', '2026-11-20T17:00', '2026-11-21T17:00'],
    [
      'skipped in spring',
      '02:30',
      '2026-03-29T01:00:00.000Z',
      '2026-03-29T01:00',
      '2026-03-30T00:30',
    ],
    ['before the gap', '02:30', '2026-03-29T00:59:59.000Z', '2026-03-28T01:30', '2026-03-29T01:00'],
    [
      'the first of two',
      '02:30',
      '2026-10-25T00:30:00.000Z',
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ],
    [
      'the second of two',
      '02:30',
      '2026-10-25T01:30:00.000Z',
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ],
  ])('%s', (_, at, now, last, next) => {
    const { lastAt, nextAt } = digestMoments(at, 'Europe/Amsterdam');
    expect(iso(lastAt(Date.parse(now)))).toBe(`${last}:00.000Z`);
    expect(iso(nextAt(Date.parse(now)))).toBe(`${next}:00.000Z`);
  });

  test('there is one at or before now, one after it, and none between', () => {
    const zones = ['Europe/Amsterdam', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 1439 }),
        fc.integer({ min: Date.parse('2024-01-01'), max: Date.parse('2034-01-01') }),
        (zone, minute, now) => {
          const at = new Date(minute * 60_000).toISOString().slice(11, 16);
          const { lastAt, nextAt } = digestMoments(at, zone);
          expect(lastAt(now)).toBeLessThanOrEqual(now);
          expect(nextAt(now)).toBeGreaterThan(now);
          expect(lastAt(nextAt(now) - 1)).toBe(lastAt(now));
          expect(lastAt(nextAt(now))).toBe(nextAt(now));
          expect(nextAt(lastAt(now))).toBe(nextAt(now));
        },
      ),
    );
  });
});

test('a mail is never larger than it was reckoned', async () => {
  const settings = emailSettings({ smtp: 'smtp://localhost', body: '{documents}'.repeat(1) });
  const documents = oddDocuments();
  const enclosed = await Promise.all(
    documents.map(async (document) => {
      const rendered = await renderPlainly(document);
      if (rendered.kind !== 'rendered') throw new Error(rendered.reason);
      return { document, reference: document.key, ...rendered };
    }),
  );
  for (let count = 1; count <= enclosed.length; count += 1) {
    const some = enclosed.slice(0, count);
    const { content } = await composeMail(settings, some, { seller: SELLER, atMs: 0 });
    const reckoned = some.reduce((bytes, one) => bytes + sizeOf(one), -roomOf(0));
    expect(content.length).toBeLessThan(reckoned);
  }
});

describe('a digest', () => {
  const SENT_AT = Date.parse('2026-11-20T17:00:00.000Z');
  const closers: (() => Promise<void>)[] = [];
  let clock: TestClock;
  let store: Store;

  beforeEach(async () => {
    clock = new TestClock(SENT_AT - 3_600_000);
    const opened = await openTestStore(clock);
    store = opened.store;
    closers.push(opened.close);
  });
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  async function open(options: MailServerOptions = {}): Promise<MailServer> {
    const server = await openMailServer(options);
    closers.push(() => server.close());
    return server;
  }

  const invoice = (orderId: number, part = {}) =>
    documentOf({ orderId, lines: [{ netMinor: 1000, rates: ['NL21'] }], ...part });
  const invoices = (count: number) =>
    Array.from({ length: count }, (_, index) => invoice(index + 1));

  async function send(
    part: Partial<EmailSettings> & { smtp: string },
    render: Renderer = renderPlainly,
  ) {
    const settings = emailSettings({ digestAt: '18:00', ...part });
    const email = createEmail(settings, { render, clock, seller: SELLER });
    clock.ms = Math.max(clock.ms, SENT_AT);
    const worker = createExportWorker(exportDeps(store, [email], clock));
    const report = await worker.runOnce(undefined, new AbortController().signal);
    return report.books[0];
  }

  const filesIn = async ({ raw }: MailServer['mails'][number]) => {
    const { attachments } = await PostalMime.parse(raw);
    return attachments.map(({ filename }) => filename);
  };

  test('is one mail of all that was queued by then', async () => {
    const server = await open();
    await queue(store, invoices(3), 'books', clock);
    expect(await send({ smtp: server.url })).toMatchObject({ booked: 3 });
    const [mail, ...more] = server.mails;
    expect(more).toEqual([]);
    if (!mail) throw new Error('no mail');
    const files = ['1.pdf', '1.xml', '2.pdf', '2.xml', '3.pdf', '3.xml'];
    expect(await filesIn(mail)).toEqual(files);
    const { subject } = await PostalMime.parse(mail.raw);
    expect(subject).toBe('3 invoices and credit notes - Voorbeeld BV');
    const [posting] = await store.postingsOf(['main/1/invoice']);
    expect(posting).toMatchObject({ state: 'booked', reference: messageIdOf(mail) });
  });

  test('is a mail for each set of readers', async () => {
    const server = await open();
    const note = invoice(1, { kind: 'credit-note' });
    const other = invoice(4, { shop: 'other' });
    await queue(store, [...invoices(2), note, other], 'books', clock);
    const byShop = { other: { to: ['other@books.example'] } };
    const creditNotesTo = ['notes@books.example'];
    await send({ smtp: server.url, byShop, creditNotesTo });
    expect(server.mails.map(({ to }) => to.join())).toEqual([
      'accountant@books.example',
      'notes@books.example',
      'other@books.example',
    ]);
  });

  test('that grows too large goes in several mails, none above the limit', async () => {
    const server = await open();
    await queue(store, invoices(10), 'books', clock);
    const report = await send({ smtp: server.url, largestMegabytes: 0.5 }, renderAtSize(100_000));
    expect(report).toMatchObject({ booked: 10 });
    expect(server.mails.length).toBeGreaterThan(2);
    for (const { raw } of server.mails) expect(raw.length).toBeLessThan(500_000);
    const files = await Promise.all(server.mails.map(filesIn));
    expect(new Set(files.flat()).size).toBe(20);
    expect(files.flat()).toHaveLength(20);
  });

  test('has a mail of its own for a document that is larger than that', async () => {
    const server = await open();
    await queue(store, invoices(2), 'books', clock);
    await send({ smtp: server.url, largestMegabytes: 0.1 }, renderAtSize(100_000));
    expect(server.mails).toHaveLength(2);
  });

  test('that the server finds too large goes in halves, and only what is too large alone fails', async () => {
    const server = await open({ size: 400_000 });
    await queue(store, invoices(9), 'books', clock);
    const render: Renderer = (document) =>
      renderAtSize(document.orderId === 5 ? 400_000 : 50_000)(document);
    expect(await send({ smtp: server.url }, render)).toMatchObject({ booked: 8, rejected: 1 });
    const files = (await Promise.all(server.mails.map(filesIn))).flat();
    expect(new Set(files).size).toBe(16);
    expect(files).toHaveLength(16);
  });

  test('goes without a document of which no file can be made', async () => {
    const server = await open();
    await queue(store, invoices(3), 'books', clock);
    const render: Renderer = async (document) => {
      if (document.orderId === 1) return { kind: 'refused', reason: 'BR-1', fix: 'Mend it.' };
      if (document.orderId === 2) throw new Error('a bug');
      return renderPlainly(document);
    };
    expect(await send({ smtp: server.url }, render)).toMatchObject({ rejected: 1, booked: 1 });
    expect(server.mails).toHaveLength(1);
    const [posting] = await store.postingsOf(['main/2/invoice']);
    expect(posting).toMatchObject({ state: 'retrying' });
  });

  test('whose answer is lost leaves all of it to a person', async () => {
    const server = await open();
    const way = await openFaultySmtp(server, { at: 'answer', with: 'drop' });
    closers.push(() => way.close());
    await queue(store, invoices(3), 'books', clock);
    expect(await send({ smtp: way.url })).toMatchObject({ uncertain: 3, booked: 0 });
    expect(server.mails).toHaveLength(1);
  });

  test('whose answer is lost goes again as the same mail where that is accepted', async () => {
    const server = await open();
    const way = await openFaultySmtp(server, { at: 'answer', with: 'drop', nth: 1 });
    closers.push(() => way.close());
    await queue(store, invoices(3), 'books', clock);
    const report = await send({ smtp: way.url, whenUncertain: 'send-again' });
    expect(report).toMatchObject({ retrying: 3, booked: 3 });
    expect(server.mails).toHaveLength(2);
    expect(new Set(server.mails.map(messageIdOf)).size).toBe(1);
  });
});
