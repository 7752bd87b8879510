import { randomBytes } from 'node:crypto';
import express from 'express';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROLES, type Role } from '../../src/access/roles.js';
import { createSessions, formTokenOf } from '../../src/access/sessions.js';
import { FORM_TOKEN_FIELD } from '../../src/server/mount-pages.js';
import type { Route } from '../../src/server/route.js';
import { openWeb, tokenOf, type WebBench } from '../support/web.js';

/* Every route, asked by every role and by nobody. The table is made from the routes themselves. */

let bench: WebBench;
beforeAll(async () => {
  bench = await openWeb();
});
afterAll(() => bench.close());

type Who = Role | 'nobody';
type Way = 'page' | 'api';

async function outcomeOf(
  route: Route,
  way: Way,
  who: Who,
): Promise<'in' | 'login' | '401' | '403'> {
  const path = route.path.replace(/[:*](\w+)/g, '1');
  const headers = new Headers();
  let body: string | undefined;
  if (who !== 'nobody' && way === 'api') headers.set('Authorization', `Bearer ${tokenOf(who)}`);
  if (who !== 'nobody' && way === 'page') {
    const cookie = await sessionOf(who);
    headers.set('Cookie', `orderpark=${cookie}`);
    body = `${FORM_TOKEN_FIELD}=${formTokenOf(cookie)}`;
  }
  if (way === 'page') headers.set('Content-Type', 'application/x-www-form-urlencoded');
  const aborter = new AbortController();
  const answer = await fetch(`${bench.url}${path}`, {
    method: route.method,
    ...{ headers, redirect: 'manual', signal: aborter.signal },
    ...(route.method === 'GET' || body === undefined ? {} : { body }),
  });
  // A stream of events has no end.
  aborter.abort();
  if (answer.status === 403) return '403';
  if (answer.headers.get('location')?.startsWith('/login?to=')) return 'login';
  return answer.status === 401 && route.needs !== null ? '401' : 'in';
}

async function sessionOf(role: Role): Promise<string> {
  const { store, clock } = bench.app;
  return createSessions({ store, clock, randomBytes, hours: 1 }).open(`token:${role}`);
}

it('each role reaches what it may reach, and nothing else', async () => {
  const whos: readonly Who[] = ['nobody', ...ROLES];
  const rows: string[] = [];
  for (const way of ['page', 'api'] as const) {
    const routes = way === 'page' ? bench.web.pages : bench.web.api.routes;
    for (const route of routes) {
      const outcomes: string[] = [];
      for (const who of whos) outcomes.push((await outcomeOf(route, way, who)).padEnd(10));
      rows.push(
        `${route.method.padEnd(6)} ${route.path.padEnd(56)} ${(route.needs ?? '-').padEnd(10)}${outcomes.join('')}`.trimEnd(),
      );
    }
  }
  const head = `${'route'.padEnd(64)}${'needs'.padEnd(10)}${whos.map((who) => who.padEnd(10)).join('')}`;
  const table = `${[head.trimEnd(), ...rows.toSorted()].join('\n')}\n`;
  await expect(table).toMatchFileSnapshot('authorization.table.txt');
});

it('nothing is mounted beside the lists', () => {
  const app = express();
  bench.web.mount(app);
  const mounted = app.router.stack.flatMap(({ route }) => (route ? [route.path] : []));
  const listed = [...bench.web.pages, ...bench.web.api.routes].map(({ path }) => path);
  expect(new Set(mounted)).toEqual(new Set(listed));
});
