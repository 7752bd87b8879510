import { afterEach, expect, it } from 'vitest';
import { createLogger } from '../runtime/logger.js';
import { type ApiOptions, mountApi } from './mount-api.js';
import { Problem } from './problem.js';
import type { Route } from './route.js';
import { type RunningServer, startServer } from './server.js';

const logger = createLogger({ level: 'silent', format: 'json' });
let server: RunningServer | undefined;
afterEach(() => server?.stop(0));

const errors: [unknown, string][] = [];

async function start(handle: Route['handle'], more: Partial<ApiOptions> = {}) {
  const routes: Route[] = [{ method: 'GET', path: '/api/x', needs: 'read', handle }];
  const options: ApiOptions = {
    routes,
    access: { byToken: async (name) => ({ name, role: 'viewer' }) },
    onError: (error, path) => errors.push([error, path]),
    ...more,
  };
  const mount: Parameters<typeof startServer>[0]['mount'] = (app) => mountApi(app, options);
  server = await startServer({ host: '127.0.0.1', port: 0, trustProxy: 0, logger, mount });
  const { url } = server;
  return (token: string) =>
    fetch(`${url}/api/x?secret=1`, { headers: { Authorization: `Bearer ${token}` } });
}

it('an error of ours is answered without its details, and told without the query', async () => {
  const error = new Error('the inner detail');
  const ask = await start(() => Promise.reject(error));
  const answer = await ask('a');
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    500,
    'application/problem+json; charset=utf-8',
  ]);
  expect(await answer.text()).not.toContain('inner');
  expect(errors).toEqual([[error, '/api/x']]);
});

it('a problem carries its fix', async () => {
  const ask = await start(() => {
    throw new Problem(502, 'It is down.', { fix: 'Start it.' });
  });
  const answer = await ask('a');
  expect(await answer.json()).toMatchObject({
    status: 502,
    detail: 'It is down.',
    fix: 'Start it.',
  });
});

it('who asks too often is made to wait, and nobody else is', async () => {
  const ask = await start(() => ({ kind: 'json', body: {} }), { requestsAMinute: 2 });
  const statuses = [await ask('a'), await ask('a'), await ask('a')];
  expect(statuses.map(({ status }) => status)).toEqual([200, 200, 429]);
  expect(Number(statuses[2]?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await ask('b')).status).toBe(200);
});
