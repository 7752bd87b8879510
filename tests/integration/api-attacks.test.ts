import { createHmac, createSign, generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JWT_SECRET, openWeb, tokenOf, type WebBench } from '../support/web.js';
import { sendBytes } from '../support/webhooks.js';

let bench: WebBench;
beforeAll(async () => {
  bench = await openWeb();
});
afterAll(() => bench.close());

const withToken = (token: string, path = '/api/v1/orders', init: RequestInit = {}) =>
  fetch(`${bench.url}${path}`, {
    ...init,
    headers: { Authorization: `Bearer ${token}`, ...init.headers },
  });

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const unsigned = (header: object, claims: object) => `${part(header)}.${part(claims)}`;
const hs256 = (text: string, secret: string) =>
  `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;

describe('JSON Web Tokens', () => {
  const header = { alg: 'HS256', typ: 'JWT' };
  const claims = () => ({ sub: 'x', role: 'admin', exp: bench.app.clock.now() / 1000 + 60 });

  it('one that is right is taken', async () => {
    const token = hs256(unsigned(header, claims()), JWT_SECRET);
    expect((await withToken(token)).status).toBe(200);
  });

  it('one that is wrong in any way is refused', async () => {
    const { exp: _, ...endless } = claims();
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const rs = unsigned({ alg: 'RS256' }, claims());
    const signature = createSign('sha256').update(rs).sign(privateKey).toString('base64url');
    const tokens = {
      none: `${unsigned({ alg: 'none' }, claims())}.`,
      'None, in other letters': `${unsigned({ alg: 'nOnE' }, claims())}.`,
      'another key': hs256(
        unsigned(header, claims()),
        'another-secret-of-enough-length-0123456789',
      ),
      'an empty key': hs256(unsigned(header, claims()), ''),
      over: hs256(
        unsigned(header, { ...claims(), exp: bench.app.clock.now() / 1000 - 60 }),
        JWT_SECRET,
      ),
      endless: hs256(unsigned(header, endless), JWT_SECRET),
      'RS256 with a key of its own': `${rs}.${signature}`,
      'RS256 signed with the secret': hs256(rs, JWT_SECRET),
      'a role that is none': hs256(unsigned(header, { ...claims(), role: 'root' }), JWT_SECRET),
      'of nobody': hs256(unsigned(header, { ...claims(), sub: '' }), JWT_SECRET),
      'its key in the header': hs256(
        unsigned({ ...header, jwk: { kty: 'oct', k: 'AA' } }, claims()),
        '\0',
      ),
    };
    for (const [name, token] of Object.entries(tokens)) {
      const answer = await withToken(token);
      expect([name, answer.status]).toEqual([name, 401]);
      expect(answer.headers.get('www-authenticate')).toContain('invalid_token');
    }
  });
});

it('a token counts in the header alone: not in the query, a cookie or as another scheme', async () => {
  const token = tokenOf('admin');
  for (const headers of [
    {},
    { Cookie: `orderpark=${token}` },
    { Authorization: `Basic ${token}` },
  ]) {
    const url = `${bench.url}/api/v1/orders?access_token=${token}&token=${token}`;
    expect((await fetch(url, { headers })).status).toBe(401);
  }
});

it('no session of the page opens the API', async () => {
  const body = new URLSearchParams({ token: tokenOf('admin') });
  const login = await fetch(`${bench.url}/login`, { method: 'POST', body, redirect: 'manual' });
  const Cookie = login.headers.get('set-cookie')?.split(';')[0] ?? '';
  expect(Cookie).toMatch(/^orderpark=./);
  expect((await fetch(`${bench.url}/api/v1/orders`, { headers: { Cookie } })).status).toBe(401);
});

it('no parameter of a path leaves its place, and none puts a header into the answer', async () => {
  const nasty = [
    '..',
    '../../etc/passwd',
    '..\\..\\x',
    '\0',
    'a\r\nSet-Cookie: x=1',
    '%2e%2e',
    '.',
    "' or 1=1 --",
  ];
  for (const { method, path } of bench.web.api.operations.filter((each) =>
    each.path.includes(':'),
  )) {
    for (const value of nasty) {
      // Byte for byte: a client of the web would resolve the dots itself.
      const asked = path.replace(/:\w+/g, encodeURIComponent(value));
      const token = tokenOf('admin');
      const answer = await sendBytes(
        bench.url,
        `${method} ${asked} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${token}\r\n\r\n`,
      );
      expect([path, value, [400, 404].includes(answer.status)]).toEqual([path, value, true]);
      expect(answer.headers.toLowerCase()).not.toContain('set-cookie');
      expect(answer.body).not.toContain('root:');
    }
  }
  expect(bench.lines).toEqual([]);
});

it('keys of the prototype change nothing', async () => {
  const path = '/api/v1/statements/main/actions/make';
  const body =
    '{"__proto__":{"from":"2026-01-01","polluted":1},"constructor":{"prototype":{"polluted":1}}}';
  const headers = { 'Content-Type': 'application/json' };
  const answer = await withToken(tokenOf('admin'), path, { method: 'POST', body, headers });
  const query = await withToken(tokenOf('admin'), '/api/v1/orders?__proto__=1&constructor=2');
  expect([answer.status, query.status]).toEqual([400, 400]);
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
});

it('what is far too large is refused, and the server goes on', async () => {
  const long = await withToken(tokenOf('admin'), `/api/v1/orders?number=${'9'.repeat(10_000)}`);
  const huge = await withToken(tokenOf('admin'), `/api/v1/orders?number=${'9'.repeat(100_000)}`);
  const deep = await withToken(tokenOf('admin'), '/api/v1/statements/main/actions/make', {
    ...{ method: 'POST', body: '['.repeat(60_000) },
    headers: { 'Content-Type': 'application/json' },
  });
  expect([long.status, huge.status, deep.status]).toEqual([400, 431, 400]);
  expect((await withToken(tokenOf('viewer'))).status).toBe(200);
});

it('a header that is broken over lines is no header', async () => {
  const raw = `GET /api/v1/orders HTTP/1.1\r\nHost: x\r\nConnection: close\r\nIf-None-Match: a\rX: b\r\nAuthorization: Bearer ${tokenOf('admin')}\r\n\r\n`;
  expect((await sendBytes(bench.url, raw)).status).toBe(400);
});

it('who guesses tokens is made to wait, and who has one is not', async () => {
  const statuses: number[] = [];
  let last: Response | undefined;
  for (let guess = 0; guess < 25; guess += 1) {
    last = await withToken(`guess-${guess}`);
    statuses.push(last.status);
  }
  expect(new Set(statuses)).toEqual(new Set([401, 429]));
  expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(last?.headers.get('content-type')).toContain('application/problem+json');
  expect((await withToken(tokenOf('viewer'))).status).toBe(200);
});
