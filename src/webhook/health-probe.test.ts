import { createServer, type Server, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { probeEndpoint } from './health-probe.js';

let server: Server;
let url: string;
let answer: (contentType: string, response: ServerResponse) => void;
let requests: number;
const never = new AbortController().signal;

beforeEach(async () => {
  requests = 0;
  server = createServer((request, response) => {
    requests += 1;
    request.resume();
    request.on('end', () => answer(request.headers['content-type'] ?? '', response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/webhooks/woocommerce/main`;
});
afterEach(
  () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
);

const isPing = (contentType: string) => contentType.includes('form');
const all = (status: number, headers = {}) => {
  answer = (_, response) => response.writeHead(status, headers).end();
};

it('an endpoint that takes a ping and refuses a forged delivery answers as it must', async () => {
  answer = (type, response) => response.writeHead(isPing(type) ? 200 : 401).end();
  expect(await probeEndpoint(url, never)).toEqual({ ok: true });
});

describe('anything else is told with its likely cause', () => {
  it('one that takes everything is not orderpark', async () => {
    all(200);
    expect(await probeEndpoint(url, never)).toMatchObject({
      ok: false,
      message: expect.stringContaining('a forged delivery with 200'),
      fix: expect.stringContaining('Something else than orderpark'),
    });
  });

  it('a redirect, which WooCommerce counts as a success and does not follow', async () => {
    all(301, { Location: 'https://www.orders.example/x' });
    expect(await probeEndpoint(url, never)).toMatchObject({
      ok: false,
      fix: expect.stringContaining('redirects (to https://www.orders.example)'),
    });
    expect(requests).toBe(1);
  });

  it.each([
    [401, /password/],
    [403, /firewall/],
    [404, /proxy does not pass/],
    [429, /trustProxy/],
    [502, /does not reach orderpark/],
    [503, /database/],
  ])('%i', async (status, fix) => {
    all(status);
    expect(await probeEndpoint(url, never)).toMatchObject({
      ok: false,
      fix: expect.stringMatching(fix),
    });
  });

  it('no answer at all', async () => {
    answer = (_, response) => void response.destroy();
    expect(await probeEndpoint(url, never)).toMatchObject({
      ok: false,
      message: expect.stringContaining('does not answer'),
    });
    expect(await probeEndpoint('http://127.0.0.1:1/', never)).toMatchObject({
      ok: false,
      fix: expect.stringContaining('orderpark run'),
    });
  });
});

it('a probe that is stopped rejects, and judges nothing', async () => {
  await expect(probeEndpoint(url, AbortSignal.abort())).rejects.toThrow();
});
