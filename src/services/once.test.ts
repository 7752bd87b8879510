import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSecretKey } from '../runtime/secret-key.js';
import { openStore } from '../store/open-store.js';
import type { Store } from '../store/store.js';
import { createOnce, type DoOnce } from './once.js';

let folder: string;
let store: Store;
let once: DoOnce;
let nowMs = Date.parse('2026-11-20T12:00:00.000Z');
const clock = { now: () => nowMs };
const secretKey = createSecretKey({ configured: 'a key of the tests, of more than 32 characters' });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'orderpark-once-'));
  store = await openStore({ database: join(folder, 'orderpark.db'), clock });
  once = createOnce({ store, clock, secretKey });
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const wanted = { principal: 'eva', key: 'k', request: 'r', isSecret: false };

/** Work that is counted, and ends as it is told each time. */
function work(...ends: readonly ('done' | 'refused' | 'failed')[]) {
  const calls: number[] = [];
  const act = async () => {
    const end = ends[calls.length] ?? 'done';
    calls.push(calls.length + 1);
    if (end === 'failed') throw new Error('no');
    return end === 'done'
      ? { kind: 'done' as const, body: { call: calls.length } }
      : { kind: 'refused' as const, why: `refused ${calls.length}` };
  };
  return { act, calls };
}

it('what was done is not done again, for a day', async () => {
  const { act, calls } = work();
  const answer = { kind: 'done', body: { call: 1 } };
  expect(await once(wanted, act)).toEqual({ ...answer, isReplayed: false });
  expect(await once(wanted, act)).toEqual({ ...answer, isReplayed: true });
  expect(await once({ ...wanted, request: 'x' }, act)).toEqual({ kind: 'another-request' });
  expect(calls).toHaveLength(1);
  expect(await once({ ...wanted, principal: 'sam' }, act)).toMatchObject({ body: { call: 2 } });
  nowMs += 25 * 3_600_000;
  expect(await once(wanted, act)).toMatchObject({ body: { call: 3 }, isReplayed: false });
});

it('what was refused or failed is not kept', async () => {
  const { act } = work('refused', 'failed', 'done');
  expect(await once(wanted, act)).toEqual({ kind: 'refused', why: 'refused 1' });
  await expect(once(wanted, act)).rejects.toThrow('no');
  expect(await once(wanted, act)).toMatchObject({ body: { call: 3 }, isReplayed: false });
});

it('of two at once the second waits, and tries itself where the first was refused', async () => {
  const both = work();
  const [one, two] = await Promise.all([once(wanted, both.act), once(wanted, both.act)]);
  expect([one, two]).toMatchObject([{ isReplayed: false }, { isReplayed: true }]);
  const again = work('refused', 'done');
  const other = { ...wanted, key: 'other' };
  const [first, second] = await Promise.all([once(other, again.act), once(other, again.act)]);
  expect([first, second]).toMatchObject([{ kind: 'refused' }, { body: { call: 2 } }]);
});

it('what another process is at is not done beside it', async () => {
  const elsewhere = createOnce({ store, clock, secretKey });
  const { act } = work();
  const within = await once(wanted, async () => {
    expect(await elsewhere(wanted, act)).toEqual({ kind: 'under-way' });
    return { kind: 'done', body: 1 };
  });
  expect(within).toMatchObject({ kind: 'done', body: 1 });
});

it('an answer with a secret is kept sealed, and opened with the same key alone', async () => {
  const asked = { ...wanted, isSecret: true };
  const act = async () => ({ kind: 'done' as const, body: { secret: 'whsec_1' } });
  await once(asked, act);
  const kept = await store.transaction((tx) =>
    tx.takeIdempotencyKey({ ...wanted, request: '', expiresAt: '9' }, '0'),
  );
  expect(kept?.answer).toMatch(/^v1\./);
  expect(await once(asked, act)).toMatchObject({ body: { secret: 'whsec_1' }, isReplayed: true });
  const other = createSecretKey({ configured: 'another key, of more than 32 characters, too' });
  const stranger = createOnce({ store, clock, secretKey: other });
  expect(await stranger(asked, act)).toMatchObject({ kind: 'unreadable' });
});
