import { request } from 'node:http';
import type { Express } from 'express';
import { afterEach, expect, test } from 'vitest';
import type { HealthCheck } from '../runtime/health-check.js';
import { createLogger } from '../runtime/logger.js';
import { createMetrics } from '../runtime/metrics.js';
import { mountHealth } from './health.js';
import { mountMetrics } from './metrics.js';
import { mountRequestLog, withoutValues } from './request-log.js';
import { type RunningServer, startServer } from './server.js';

const TOKEN = 'operators-own-token-1';
const silent = createLogger({ level: 'silent', format: 'json' });
let server: RunningServer | undefined;
afterEach(async () => {
  await server?.stop(0);
  server = undefined;
});

async function serve(mount: (app: Express) => void): Promise<string> {
  server = await startServer({ host: '127.0.0.1', port: 0, trustProxy: 0, logger: silent, mount });
  return server.url;
}

const check = (name: string, look: HealthCheck['look']): HealthCheck => ({ name, look });
const well = check('database', async () => ({ ok: true, detail: 'it can be read' }));

test('alive, whatever else is wrong', async () => {
  const bad = check('database', async () => ({ ok: false, detail: '' }));
  const url = await serve((app) => mountHealth(app, { checks: [bad] }));
  const answer = await fetch(`${url}/healthz`, { headers: { 'x-forwarded-for': '203.0.113.9' } });
  expect([answer.status, await answer.text()]).toEqual([200, 'ok\n']);
});

test('ready where every check says so', async () => {
  const url = await serve((app) => mountHealth(app, { checks: [well] }));
  const answer = await fetch(`${url}/readyz`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(await answer.json()).toEqual({
    ready: true,
    checks: [{ name: 'database', ok: true, detail: 'it can be read' }],
  });
});

test('else 503, with what it is; a check that throws or hangs is not so, and tells no secret', async () => {
  const checks = [
    well,
    check('shop main', async () => ({ ok: false, detail: 'not polled' })),
    check('books journal', async () => {
      throw new Error(`no connection to postgres://me:pass1234@db`);
    }),
    check('slow', () => new Promise(() => undefined)),
  ];
  const url = await serve((app) => mountHealth(app, { checks, timeoutMs: 50 }));
  const answer = await fetch(`${url}/readyz`);
  expect(answer.status).toBe(503);
  expect(await answer.json()).toEqual({
    ready: false,
    checks: [
      { name: 'database', ok: true, detail: 'it can be read' },
      { name: 'shop main', ok: false, detail: 'not polled' },
      {
        name: 'books journal',
        ok: false,
        detail: 'no connection to postgres://[redacted]@db',
      },
      { name: 'slow', ok: false, detail: 'no answer within 0.05 s' },
    ],
  });
});

const FROM_PROXY = { 'x-forwarded-for': '203.0.113.9' };

test.each<[string, string | undefined, Record<string, string>, number]>([
  ['this machine', undefined, {}, 200],
  ['this machine, with a token configured', TOKEN, {}, 200],
  ['through a proxy', undefined, FROM_PROXY, 404],
  ['through a proxy, with nothing to show', TOKEN, FROM_PROXY, 401],
  ['with a wrong token', TOKEN, { ...FROM_PROXY, authorization: 'Bearer x' }, 401],
  ['with the token', TOKEN, { ...FROM_PROXY, authorization: `Bearer ${TOKEN}` }, 200],
  ['a token where none is configured', undefined, { ...FROM_PROXY, authorization: 'Bearer ' }, 404],
  ['a page that has its own name lead here', undefined, { host: 'evil.example' }, 404],
])('%s', async (_, token, headers, status) => {
  const more = token === undefined ? {} : { token };
  const url = await serve((app) => {
    mountHealth(app, { checks: [well], ...more });
    mountMetrics(app, { metrics: createMetrics(), ...more });
  });
  expect(await statusOf(`${url}/readyz`, headers)).toBe(status);
  expect(await statusOf(`${url}/metrics`, headers)).toBe(status);
});

test('metrics in the words of Prometheus', async () => {
  const metrics = createMetrics();
  metrics.received('main', 'nudge');
  const url = await serve((app) => mountMetrics(app, { metrics }));
  const answer = await fetch(`${url}/metrics`);
  expect(answer.headers.get('content-type')).toContain('text/plain');
  expect(await answer.text()).toContain(
    'orderpark_deliveries_total{shop="main",receipt="nudge"} 1',
  );
});

test.each([
  ['/a/b', '/a/b'],
  ['/webhook.php?licensekey=SECRET', '/webhook.php?licensekey=…'],
  ['/webhook.php?a=1&licenseKey=SECRET=&SECRET', '/webhook.php?a=…&licenseKey=…&…'],
  ['/webhook.php?SECRET', '/webhook.php?…'],
  ['/webhook.php?x=1?licensekey=SECRET', '/webhook.php?x=…'],
])('of the address %s no value is logged', (url, logged) => {
  expect(withoutValues(url)).toBe(logged);
});

test('requests are logged at debug, with no value of their query and no header', async () => {
  const lines: string[] = [];
  const logger = createLogger({
    level: 'debug',
    format: 'json',
    write: (line) => lines.push(line),
  });
  const url = await serve((app) => {
    mountRequestLog(app, { logger, level: 'debug' });
    mountHealth(app, { checks: [well] });
  });
  await fetch(`${url}/healthz?licensekey=SECRET-1`, { headers: { cookie: 'SECRET-2' } });
  await fetch(`${url}/nothing`, { method: 'POST', body: 'SECRET-3' });
  await server?.stop(0);
  expect(lines.join()).not.toContain('SECRET');
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    {
      level: 20,
      msg: 'request',
      req: { method: 'GET', url: '/healthz?licensekey=…', from: '127.0.0.1' },
      res: { status: 200 },
    },
    { level: 20, req: { method: 'POST', url: '/nothing' }, res: { status: 404 } },
  ]);
});

test('at other levels requests are not logged, and cost nothing', async () => {
  const lines: string[] = [];
  const logger = createLogger({ level: 'info', format: 'json', write: (line) => lines.push(line) });
  const url = await serve((app) => {
    mountRequestLog(app, { logger, level: 'info' });
    mountHealth(app, { checks: [well] });
  });
  await fetch(`${url}/healthz`);
  expect(lines).toEqual([]);
});

/** `fetch` sends no host of one's own. */
function statusOf(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on('error', reject).end();
  });
}
