import { createHmac } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { ok, type Received, type Receiver, startReceiver } from '../../tests/support/receiver.js';
import type { StoredAlert } from '../store/store.js';
import { ChannelError, type Message } from './channel.js';
import { createWebhookChannel } from './webhook.js';

const NEVER = new AbortController().signal;
const ALERT: StoredAlert = {
  key: 'blocked/main',
  subject: 'main: 3 orders are blocked',
  message: 'No correct document.',
  fix: 'Look.',
  raisedAt: '2026-11-20T12:00:00.000Z',
  toldAt: null,
  clearedAt: null,
};
const MESSAGE: Message = {
  id: 'alert_1',
  atMs: Date.parse('2026-11-20T12:00:05.000Z'),
  raised: [ALERT],
  reminded: [],
  cleared: [{ ...ALERT, key: 'disk', clearedAt: '2026-11-20T12:00:03.000Z' }],
};
const SECRET = `whsec_${Buffer.from('a secret of some length').toString('base64')}`;

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function receiver(answer: Receiver['answer']): Promise<Receiver> {
  const started = await startReceiver(answer);
  closers.push(started.close);
  return started;
}

/** As a receiver checks it, from the scheme's own description. */
function isSigned({ headers, body }: Received, secret: string): boolean {
  const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signature = createHmac('sha256', key).update(content).digest('base64');
  return headers['webhook-signature'] === `v1,${signature}`;
}

async function failureOf(sending: Promise<void>): Promise<string> {
  const error = await sending.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ChannelError)) throw new Error('no ChannelError', { cause: error });
  expect(`${error.message}${error.fix}${error.stack}`).not.toContain('verysecretkey');
  return error.message;
}

test('it posts JSON that its receiver can verify', async () => {
  const { url, received } = await receiver(ok);
  await createWebhookChannel({ url, secret: SECRET }).send(MESSAGE, NEVER);
  const [request] = received;
  if (!request) throw new Error('nothing came');
  expect(isSigned(request, SECRET)).toBe(true);
  expect(isSigned({ ...request, body: `${request.body} ` }, SECRET)).toBe(false);
  expect(request.headers).toMatchObject({
    'content-type': 'application/json',
    'webhook-id': 'alert_1',
    'webhook-timestamp': String(MESSAGE.atMs / 1000),
  });
  const { key, subject, message, fix, raisedAt } = ALERT;
  expect(JSON.parse(request.body)).toEqual({
    type: 'orderpark.alerts',
    timestamp: '2026-11-20T12:00:05.000Z',
    data: {
      text: subject,
      raised: [{ key, subject, message, fix, raisedAt }],
      reminded: [],
      cleared: [
        { key: 'disk', subject, message, fix, raisedAt, clearedAt: '2026-11-20T12:00:03.000Z' },
      ],
    },
  });
});

test('without a secret it is not signed', async () => {
  const { url, received } = await receiver(ok);
  await createWebhookChannel({ url }).send(MESSAGE, NEVER);
  expect(received[0]?.headers['webhook-signature']).toBeUndefined();
});

test('a redirect is not followed', async () => {
  const other = await receiver(ok);
  const { url } = await receiver((response) => {
    response.writeHead(307, { location: other.url }).end();
  });
  const reason = await failureOf(createWebhookChannel({ url }).send(MESSAGE, NEVER));
  expect(reason).toBe('it answered 307, and redirects are not followed');
  expect(other.received).toEqual([]);
});

test.each([400, 410, 500])('%i is a failure', async (status) => {
  const { url } = await receiver(
    (response) => void response.writeHead(status).end('verysecretkey'),
  );
  const reason = await failureOf(createWebhookChannel({ url }).send(MESSAGE, NEVER));
  expect(reason).toBe(`it answered ${status}`);
});

test('an answer that does not come is given up', async () => {
  const { url } = await receiver(() => undefined);
  const channel = createWebhookChannel({ url, timeoutMs: 100 });
  expect(await failureOf(channel.send(MESSAGE, NEVER))).toBe('no answer within 0.1 s');
});

test('an answer whose body never ends holds nobody up', async () => {
  const { url } = await receiver((response) => void response.writeHead(200).write('and'));
  await createWebhookChannel({ url }).send(MESSAGE, NEVER);
});

test('nobody there', async () => {
  const { url, close } = await receiver(ok);
  await close();
  const reason = await failureOf(createWebhookChannel({ url }).send(MESSAGE, NEVER));
  expect(reason).toBe('the request failed: ECONNREFUSED');
});
