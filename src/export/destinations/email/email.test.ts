import { afterEach, describe, expect, test } from 'vitest';
import { documentOf } from '../../../../tests/support/documents.js';
import { emailSettings } from '../../../../tests/support/email.js';
import { openFaultySmtp, type SmtpStep } from '../../../../tests/support/faulty-smtp.js';
import { renderAtSize, renderPlainly } from '../../../../tests/support/rendering.js';
import { SELLER } from '../../../../tests/support/seller.js';
import {
  type MailServer,
  type MailServerOptions,
  openMailServer,
  SMTP_PASSWORD,
} from '../../../../tests/support/smtp.js';
import type { Outcome } from '../../destination.js';
import { createEmail, type EmailDeps } from './email.js';
import type { EmailSettings } from './settings.js';

const DOCUMENT = documentOf({ lines: [{ netMinor: 1000, rates: ['NL21'] }] });
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function open(options: MailServerOptions = {}): Promise<MailServer> {
  const server = await openMailServer(options);
  closers.push(() => server.close());
  return server;
}

type Part = Partial<EmailSettings> & { smtp: string };

const emailBooks = (part: Part, deps: Partial<EmailDeps> = {}) =>
  createEmail(emailSettings(part), {
    render: renderPlainly,
    clock: { now: () => Date.parse('2026-11-20T12:00:00.000Z') },
    seller: SELLER,
    limits: { greetingMs: 5000, attemptMs: 5000 },
    ...deps,
  });

const running = () => new AbortController().signal;

const post = (part: Part, deps: Partial<EmailDeps> = {}): Promise<Outcome> =>
  emailBooks(part, deps).post(DOCUMENT, DOCUMENT.key, running());

describe('where there is no server to talk to, the books are paused', () => {
  const asBooks = { kind: 'retry', scope: 'books' };

  test('nobody listens', async () => {
    const server = await openMailServer();
    await server.close();
    expect(await post({ smtp: server.url })).toMatchObject({
      ...asBooks,
      reason: expect.stringContaining('ECONNREFUSED'),
    });
  });

  test('no such host', async () => {
    const limits = { greetingMs: 300, attemptMs: 300 };
    expect(await post({ smtp: 'smtp://mail.nowhere.invalid' }, { limits })).toMatchObject(asBooks);
  });

  test('TLS is spoken to a server that speaks none', async () => {
    const server = await open();
    const smtp = server.url.replace('smtp:', 'smtps:');
    expect(await post({ smtp })).toMatchObject(asBooks);
  });

  test.each([
    ['from the start', { secure: true }],
    ['after STARTTLS', {}],
  ])('a certificate that nobody vouches for, %s, unless the address allows it', async (_, more) => {
    const server = await open({ disabledCommands: [], ...more });
    expect(await post({ smtp: server.url })).toMatchObject({
      ...asBooks,
      reason: expect.stringMatching(/certificate.*Mend the server's certificate/),
    });
    const smtp = `${server.url}/?tls.rejectUnauthorized=false`;
    expect(await post({ smtp })).toMatchObject({ kind: 'booked' });
    expect(server.mails).toHaveLength(1);
  });

  test('a server elsewhere that offers no TLS, unless the address allows it', async () => {
    const server = await open();
    // Leads here too, and is not an address of this machine by its looks.
    const smtp = server.url.replace('127.0.0.1', '0.0.0.0');
    expect(await post({ smtp })).toMatchObject(asBooks);
    expect(server.mails).toHaveLength(0);
    expect(await post({ smtp: `${smtp}/?requireTLS=false` })).toMatchObject({ kind: 'booked' });
  });

  test('a wrong password, which is told nowhere, even where the server repeats it', async () => {
    const server = await open({
      user: 'shop',
      onAuth: ({ password }, _session, done) => {
        const forms = [password ?? '', Buffer.from(`\0shop\0${password}`).toString('base64')];
        done(
          new Error(`wrong: ${forms.join(' ')} ${Buffer.from(password ?? '').toString('base64')}`),
        );
      },
    });
    const told = [await post({ smtp: server.url })];
    expect(told[0]).toMatchObject({
      ...asBooks,
      reason: expect.stringMatching(/refused the login: 535.*Mend the user or the password/),
    });
    const findings = await emailBooks({ smtp: server.url }).check(running());
    expect(findings).toMatchObject([{ level: 'error', fix: expect.stringContaining('password') }]);
    const text = JSON.stringify([told, findings]);
    expect(text).not.toContain(SMTP_PASSWORD);
    for (const form of [SMTP_PASSWORD, `\0shop\0${SMTP_PASSWORD}`]) {
      expect(text).not.toContain(Buffer.from(form).toString('base64'));
    }
  });
});

test('a server that needs no login is not given one', async () => {
  const server = await open({ disabledCommands: ['AUTH', 'STARTTLS'] });
  const smtp = server.url.replace('smtp://', 'smtp://shop:secret-word@');
  expect(await post({ smtp })).toMatchObject({ kind: 'booked' });
  const message = `127.0.0.1:${server.port} answers, and is given no login.`;
  expect(await emailBooks({ smtp }).check(running())).toEqual([{ level: 'ok', message }]);
});

test('a mail that is larger than the server says it takes is not even begun', async () => {
  const server = await open({ size: 20_000 });
  const outcome = await post({ smtp: server.url }, { render: renderAtSize(40_000) });
  expect(outcome).toMatchObject({
    kind: 'rejected',
    reason: expect.stringContaining('too large'),
    fix: expect.stringMatching(/\w/),
  });
  expect(server.mails).toHaveLength(0);
});

test('a single document above our own limit is sent alone', async () => {
  const server = await open();
  const part = { smtp: server.url, largestMegabytes: 0.01 };
  expect(await post(part, { render: renderAtSize(40_000) })).toMatchObject({ kind: 'booked' });
});

test('a document of which no file can be made is rejected with the fix, and nothing is sent', async () => {
  const server = await open();
  const refused = { kind: 'refused', reason: 'BR-CO-10: 1 is not 2', fix: 'Mend it.' } as const;
  const outcome = await post({ smtp: server.url }, { render: async () => refused });
  expect(outcome).toEqual({ ...refused, kind: 'rejected' });
  expect(server.mails).toHaveLength(0);
});

test('where rendering fails, nothing was sent', async () => {
  const render = () => Promise.reject(new Error('logo.png: no such file'));
  expect(await post({ smtp: 'smtp://127.0.0.1:1' }, { render })).toEqual({
    kind: 'retry',
    scope: 'document',
    reason: 'The mail cannot be made: logo.png: no such file',
  });
});

describe('a stop', () => {
  /** Stops while the server is silent at a step. */
  async function stoppedAt(at: SmtpStep, render = renderPlainly) {
    const server = await open();
    const way = await openFaultySmtp(server, { at, with: 'silence' });
    closers.push(() => way.close());
    const controller = new AbortController();
    const email = emailBooks({ smtp: way.url }, { render });
    const posting = email.post(DOCUMENT, DOCUMENT.key, controller.signal);
    await way.failed;
    controller.abort();
    return posting;
  }

  test.each(['greeting', 'MAIL', 'DATA'] as const)('at %s leaves it unsent', async (step) => {
    expect(await stoppedAt(step)).toMatchObject({ kind: 'retry', scope: 'document' });
  });

  test('in the middle of the mail leaves it unsent', async () => {
    const outcome = await stoppedAt('content', renderAtSize(9_000_000));
    expect(outcome).toMatchObject({ kind: 'retry', scope: 'document' });
  });

  test('once the mail has ended leaves it open whether it arrived', async () => {
    expect(await stoppedAt('answer')).toMatchObject({ kind: 'uncertain' });
  });
});

describe('check', () => {
  test('logs in and sends nothing', async () => {
    const server = await open({ user: 'shop' });
    const findings = await emailBooks({ smtp: server.url }).check(running());
    expect(findings).toEqual([
      { level: 'ok', message: `127.0.0.1:${server.port} answers, and takes our login.` },
    ]);
    expect(server.mails).toHaveLength(0);
  });

  test('warns of a placeholder that there is not', async () => {
    const server = await open();
    const part = { smtp: server.url, subject: 'Factuur {nummer}', body: '{number}' };
    expect(await emailBooks(part).check(running())).toMatchObject([
      {
        level: 'warning',
        message: expect.stringContaining('{nummer}'),
        fix: expect.stringMatching(/./),
      },
      { level: 'ok' },
    ]);
  });
});
