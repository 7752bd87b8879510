import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MIGRATIONS } from './migrations/index.js';
import type { Migration } from './migrations/migration.js';
import { migrateDatabase, openStore } from './open-store.js';
import { loadSqlite, type NativeDatabase } from './sqlite/native.js';

let folder: string;
let database: string;
const clock = { now: () => Date.parse('2026-11-20T14:51:59.000Z') };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'orderpark-open-'));
  database = join(folder, 'orderpark.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The schema of a later orderpark. */
const LATER: readonly Migration[] = [
  ...MIGRATIONS,
  { version: MIGRATIONS.length + 1, statements: () => ['create table later (id integer)'] },
];

async function made(migrations = MIGRATIONS): Promise<void> {
  const store = await openStore({ database, clock, migrations });
  await store.transaction((tx) => tx.setCursor('main', 'orders', 'kept', ''));
  await store.close();
}

async function cursorIn(file: string, migrations = MIGRATIONS): Promise<string | undefined> {
  const store = await openStore({ database: file, clock, migrations });
  try {
    return await store.cursor('main', 'orders');
  } finally {
    await store.close();
  }
}

async function withNative<T>(work: (native: NativeDatabase) => T): Promise<T> {
  const Native = await loadSqlite();
  const native = new Native(database);
  try {
    return work(native);
  } finally {
    native.close();
  }
}

describe('opening an SQLite store', () => {
  it('makes the file and its folder', async () => {
    database = join(folder, 'data/new/orderpark.db');
    await made();
    expect(await cursorIn(database)).toBe('kept');
  });

  it('makes no file where it is not to', async () => {
    const opening = openStore({ database, clock, whenEmpty: 'refuse' });
    await expect(opening).rejects.toMatchObject({
      kind: 'missing',
      fix: expect.stringMatching(/run/),
    });
    expect(existsSync(database)).toBe(false);
  });

  it('uses a write-ahead log, so that readers and the writer do not wait for each other', async () => {
    await made();
    expect(await withNative((native) => native.pragma('journal_mode', { simple: true }))).toBe(
      'wal',
    );
  });

  it('refuses a file that is no database, and leaves it as it is', async () => {
    const text = 'Dear accountant, '.repeat(100);
    writeFileSync(database, text);
    await expect(openStore({ database, clock })).rejects.toMatchObject({ kind: 'foreign' });
    expect(readFileSync(database, 'utf8')).toBe(text);
  });

  it('refuses the database of another program, and leaves it as it is', async () => {
    await withNative((native) => native.exec('create table wp_posts (id integer)'));
    const before = readFileSync(database);
    await expect(openStore({ database, clock })).rejects.toMatchObject({
      kind: 'foreign',
      message: expect.stringContaining('wp_posts'),
    });
    expect(readFileSync(database).equals(before)).toBe(true);
    await expect(migrateDatabase({ database, clock })).rejects.toMatchObject({ kind: 'foreign' });
  });

  it('refuses a newer one', async () => {
    await made(LATER);
    await expect(openStore({ database, clock })).rejects.toMatchObject({ kind: 'newer' });
    await expect(migrateDatabase({ database, clock })).rejects.toMatchObject({ kind: 'newer' });
  });

  it('refuses an older one and says what to run', async () => {
    await made();
    await expect(openStore({ database, clock, migrations: LATER })).rejects.toMatchObject({
      kind: 'older',
      fix: expect.stringContaining('orderpark migrate'),
    });
  });

  it('refuses a damaged one', async () => {
    await made();
    const bytes = readFileSync(database);
    bytes.fill(0xa5, 100, 4096);
    writeFileSync(database, bytes);
    await expect(openStore({ database, clock })).rejects.toMatchObject({ kind: 'corrupt' });
  });

  it('finds damage in the pages', async () => {
    const store = await openStore({ database, clock });
    await store.transaction(async (tx) => {
      for (let n = 0; n < 200; n += 1) await tx.setCursor('main', `name-${n}`, 'x'.repeat(200), '');
    });
    await store.close();
    const bytes = readFileSync(database);
    const page = bytes.indexOf('x'.repeat(100));
    bytes.fill(0xa5, page - (page % 4096) + 8, page - (page % 4096) + 200);
    writeFileSync(database, bytes);
    const damaged = await openStore({ database, clock });
    const problems = await damaged.integrityProblems();
    await damaged.close();
    expect(problems.length).toBeGreaterThan(0);
  });

  it('says so when the place cannot be used', async () => {
    writeFileSync(join(folder, 'file'), '');
    const inFile = openStore({ database: join(folder, 'file/orderpark.db'), clock });
    await expect(inFile).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(openStore({ database: folder, clock })).rejects.toMatchObject({
      kind: 'unavailable',
    });
  });

  it('is made once when two open it at the same moment', async () => {
    const stores = await Promise.all([
      openStore({ database, clock }),
      openStore({ database, clock }),
    ]);
    await stores[0].transaction((tx) => tx.setCursor('main', 'orders', 'kept', ''));
    expect(await stores[1].cursor('main', 'orders')).toBe('kept');
    for (const store of stores) await store.close();
  });
});

describe('migrating an SQLite store', () => {
  it('copies the file aside and then upgrades it, keeping what it holds', async () => {
    await made();
    const done = await migrateDatabase({ database, clock, migrations: LATER });
    const copy = `${database}.v${MIGRATIONS.length}-20261120T145159Z`;
    expect(done).toEqual({ from: MIGRATIONS.length, to: LATER.length, copy });
    expect(await cursorIn(database, LATER)).toBe('kept');
    expect(await cursorIn(copy)).toBe('kept');
  });

  it('does nothing, and makes no copy, where nothing is to do', async () => {
    await made();
    const version = MIGRATIONS.length;
    expect(await migrateDatabase({ database, clock })).toEqual({ from: version, to: version });
    expect(readdirSync(folder)).toEqual(['orderpark.db']);
  });

  it('makes a database where there is none', async () => {
    const done = await migrateDatabase({ database, clock });
    expect(done).toEqual({ from: 0, to: MIGRATIONS.length });
    expect(await cursorIn(database)).toBeUndefined();
  });

  it('a step that fails leaves the version before it', async () => {
    await made();
    const failing: readonly Migration[] = [
      ...LATER,
      {
        version: LATER.length + 1,
        statements: () => ['create table half (id integer)', 'nonsense'],
      },
    ];
    await expect(migrateDatabase({ database, clock, migrations: failing })).rejects.toThrow(
      /nonsense/,
    );
    expect(await cursorIn(database, LATER)).toBe('kept');
    const tables = await withNative((native) =>
      native.prepare(`select name from sqlite_master where name = 'half'`).all(),
    );
    expect(tables).toEqual([]);
  });
});
