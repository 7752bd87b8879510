import { createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { type Receiver, startReceiver } from '../../tests/support/receiver.js';
import { createAddressGuard } from '../runtime/address-guard.js';
import { type Answer, post } from './post.js';

const NEVER = new AbortController().signal;
const HEADERS = { 'content-type': 'application/json', 'webhook-id': 'evt_1' };
const { lookup } = createAddressGuard({ allow: ['127.0.0.0/8'] });

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function receiver(answer?: Receiver['answer']): Promise<Receiver> {
  const started = await startReceiver(answer);
  closers.push(started.close);
  return started;
}

/** A server that says these bytes to whoever connects, and then nothing or the end. */
async function speaker(bytes: string, ends: boolean): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => (ends ? socket.end(bytes, 'latin1') : socket.write(bytes, 'latin1')));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`;
}

function posted(url: string, signal = NEVER, timeoutMs = 5_000): Promise<Answer> {
  return post({ url: new URL(url), headers: HEADERS, body: '{"é":1}', lookup, timeoutMs }, signal);
}

test('it posts the very body, whole, and tells what was answered', async () => {
  const { url, received } = await receiver((response) => {
    response.writeHead(201, { 'content-type': 'text/plain', 'x-other': 'left out' }).end('thanks');
  });
  expect(await posted(url)).toEqual({
    kind: 'answered',
    status: 201,
    headers: { 'content-type': 'text/plain', date: expect.any(String) },
    body: 'thanks',
  });
  expect(received).toMatchObject([
    { body: '{"é":1}', headers: { ...HEADERS, connection: 'close' } },
  ]);
});

test('a redirect is not followed', async () => {
  const other = await receiver();
  const { url } = await receiver((response) => {
    response.writeHead(307, { location: other.url }).end();
  });
  expect(await posted(url)).toMatchObject({ status: 307, headers: { location: other.url } });
  expect(other.received).toEqual([]);
});

describe('of an answer', () => {
  test('the first four kilobytes are kept, of one that never ends too', async () => {
    const { url } = await receiver((response) => {
      response.writeHead(200);
      const more = () => {
        while (response.write('ab'.repeat(1000)));
        response.once('drain', more);
      };
      more();
    });
    const answer = await posted(url);
    expect(answer).toMatchObject({ status: 200, body: 'ab'.repeat(2048) });
  });

  test('what comes too late is left, and its status counts', async () => {
    const { url } = await receiver((response) => void response.writeHead(200).write('and'));
    expect(await posted(url, NEVER, 200)).toMatchObject({ status: 200, body: 'and' });
  });

  test('what breaks off counts as far as it came', async () => {
    const url = await speaker('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf', true);
    expect(await posted(url)).toMatchObject({ status: 200, body: 'half' });
  });

  test('any bytes can be stored', async () => {
    const url = await speaker('HTTP/1.1 500 No\r\nserver: \xff\r\n\r\n\0\xff\x1b[31m', true);
    const answer = await posted(url);
    expect(answer).toMatchObject({ status: 500 });
    expect(JSON.stringify(answer)).not.toContain('\\u0000');
  });
});

describe('no answer', () => {
  const reasonOf = async (url: string, timeoutMs?: number) => {
    const answer = await posted(url, NEVER, timeoutMs);
    if (answer.kind !== 'no-answer') throw new Error(JSON.stringify(answer));
    expect(answer.reason).not.toContain('verysecretkey');
    return answer.reason;
  };

  test('in time', async () => {
    const { url } = await receiver(() => undefined);
    expect(await reasonOf(url, 100)).toBe('there was no answer within 0.1 s');
  });

  test('since nobody listens', async () => {
    const { url, close } = await receiver();
    await close();
    expect(await reasonOf(url)).toBe('it refused the connection (ECONNREFUSED)');
  });

  test.each([
    ['', 'broke off (ECONNRESET)'],
    ['SSH-2.0-OpenSSH_9.2\r\n', 'does not speak HTTP as it should'],
    ['HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n', 'broke off'],
    [`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`, 'does not speak HTTP as it should'],
  ])('but %j', async (bytes, reason) => {
    expect(await reasonOf(await speaker(bytes, true))).toContain(reason);
  });

  test('since it speaks no TLS', async () => {
    const { url } = await receiver();
    expect(await reasonOf(url.replace('http:', 'https:'))).toContain('does not speak TLS');
  });

  test('since its name leads where nothing may go', async () => {
    const guard = createAddressGuard({
      allow: [],
      resolve: async () => [{ address: '169.254.169.254', family: 4 }],
    });
    const url = new URL('http://name.example/?key=verysecretkey');
    const answer = await post(
      { url, headers: {}, body: '', lookup: guard.lookup, timeoutMs: 5000 },
      NEVER,
    );
    expect(answer).toEqual({
      kind: 'no-answer',
      reason: 'name.example leads to 169.254.169.254, which is not of the public internet',
    });
  });

  test('since we were stopped', async () => {
    const controller = new AbortController();
    const { url } = await receiver(() => controller.abort());
    expect(await posted(url, controller.signal)).toEqual({ kind: 'stopped' });
    expect(await posted(url, controller.signal)).toEqual({ kind: 'stopped' });
  });
});
