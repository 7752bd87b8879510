import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { EXIT } from '../../src/cli/exit-codes.js';
import { systemClock } from '../../src/runtime/clock.js';
import type { OrderJson } from '../../src/shapes/order.js';
import { openStore } from '../../src/store/open-store.js';
import { loadSqlite } from '../../src/store/sqlite/native.js';
import { documentFiles } from '../support/journal-folder.js';
import { type OwnerFile, writeOwnerFile } from '../support/owner-file.js';
import { buildProgram, type Ended, type Program, type Running, until } from '../support/program.js';
import { type ShopProcess, startShopProcess } from '../support/shop-process.js';

const ORDERS = 40;
/** The schedule strikes on New Year's night only: what happens here, the tests cause. */
const RARELY = '0 3 1 1 *';

let program: Program;
let shop: ShopProcess;
let folder: string;
let config: string;

beforeAll(() => {
  program = buildProgram();
});
afterAll(() => program?.remove());

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'orderpark-daemon-'));
  const start = new Date(Date.now() - 60_000).toISOString();
  shop = await startShopProcess(join(program.dist, 'demo/shop-process.js'), [
    ...['--orders', `${ORDERS}`, '--start', start, '--state', join(folder, 'shop.json')],
  ]);
  config = configure({ shops: [{ url: shop.url }] });
});
afterEach(async () => {
  await program.stopAll();
  await shop.stop();
  rmSync(folder, { recursive: true, force: true });
});

const configure = ({ shops, more }: OwnerFile): string =>
  writeOwnerFile(folder, { shops, more: { poll: RARELY, ...more } });
const start = (...args: string[]): Running => program.start([...args, '--config', config]);
const run = (...args: string[]): Promise<Ended> => start(...args).ended;

/** The daemon, once it has read the shop to the end. */
async function startedDaemon(): Promise<Running> {
  const daemon = start('run');
  await until(
    () => daemon.output.err.includes('refund-sweep done'),
    () => daemon.output.err,
  );
  return daemon;
}

async function stop(daemon: Running, signal: NodeJS.Signals): Promise<Ended> {
  daemon.child.kill(signal);
  return daemon.ended;
}

async function orders(): Promise<OrderJson[]> {
  return JSON.parse((await run('orders', 'list', '--json')).out);
}

/** Slow enough that no test sees the end of an answer. */
const STUCK = { rates: { slow: 1 }, slowMs: 600_000 };
const SMOOTH = { rates: {} };

/** Until the shop has been asked `more` times more. */
async function untilAsked(more: number, running: Running): Promise<void> {
  const before = await shop.requests();
  await until(
    async () => (await shop.requests()) >= before + more,
    () => running.output.err,
  );
}

it('reads the shop and books at its start, and ends with 0 at SIGTERM', async () => {
  const daemon = await startedDaemon();
  const known = await orders();
  const forwarded = known.filter(({ state }) => state === 'forwarded');
  expect(known).toHaveLength(ORDERS);
  expect(forwarded.length).toBeGreaterThan(ORDERS / 2);
  await until(() => documentFiles(join(folder, 'books')).length === forwarded.length);
  expect(await stop(daemon, 'SIGTERM')).toMatchObject({ code: EXIT.done, signal: null });
  expect(daemon.output.err).toContain('orderpark stopped');
});

it('is refused beside another daemon of the same file, which is named', async () => {
  const first = await startedDaemon();
  const second = await run('run');
  expect(second.code).toBe(EXIT.busy);
  expect(second.err).toContain(`process ${first.child.pid} on `);
  expect(second.err).toContain('Stop that one first');
  expect(first.child.exitCode).toBeNull();
});

it('lets every other command work beside it', async () => {
  expect(await run('poll')).toMatchObject({ code: EXIT.done });
  // With a batch done the daemon has none to do, whatever the time of day.
  expect(await run('batch')).toMatchObject({ code: EXIT.done });
  const daemon = await startedDaemon();
  const commands = [
    ['poll'],
    ['export'],
    ['batch', '--force'],
    ['orders', 'list'],
    ['documents', 'list'],
    ['statement'],
    ['check'],
  ];
  for (const args of commands) {
    expect(await run(...args), args.join(' ')).toMatchObject({ code: EXIT.done });
  }
  expect(daemon.child.exitCode).toBeNull();
}, 60_000);

it('stops in the middle of a first read, and goes on there at the next start', async () => {
  const since = '2020-01-01T00:00:00.000Z';
  await shop.control('faults', { rates: { slow: 1 }, slowMs: 100 });
  const daemon = start('run');
  await untilAsked(8, daemon);
  await shop.control('faults', STUCK);
  await untilAsked(1, daemon);
  expect(await stop(daemon, 'SIGTERM')).toMatchObject({ code: EXIT.done, signal: null });

  const reached = await backfillReached();
  expect(reached > since, `it had reached ${reached}`).toBe(true);
  await shop.control('faults', SMOOTH);
  const before = await shop.requests();
  await startedDaemon();
  const resumed = (await shop.requests()) - before;
  expect(await orders()).toHaveLength(ORDERS);

  const anew = await requestsOfFirstRead();
  expect(resumed, 'fewer requests than for all of it').toBeLessThan(anew);
});

/** Up to which creation date the first read has come. */
async function backfillReached(): Promise<string> {
  const store = await openStore({
    database: join(folder, 'orderpark.db'),
    clock: systemClock,
    random: Math.random,
  });
  try {
    const plan: { next: string } = JSON.parse((await store.cursor('main', 'backfill')) ?? '{}');
    return plan.next;
  } finally {
    await store.close();
  }
}

async function requestsOfFirstRead(): Promise<number> {
  const before = await shop.requests();
  config = configure({
    shops: [{ url: shop.url }],
    more: { database: join(folder, 'anew.db') },
  });
  expect(await run('poll')).toMatchObject({ code: EXIT.done });
  return (await shop.requests()) - before;
}

it('is started again at once after kill -9, and takes over its claims', async () => {
  await shop.control('faults', STUCK);
  const killed = start('run');
  await untilAsked(1, killed); // so that it holds the claim of the poll as well
  expect(await stop(killed, 'SIGKILL')).toMatchObject({ signal: 'SIGKILL' });
  await shop.control('faults', SMOOTH);
  const next = await startedDaemon();
  expect(await orders()).toHaveLength(ORDERS);
  expect(await stop(next, 'SIGTERM')).toMatchObject({ code: EXIT.done });
});

it('ends a command that SIGINT stopped as incomplete, and the next one does the rest', async () => {
  await shop.control('faults', STUCK);
  const stopped = start('poll');
  await untilAsked(1, stopped);
  const ended = await stop(stopped, 'SIGINT');
  expect(ended).toMatchObject({ code: EXIT.incomplete, signal: null });
  expect(ended.out).toContain('it goes on there the next time');
  await shop.control('faults', SMOOTH);
  expect(await run('poll')).toMatchObject({ code: EXIT.done });
  expect(await orders()).toHaveLength(ORDERS);
});

it('ends with 3 and tells every problem of the configuration at once', async () => {
  config = writeOwnerFile(folder, {
    shops: [{ url: 'not an address', more: { since: 'soon' } }],
    more: { timezone: 'Europe/Amsterdm' },
  });
  for (const command of ['run', 'poll']) {
    const { code, err } = await run(command);
    expect(code).toBe(EXIT.config);
    for (const at of ['timezone', 'url', 'since']) expect(err).toContain(at);
    expect(err).toContain('3 problems in the configuration; nothing was done.');
    expect(err).toContain('Europe/Amsterdam');
  }
});

it('ends with 3 where there is no configuration', async () => {
  config = join(folder, 'nowhere.yaml');
  const { code, err } = await run('poll');
  expect(code).toBe(EXIT.config);
  expect(err).toContain('nowhere.yaml');
});

it('ends with 4 on a database of another program, and leaves it as it is', async () => {
  const database = join(folder, 'orderpark.db');
  const Native = await loadSqlite();
  new Native(database).exec('create table recipes (name text)').close();
  const before = readFileSync(database);
  for (const command of ['run', 'poll', 'migrate']) {
    const { code, err } = await run(command);
    expect(code).toBe(EXIT.database);
    expect(err).toContain('it holds recipes');
  }
  expect(readFileSync(database).equals(before)).toBe(true);
});

it('ends with 4 on a file that is no database', async () => {
  writeFileSync(join(folder, 'orderpark.db'), 'a shopping list\n'.repeat(100));
  const { code, err } = await run('poll');
  expect(code).toBe(EXIT.database);
  expect(err).toContain('orderpark.db');
});

it('ends with 6 where a shop cannot be reached, and reads the others all the same', async () => {
  const away = await startShopProcess(join(program.dist, 'demo/shop-process.js'));
  await away.stop();
  config = configure({ shops: [{ id: 'away', url: away.url }, { url: shop.url }] });
  const { code, out } = await run('poll');
  expect(code).toBe(EXIT.incomplete);
  expect(out).toMatch(/^away: backfill failed: /);
  expect(out).toMatch(/^main: backfill done/m);
  expect(await orders()).toHaveLength(ORDERS);
});
