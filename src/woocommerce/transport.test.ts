import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { testClient } from '../../tests/support/recorded-shop.js';

/* What only a real socket shows: sizes on the wire, broken connections, reuse. */

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});

async function listen(listener: RequestListener): Promise<{ url: string; server: Server }> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, server };
}

const POLL = { source: 'poll' } as const;
const ONE = { page: 1, perPage: 1 };

describe('over a real connection', () => {
  it('uses one connection for requests after one another', async () => {
    const { url, server } = await listen((_, response) => response.end('[]'));
    let connections = 0;
    server.on('connection', () => {
      connections += 1;
    });
    const client = testClient({ url });
    for (let round = 0; round < 3; round += 1) await client.orders(ONE, POLL);
    expect(connections).toBe(1);
  });

  it('asks for compression, and stops a small answer that unpacks to a huge one', async () => {
    const bomb = gzipSync(Buffer.alloc(5_000_000, 32));
    const { url } = await listen((request, response) => {
      expect(request.headers['accept-encoding']).toContain('gzip');
      response.setHeader('content-encoding', 'gzip').end(bomb);
    });
    const client = testClient({ url, maxBytes: 1_000_000 });
    await expect(client.orders(ONE, POLL)).rejects.toMatchObject({
      kind: 'spoiled',
      message: expect.stringMatching(/larger than 1000000 bytes/),
    });
  });

  it('gives up on an answer that drips in for ever', async () => {
    const timers: NodeJS.Timeout[] = [];
    const { url } = await listen((_, response) => {
      response.write('[');
      timers.push(setInterval(() => response.write(' '), 5));
    });
    const client = testClient({ url, timeoutMs: 60, retries: 0 });
    await expect(client.orders(ONE, POLL)).rejects.toMatchObject({
      details: { code: 'ETIMEDOUT' },
    });
    for (const timer of timers) clearInterval(timer);
  });

  it('waits where the connection breaks in the middle of an answer', async () => {
    const { url } = await listen((_, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('[{"id":1}');
      setTimeout(() => response.destroy(), 5);
    });
    await expect(testClient({ url, retries: 0 }).orders(ONE, POLL)).rejects.toMatchObject({
      kind: 'wait',
    });
  });

  it('waits where nobody listens, and says who was asked', async () => {
    const { url, server } = await listen(() => {});
    await new Promise((done) => server.close(done));
    servers.length = 0;
    await expect(testClient({ url, retries: 0 }).orders(ONE, POLL)).rejects.toMatchObject({
      kind: 'wait',
      message: expect.stringContaining(`${new URL(url).host}, ECONNREFUSED`),
    });
  });

  it('calls compression that is broken garbled', async () => {
    const { url } = await listen((_, response) =>
      response.setHeader('content-encoding', 'gzip').end('this is not gzip'),
    );
    await expect(testClient({ url, retries: 0 }).orders(ONE, POLL)).rejects.toMatchObject({
      kind: 'garbled',
    });
  });

  it('says that a port without TLS is no https address', async () => {
    const { url } = await listen((_, response) => response.end('[]'));
    const client = testClient({ url: url.replace('http:', 'https:'), retries: 0 });
    await expect(client.orders(ONE, POLL)).rejects.toMatchObject({ kind: 'config' });
  });

  it('follows no redirect', async () => {
    const paths: (string | undefined)[] = [];
    const { url } = await listen((request, response) => {
      paths.push(request.url);
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    await expect(testClient({ url }).orders(ONE, POLL)).rejects.toMatchObject({ kind: 'config' });
    expect(paths).toHaveLength(1);
  });
});
