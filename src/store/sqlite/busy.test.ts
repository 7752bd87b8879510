import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTick } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore } from '../open-store.js';
import type { Store } from '../store.js';
import { driverNameFor } from './native.js';

const clock = { now: () => 0 };
let folder: string;
let database: string;
let store: Store;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'orderpark-busy-'));
  database = join(folder, 'orderpark.db');
  store = await openStore({ database, clock });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Another process that holds the write lock until it is told to let go. */
const HOLDER = `
  const [driver, path] = process.argv.slice(1);
  const Database = require(driver);
  const db = new Database(path);
  db.exec("begin immediate; insert into cursors values ('main', 'theirs', 'kept', '')");
  process.stdout.write('locked');
  process.stdin.once('data', () => { db.exec('commit'); db.close(); process.exit(0); });
`;

async function otherProcess(): Promise<ChildProcess> {
  const driver = createRequire(import.meta.url).resolve(driverNameFor(process.versions.node));
  const child = spawn(process.execPath, ['-e', HOLDER, driver, database], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  if (child.stdout) await once(child.stdout, 'data');
  return child;
}

it('while another process holds the lock, the loop turns and reads are answered; then it writes', async () => {
  const child = await otherProcess();
  let written = false;
  const writing = store
    .transaction((tx) => tx.setCursor('main', 'ours', 'kept', ''))
    .then(() => {
      written = true;
    });
  for (let turns = 0; turns < 2_000; turns += 1) await nextTick();
  expect(await store.cursor('main', 'ours')).toBeUndefined();
  expect(written).toBe(false);
  child.stdin?.write('let go');
  await Promise.all([writing, once(child, 'exit')]);
  expect(await store.cursor('main', 'ours')).toBe('kept');
  expect(await store.cursor('main', 'theirs')).toBe('kept');
});

it('a lock that is never let go ends in an error that says so, and writes nothing', async () => {
  const child = await otherProcess();
  const impatient = await openStore({ database, clock, busyTimeoutMs: 30 });
  const writing = impatient.transaction((tx) => tx.setCursor('main', 'ours', 'lost', ''));
  await expect(writing).rejects.toMatchObject({ name: 'StoreError', kind: 'busy' });
  child.stdin?.write('let go');
  await once(child, 'exit');
  expect(await impatient.cursor('main', 'ours')).toBeUndefined();
  await impatient.close();
});

it('a read does not wait for a transaction of the same process', async () => {
  await store.transaction(async (tx) => {
    await tx.setCursor('main', 'ours', 'not yet', '');
    expect(await store.cursor('main', 'ours')).toBeUndefined();
  });
  expect(await store.cursor('main', 'ours')).toBe('not yet');
});
