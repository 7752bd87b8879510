import { createServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { type MailServer, openMailServer, SMTP_PASSWORD } from '../../tests/support/smtp.js';
import { createLogger } from '../runtime/logger.js';
import type { StoredAlert } from '../store/store.js';
import { type Channel, ChannelError, type Message } from './channel.js';
import { createMailChannel } from './mail.js';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const NEVER = new AbortController().signal;
const logger = createLogger({ level: 'silent', format: 'json' });
const stored = (key: string, more: Partial<StoredAlert> = {}): StoredAlert => ({
  key,
  subject: `${key} needs you`,
  message: 'It says\r\nBcc: someone@example.com',
  fix: 'Do this.',
  raisedAt: '2026-11-20T12:00:00.000Z',
  toldAt: null,
  clearedAt: null,
  ...more,
});
const MESSAGE: Message = {
  id: 'alert_1',
  atMs: Date.parse('2026-11-20T12:00:00.000Z'),
  raised: [stored('a'), stored('b')],
  reminded: [stored('c')],
  cleared: [stored('d', { clearedAt: '2026-11-20T12:30:00.000Z' })],
};

const open = async (...options: Parameters<typeof openMailServer>): Promise<MailServer> => {
  const server = await openMailServer(...options);
  closers.push(() => server.close());
  return server;
};
const mailTo = (smtp: string, more: { to?: string[]; timeoutMs?: number } = {}): Channel =>
  createMailChannel({
    smtp,
    from: 'Orderpark <orderpark@shop.example>',
    to: ['owner@shop.example', 'books@shop.example'],
    zone: 'Europe/Amsterdam',
    logger,
    ...more,
  });
const failureOf = async (sending: Promise<void>): Promise<ChannelError> => {
  const error = await sending.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ChannelError) return error;
  throw new Error('no ChannelError', { cause: error });
};

test('one plain text of all that is new, still so and over, to all readers', async () => {
  const server = await open();
  await mailTo(server.url).send(MESSAGE, NEVER);
  expect(server.mails).toHaveLength(1);
  const [mail] = server.mails;
  expect(mail?.to).toEqual(['owner@shop.example', 'books@shop.example']);
  const [head = '', body = ''] = (mail?.text ?? '').split(/\r\n\r\n(.*)/s);
  expect(head).toContain('Subject: orderpark: 2 things need you');
  expect(head).toContain('Auto-Submitted: auto-generated');
  expect(head).toContain('Message-ID: <alert_1@shop.example>');
  expect(head).toContain('Content-Type: text/plain');
  expect(head).not.toContain('Bcc');
  const text = body.replace(/=\r\n/g, '').replace(/\r\n/g, '\n');
  expect(text).toContain('New\n');
  expect(text).toContain('* a needs you\nIt says Bcc: someone@example.com\nWhat to do: Do this.\n');
  expect(text).toContain('* c needs you\nSince 20 Nov 2026, 13:00.\n');
  expect(text).toContain(
    '* d needs you\nIt was so from 20 Nov 2026, 13:00 to 20 Nov 2026, 13:30.\n',
  );
});

test('it logs in', async () => {
  const server = await open({ user: 'shop' });
  await mailTo(server.url).send(MESSAGE, NEVER);
  expect(server.mails).toHaveLength(1);
});

test('a wrong password is told without the password, even where the server repeats it', async () => {
  const server = await open({
    user: 'shop',
    onAuth: ({ password }, _session, done) => done(new Error(`not ${password}`)),
  });
  const error = await failureOf(mailTo(server.url).send(MESSAGE, NEVER));
  expect(error.message).toContain('EAUTH');
  expect(error.message).not.toContain(SMTP_PASSWORD);
  expect(error.fix).toContain('password');
});

test('a server that refuses the mail, or takes it later, is a failure', async () => {
  const server = await open({
    beforeTaking: () => {
      throw Object.assign(new Error('greylisted'), { responseCode: 451 });
    },
  });
  const error = await failureOf(mailTo(server.url).send(MESSAGE, NEVER));
  expect(error.message).toContain('451');
});

test('readers of whom some are refused get it all the same', async () => {
  const server = await open({
    onRcptTo: ({ address }, _session, done) =>
      address.startsWith('books') ? done(new Error('no such mailbox')) : done(),
  });
  await mailTo(server.url).send(MESSAGE, NEVER);
  expect(server.mails.map(({ to }) => to)).toEqual([['owner@shop.example']]);
});

test('a server that does not answer is given up', async () => {
  const port = await silentServer();
  const channel = mailTo(`smtp://127.0.0.1:${port}`, { timeoutMs: 100 });
  const error = await failureOf(channel.send(MESSAGE, NEVER));
  expect(error.message).toBe('it took too long');
});

test('a server that takes the mail and never says so is given up', async () => {
  const server = await open({ beforeTaking: () => new Promise(() => undefined), closeTimeout: 1 });
  const channel = mailTo(server.url, { timeoutMs: 300 });
  const error = await failureOf(channel.send(MESSAGE, NEVER));
  expect(error.message).toBe('it took too long');
});

test('a stop ends a sending that is under way', async () => {
  const port = await silentServer();
  const controller = new AbortController();
  const sending = failureOf(mailTo(`smtp://127.0.0.1:${port}`).send(MESSAGE, controller.signal));
  controller.abort();
  await sending;
});

test('no server', async () => {
  const server = await openMailServer();
  await server.close();
  const error = await failureOf(mailTo(server.url).send(MESSAGE, NEVER));
  expect(error.message).toMatch(/ECONNREFUSED|ESOCKET/);
});

test('a certificate that nobody vouches for is refused, unless the address allows it', async () => {
  const server = await open({ secure: true, disabledCommands: [] });
  const error = await failureOf(mailTo(server.url).send(MESSAGE, NEVER));
  expect(error.message).toMatch(/certificate|self.signed/i);
  await mailTo(`${server.url}/?tls.rejectUnauthorized=false`).send(MESSAGE, NEVER);
  expect(server.mails).toHaveLength(1);
});

test('but to this machine, nothing is sent without TLS unless the address allows it', async () => {
  const server = await open();
  // Leads here too, and is not an address of this machine by its looks.
  const url = server.url.replace('127.0.0.1', '0.0.0.0');
  expect((await failureOf(mailTo(url).send(MESSAGE, NEVER))).message).toMatch(/TLS/);
  expect(server.mails).toHaveLength(0);
  await mailTo(`${url}/?requireTLS=false`).send(MESSAGE, NEVER);
  expect(server.mails).toHaveLength(1);
});

async function silentServer(): Promise<number> {
  const server: Server = createServer(() => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const sockets = new Set<{ destroy(): void }>();
  server.on('connection', (socket) => sockets.add(socket));
  closers.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
