import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isObject, type JsonObject, parseJson } from '../../src/demo/json.js';

const PROGRAM = new URL('../../src/demo/shop-process.ts', import.meta.url).pathname;

let folder: string;
const running = new Set<ChildProcess>();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'demo-shop-'));
});
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
  rmSync(folder, { recursive: true });
});

async function start(): Promise<{ url: string; child: ChildProcess }> {
  const state = join(folder, 'shop.json');
  const args = ['--import', 'tsx', PROGRAM, '--script', '60', '--state', state];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  running.add(child);
  for await (const line of createInterface({ input: child.stdout })) {
    const said = parseJson(line);
    if (isObject(said) && typeof said['url'] === 'string') return { url: said['url'], child };
  }
  throw new Error('the demo shop ended before it said its address');
}

async function control(url: string, what: string, body?: JsonObject): Promise<JsonObject> {
  const answer = await fetch(`${url}/__demo/${what}`, {
    method: body === undefined ? 'GET' : 'POST',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const said = parseJson(await answer.text());
  if (!answer.ok || !isObject(said)) throw new Error(`${what} failed with ${answer.status}`);
  return said;
}

it('runs on its own, is driven over its control address, and finds its orders again after a kill', async () => {
  const first = await start();
  const toMs = Date.parse('2026-10-20T00:00:00Z');
  const driven = await control(first.url, 'advance', { toMs });
  expect(driven).toMatchObject({ nowMs: toMs });
  expect(driven['orders']).toBeGreaterThan(20);
  await control(first.url, 'faults', { rates: { 'bad-gateway': 1 } });
  expect((await fetch(`${first.url}/wp-json/`)).status).toBe(502);
  await control(first.url, 'save', {});
  first.child.kill('SIGKILL');

  const second = await start();
  const found = await control(second.url, 'state');
  expect(found).toMatchObject({ nowMs: toMs, orders: driven['orders'] ?? null });
});
