import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { instantOf } from '../orders/time.js';
import { openStore } from '../store/open-store.js';
import type { RunEnd, RunKind, Store } from '../store/store.js';
import { type ReadinessDeps, readinessChecks } from './readiness.js';

const NOW = Date.parse('2026-11-20T12:00:00.000Z');
const ago = (minutes: number) => NOW - minutes * 60_000;

let folder: string;
let store: Store;
const clock = { now: () => NOW };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'orderpark-ready-'));
  store = await openStore({ database: join(folder, 'orderpark.db'), clock });
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

async function health(name: string, more: Partial<ReadinessDeps> = {}) {
  const checks = readinessChecks({
    store,
    clock,
    atWorkSinceMs: ago(600),
    shops: ['main'],
    books: [{ id: 'journal', pause: async () => undefined }],
    poll: '*/15 * * * *',
    zone: 'Europe/Amsterdam',
    lastBeatMs: () => ago(1),
    ...more,
  });
  const check = checks.find((one) => one.name === name);
  if (!check) throw new Error(`no check ${name}`);
  return check.look();
}

async function run(kind: RunKind, minutes: number, state?: RunEnd['state'], error?: string) {
  await store.transaction(async (tx) => {
    const startedAt = instantOf(ago(minutes));
    const id = await tx.addRun({ kind, subject: 'main', localDate: null, startedAt });
    if (!state) return;
    await tx.finishRun(id, { state, endedAt: startedAt, counts: {}, error: error ?? null });
  });
}

test('the database can be read', async () => {
  expect(await health('database')).toMatchObject({ ok: true });
  const broken = {
    ...store,
    claims: async () => {
      throw new Error('gone');
    },
    runs: store.runs,
  };
  await expect(health('database', { store: broken })).rejects.toThrow('gone');
});

test.each([
  ['beats', ago(2), true],
  ['has stopped', ago(3), false],
  ['has not begun', undefined, false],
])('the heart %s', async (_, last, ok) => {
  expect(await health('schedules', { lastBeatMs: () => last })).toMatchObject({ ok });
});

test('a shop is well for three intervals after its last good poll', async () => {
  await run('poll', 44, 'done');
  await run('poll', 2, 'failed', 'HTTP 500');
  expect(await health('shop main')).toMatchObject({ ok: true });
});

test('and then not, with the error since', async () => {
  await run('poll', 61, 'done');
  await run('poll', 2, 'failed', 'HTTP 500');
  expect(await health('shop main')).toEqual({
    ok: false,
    detail: `polled at ${instantOf(ago(61))}; since then: HTTP 500`,
  });
});

test('intervals are those of the schedule: at night it may be silent', async () => {
  await run('poll', 61, 'done');
  expect(await health('shop main', { poll: '0 8-10 * * *' })).toMatchObject({ ok: true });
});

test('the time before this process began does not count', async () => {
  await run('poll', 3000, 'done');
  expect(await health('shop main', { atWorkSinceMs: ago(5) })).toMatchObject({ ok: true });
});

test('a first read may take its time', async () => {
  await run('backfill', 500);
  expect(await health('shop main')).toEqual({ ok: true, detail: 'its first read goes on' });
});

test('a first read that fails is said', async () => {
  await run('backfill', 5, 'failed', 'HTTP 401');
  expect(await health('shop main')).toEqual({
    ok: false,
    detail: 'not polled yet; since then: HTTP 401',
  });
});

test('paused books are not well', async () => {
  const since = instantOf(ago(30));
  const pause = async () => ({ since, reason: 'no connection' });
  expect(await health('books journal', { books: [{ id: 'journal', pause }] })).toEqual({
    ok: false,
    detail: `paused since ${since}: no connection`,
  });
  expect(await health('books journal')).toMatchObject({ ok: true });
});
