import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MIGRATIONS } from '../../src/store/migrations/index.js';
import { openStore } from '../../src/store/open-store.js';
import {
  configure,
  openConnection,
  useWriteAheadLog,
} from '../../src/store/sqlite/open-connection.js';
import { sqliteTarget } from '../../src/store/sqlite/schema-target.js';
import { sqliteStore } from '../../src/store/sqlite/sqlite-store.js';
import type { Store } from '../../src/store/store.js';
import { headersFor, startWebhookServer, type WebhookServer } from '../support/webhooks.js';

/* A disk that is full for a while: 503, nothing lost that was acknowledged, and back by itself. */

const SECRET = 'whsec-plain-0001';
const SHOPS = [{ id: 'main', secrets: [SECRET], maxAgeDays: 92 }];
const LATER = '2026-11-21T00:00:00.000Z';
const clock = { now: () => 0 };

let folder: string;
let bench: WebhookServer | undefined;
let nextId: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'orderpark-disk-full-'));
  nextId = 1;
});
afterEach(async () => {
  await stopServer();
  rmSync(folder, { recursive: true, force: true });
});

async function stopServer(): Promise<void> {
  await bench?.stop();
  bench = undefined;
}

/** One delivery of an order that no other delivery is of; its id and the answer. */
async function deliver(): Promise<{ id: number; status: number }> {
  const id = nextId;
  nextId += 1;
  const body = JSON.stringify({ id });
  const url = `${bench?.server.url}/webhooks/woocommerce/main`;
  const { status } = await fetch(url, { method: 'POST', headers: headersFor(body, SECRET), body });
  return { id, status };
}

/** Deliveries, 50 at a time, until the answers are as wanted. */
async function deliverUntil(status: number, most: number): Promise<number[]> {
  const acknowledged: number[] = [];
  for (let sent = 0; sent < most; sent += 50) {
    const answers = await Promise.all(Array.from({ length: 50 }, deliver));
    acknowledged.push(...answers.filter((one) => one.status === 200).map(({ id }) => id));
    expect(answers.every((one) => one.status === 200 || one.status === 503)).toBe(true);
    if (answers.every((one) => one.status === status)) return acknowledged;
  }
  throw new Error(`no time came at which all were answered ${status}`);
}

async function storedIds(store: Store): Promise<Set<number | null>> {
  return new Set((await store.dueNudges('main', LATER, 1_000_000)).map(({ orderId }) => orderId));
}

/** The same for any disk: `fill` leaves no room, `free` gives it back. */
async function throughAFullDisk(
  store: Store,
  fill: () => void,
  free: () => void,
): Promise<number[]> {
  bench = await startWebhookServer({ store, shops: SHOPS });
  const acknowledged = await deliverUntil(200, 50);
  fill();
  // What was set aside already may still take some.
  acknowledged.push(...(await deliverUntil(503, 50_000)));
  // One alone may find room where fifty did not.
  for (let failures = 0; failures < 10; ) {
    const { id, status } = await deliver();
    if (status === 200) acknowledged.push(id);
    failures = status === 503 ? failures + 1 : 0;
  }
  expect(bench.troubles.at(-1)).toMatchObject({ name: 'StoreError' });
  const troubled = bench.troubles.length;
  free();
  acknowledged.push(...(await deliverUntil(200, 50)));
  expect(bench.troubles.slice(troubled)).toEqual([null]);
  const stored = await storedIds(store);
  expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
  expect(acknowledged.length).toBeGreaterThanOrEqual(100);
  return acknowledged;
}

describe('a database that may not grow (max_page_count)', () => {
  it('is 503 until it may, and loses nothing', async () => {
    const database = join(folder, 'orderpark.db');
    const waiting = { random: () => 0, timeoutMs: 1000 };
    const writer = await openConnection({ database, waiting, whenEmpty: 'create' });
    await sqliteTarget(writer).apply(MIGRATIONS);
    await useWriteAheadLog(writer);
    await configure(writer, 'writer');
    const reader = await openConnection({ database, waiting, whenEmpty: 'refuse' });
    await configure(reader, 'reader');
    const store = sqliteStore(writer, reader);
    const pages = Number(writer.native.pragma('page_count', { simple: true }));
    const allow = (most: number) => writer.native.pragma(`max_page_count = ${most}`);
    try {
      await throughAFullDisk(
        store,
        () => allow(pages + 4),
        () => allow(1_000_000),
      );
      expect(bench?.troubles).toContainEqual(expect.objectContaining({ kind: 'full' }));
    } finally {
      await stopServer();
      await store.close();
    }
  });
});

/** Why a small file system cannot be mounted here; undefined where it can. */
function whyNoMount(): string | undefined {
  if (process.platform !== 'linux') return 'only Linux has tmpfs';
  if (process.getuid?.() !== 0) return 'only root may mount';
  const place = mkdtempSync(join(tmpdir(), 'orderpark-mount-'));
  try {
    mount(place);
    unmount(place);
    return undefined;
  } catch (error) {
    // Where tests are to be complete, to leave it out unseen would be a lie.
    if (process.env['CI']) throw error;
    return `mount fails: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function mount(place: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', place], { stdio: 'pipe' });
}

function unmount(place: string): void {
  execFileSync('umount', [place], { stdio: 'pipe' });
}

const noMount = whyNoMount();

describe(`a file system of 6 MB${noMount === undefined ? '' : ` (left out: ${noMount})`}`, () => {
  it.skipIf(noMount !== undefined)(
    'that is full is 503 until there is room, and loses nothing',
    async () => {
      mount(folder);
      const database = join(folder, 'orderpark.db');
      const opened: Store[] = [];
      const open = async () => {
        const store = await openStore({ database, clock });
        opened.push(store);
        return store;
      };
      try {
        const filler = join(folder, 'filler');
        const acknowledged = await throughAFullDisk(
          await open(),
          () => fillUp(filler),
          () => rmSync(filler),
        );
        await stopServer();
        await opened[0]?.close();
        const again = await open();
        const stored = await storedIds(again);
        expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
        expect(await again.integrityProblems()).toEqual([]);
      } finally {
        // Whatever failed: a file system with open files cannot be unmounted.
        await stopServer();
        for (const store of opened) await store.close();
        unmount(folder);
      }
    },
  );
});

/** To the last byte. */
function fillUp(file: string): void {
  for (const size of [65_536, 4096, 1]) {
    try {
      for (;;) writeFileSync(file, Buffer.alloc(size), { flag: 'a' });
    } catch {
      // No room for one of this size: a smaller one.
    }
  }
}
