import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../tests/support/postgres.js';
import { MIGRATIONS } from '../migrations/index.js';
import type { Migration } from '../migrations/migration.js';
import { migrateDatabase, openStore } from '../open-store.js';
import { StoreError } from '../store-error.js';
import { exactInteger } from './integers.js';

const clock = { now: () => 0 };
const LATER: readonly Migration[] = [
  ...MIGRATIONS,
  { version: MIGRATIONS.length + 1, statements: () => ['create table later (id integer)'] },
];

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

async function execute(database: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  await client.query(statement);
  await client.end();
}

describe('opening a PostgreSQL store', () => {
  it('refuses a schema with the tables of another program', async () => {
    const database = await server.freshDatabase();
    await execute(database, 'create table wp_posts (id integer)');
    await expect(openStore({ database, clock })).rejects.toMatchObject({
      kind: 'foreign',
      message: expect.stringContaining('wp_posts'),
    });
  });

  it('refuses an older and a newer one; a migration takes the older further', async () => {
    const database = await server.freshDatabase();
    const store = await openStore({ database, clock });
    await store.transaction((tx) => tx.setCursor('main', 'orders', 'kept', ''));
    await store.close();
    const opening = openStore({ database, clock, migrations: LATER });
    await expect(opening).rejects.toMatchObject({ kind: 'older' });
    const done = await migrateDatabase({ database, clock, migrations: LATER });
    expect(done).toEqual({ from: MIGRATIONS.length, to: LATER.length });
    await expect(openStore({ database, clock })).rejects.toMatchObject({ kind: 'newer' });
    const later = await openStore({ database, clock, migrations: LATER });
    expect(await later.cursor('main', 'orders')).toBe('kept');
    await later.close();
  });

  it('makes nothing where it is not to', async () => {
    const database = await server.freshDatabase();
    const opening = openStore({ database, clock, whenEmpty: 'refuse' });
    await expect(opening).rejects.toMatchObject({ kind: 'missing' });
  });

  it('is made once when two open it at the same moment', async () => {
    const database = await server.freshDatabase();
    const stores = await Promise.all([
      openStore({ database, clock }),
      openStore({ database, clock }),
    ]);
    for (const store of stores) await store.close();
  });

  it('says that it cannot be reached, without the password (rule 11)', async () => {
    const database = 'postgres://me:s3cret@127.0.0.1:1/books';
    const error = await openStore({ database, clock }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'StoreError', kind: 'unavailable' });
    expect(everythingOf(error)).not.toContain('s3cret');
    const unreadable = 'postgres://me:s3cret#@:x/books';
    const other = await openStore({ database: unreadable, clock }).catch(
      (reason: unknown) => reason,
    );
    expect(other).toBeInstanceOf(StoreError);
    expect(everythingOf(other)).not.toContain('s3cret');
  });

  it('a broken connection is told as unavailable, and the next one works', async () => {
    const database = await server.freshDatabase();
    const store = await openStore({ database, clock });
    const cut = store.transaction(async (tx) => {
      await tx.setCursor('main', 'orders', 'lost', '');
      await execute(
        database,
        `select pg_terminate_backend(pid) from pg_locks where relation = 'cursors'::regclass`,
      );
      await tx.cursor('main', 'orders');
    });
    await expect(cut).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await store.cursor('main', 'orders')).toBeUndefined();
    await store.close();
  });
});

it('an integer that a number cannot hold exactly is refused', () => {
  expect(exactInteger('-9007199254740991')).toBe(Number.MIN_SAFE_INTEGER);
  expect(() => exactInteger('9007199254740993')).toThrow(StoreError);
});

/** The error with its causes and all their fields, as a careless logger would print it. */
function everythingOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = Object.getOwnPropertyNames(error).map((name) => String(Reflect.get(error, name)));
  return [...own, everythingOf(error.cause ?? '')].join(' ');
}
