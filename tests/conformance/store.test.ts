import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { loadSqlite } from '../../src/store/sqlite/native.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { storeConformance } from './store.js';

let folder: string;
let server: PostgresServer;
let count = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'orderpark-store-'));
  server = await startPostgres();
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

storeConformance({
  kind: 'sqlite',
  freshDatabase: async () => {
    count += 1;
    return join(folder, `store-${count}.db`);
  },
  tamper: async (database, statement) => {
    const Native = await loadSqlite();
    const native = new Native(database);
    try {
      native.exec(statement);
    } finally {
      native.close();
    }
  },
});

storeConformance({
  kind: 'postgres',
  freshDatabase: () => server.freshDatabase(),
  tamper: async (database, statement) => {
    const client = new pg.Client({ connectionString: database });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  },
});
