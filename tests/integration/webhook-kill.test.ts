import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Random, seededRandom } from '../../src/demo/random.js';
import { type DemoShop, startDemoShop } from '../../src/demo/shop-server.js';
import { systemClock } from '../../src/runtime/clock.js';
import { openStore } from '../../src/store/open-store.js';
import type { Store } from '../../src/store/store.js';
import { createShopClient } from '../../src/woocommerce/client.js';
import { documentFiles, documentKeys } from '../support/journal-folder.js';
import { KEYS, writeOwnerFile } from '../support/owner-file.js';
import { buildProgram, type Program, type Running, until } from '../support/program.js';
import { examine } from './kill/autopsy.js';
import { EVERY_FAULT } from './kill/faults.js';
import { faultsOf, unlistedSinceBefore } from './kill/outcome.js';
import { disagreements, notStored } from './webhook-kill/agreement.js';
import { Changes, placeWaiting } from './webhook-kill/changes.js';
import { Deaths } from './webhook-kill/deaths.js';
import { LoadedDaemons } from './webhook-kill/loaded-daemons.js';
import { Stream } from './webhook-kill/stream.js';

/** Set KILL_SEED to draw the same orders, changes and delays again. */
const SEED = Number(process.env['KILL_SEED'] ?? Math.floor(Math.random() * 1_000_000));
/** For a quick look; what must be shown is 200. */
const KILLS = Number(process.env['KILLS'] ?? 200);
const WANTED = { total: KILLS, listening: Math.ceil(KILLS / 2) };
const EXAMINE_EVERY = 10;
const DAY_MS = 86_400_000;
const SECRET = 'whsec-of-the-kill-test-0123456789';
/** Old enough that no poll lists them, within the batch's look-back. */
const WAITING = { count: 120, days: 3 };
/** Most of what happens, happens while a daemon listens: what nobody takes shows little. */
const CHANGE_EVERY_MS = { listening: 20, otherwise: 300 };

let program: Program;
let shop: DemoShop;
let folder: string;
let config: string;
let deliveryUrl: string;
let backMs = WAITING.days * DAY_MS;
const random = seededRandom(SEED);

beforeAll(async () => {
  program = buildProgram();
  folder = mkdtempSync(join(tmpdir(), 'orderpark-webhook-kill-'));
  shop = await startDemoShop({
    clock: { now: () => Date.now() - backMs },
    signatureClock: systemClock,
    seed: SEED,
    timezone: 'Europe/Amsterdam',
    credentials: [{ ...KEYS, permissions: 'read_write' }],
  });
  const port = await freePort(random);
  deliveryUrl = `http://127.0.0.1:${port}/webhooks/woocommerce/main`;
  config = writeOwnerFile(folder, {
    shops: [{ url: shop.url, more: { since: dateBefore(30), webhook: { secret: SECRET } } }],
    more: { server: { port } },
  });
});

afterAll(async () => {
  await program?.remove();
  await shop?.close();
  rmSync(folder, { recursive: true, force: true });
});

const books = () => join(folder, 'books');
const start = (...args: string[]): Running => program.start([...args, '--config', config]);

async function complete(...args: string[]): Promise<string> {
  const { code, out, err } = await start(...args).ended;
  expect(code, `seed ${SEED}: ${args.join(' ')}\n${out}${err}`).toBe(0);
  return out;
}
const json = async <Shape>(...args: string[]): Promise<Shape> =>
  JSON.parse(await complete(...args, '--json'));

function dateBefore(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
}

/**
 * Below those that outgoing connections take, of which one might have it while no daemon does; a
 * connection to it could even meet itself.
 */
async function freePort(among: Random): Promise<number> {
  for (;;) {
    const port = among.between(20_000, 32_000);
    const isFree = await new Promise<boolean>((resolve) => {
      const server = createServer();
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
    if (isFree) return port;
  }
}

/** What a dead daemon left: a sound database, and nothing in the books that it does not know of. */
async function expectSound(): Promise<void> {
  // The journal first: nobody writes now, but what it holds must have been committed before.
  const keys = documentKeys(books());
  const { integrity, postings } = await examine(folder, 0);
  expect(integrity, `seed ${SEED}`).toEqual([]);
  const states = new Set(keys.map((key) => postings.get(key)));
  expect(states, `seed ${SEED}`).not.toContain('queued');
  expect(states, `seed ${SEED}`).not.toContain(undefined);
}

async function withStore<Result>(look: (store: Store) => Promise<Result>): Promise<Result> {
  const store = await openStore({ database: join(folder, 'orderpark.db'), clock: systemClock });
  try {
    return await look(store);
  } finally {
    await store.close();
  }
}

it(`keeps every delivery that got its 2xx, killed ${KILLS} times at any moment`, async () => {
  const waiting = placeWaiting(shop.state, random, WAITING.count);
  backMs = 0;
  await complete('poll');
  // With last night's batch done no daemon has one to do: it would find what no poll does.
  await complete('batch');

  const stream = new Stream(shop, { deliveryUrl, secret: SECRET });
  const changes = new Changes(shop.state, stream, seededRandom(SEED + 1), waiting);
  const deaths = new Deaths(random, WANTED);
  const daemons = new LoadedDaemons(program.dist, config);
  shop.setFaults({ rates: { ...EVERY_FAULT }, slowMs: 100 });
  let isOver = false;
  const streaming = (async () => {
    while (!isOver) {
      changes.next();
      await sleep(deaths.isListening ? CHANGE_EVERY_MS.listening : CHANGE_EVERY_MS.otherwise);
    }
  })();
  try {
    while (!deaths.isEnough) {
      await deaths.kill(() => daemons.begin());
      if (deaths.total % EXAMINE_EVERY === 0) await expectSound();
    }
  } finally {
    isOver = true;
    await daemons.close();
    await streaming;
    await stream.settled();
    shop.setFaults({ rates: {} });
  }
  const answers = new Set(stream.sent.map(({ answer }) => answer));
  expect([...answers].filter((answer) => answer !== 200 && answer !== undefined)).toEqual([]);
  // Rule 8.
  expect(await withStore((store) => notStored(store, stream.accepted)), `seed ${SEED}`).toEqual([]);

  const told = stream.toldToTheEnd();
  await actOnWhatIsLeft(() => stream.tell('updated', random.pick(waiting)));
  await stream.settled();
  const client = createShopClient({
    shop: 'main',
    url: shop.url,
    ...KEYS,
    clock: systemClock,
    random: () => 0,
  });
  await withStore(async (store) => {
    expect(await store.nudgeBacklog('main'), `seed ${SEED}`).toMatchObject({ count: 0 });
    expect(await disagreements(store, client, told), `seed ${SEED}`).toEqual([]);
  });

  // What no delivery told of is found by the other legs.
  await complete('poll');
  await complete('batch', '--force');
  await complete('export');
  const all = shop.state.table.all();
  const inShop = new Map(all.map(({ id, status }) => [id, status]));
  const shown = new Set(stream.accepted.map(({ orderId }) => orderId));
  const neverShown = new Set(unlistedSinceBefore(inShop, shown));
  await withStore(async (store) => {
    const known = [...inShop.keys()].filter((id) => !neverShown.has(id));
    expect(await disagreements(store, client, known), `seed ${SEED}`).toEqual([]);
  });
  const faults = faultsOf(
    inShop,
    shown,
    await json('orders', 'list'),
    await json('documents', 'list'),
    documentKeys(books()),
  );
  expect(faults, `seed ${SEED}`).toEqual([]);
  await complete('statement', '--from', dateBefore(WAITING.days + 1));
  await expectSound();

  const unseen = waiting.filter((id) => told.has(id)).length;
  expect(unseen, 'orders of which only a webhook told').toBeGreaterThan(0);
  const { starting, listening } = deaths.counts;
  console.log(
    `seed ${SEED}: ${starting + listening} kills, ${listening} of a daemon that listened, ${starting} of one that was starting. ${stream.accepted.length} of ${stream.sent.length} deliveries got their 2xx; of ${told.size} orders the last change was told of, of ${unseen} of them by a webhook alone. ${inShop.size} orders, ${documentFiles(books()).length} documents.`,
  );
}, 900_000);

/** Lets a daemon live until nothing waits; deliveries wake it for what was put off. */
async function actOnWhatIsLeft(deliver: () => void): Promise<void> {
  const daemon = start('run');
  await until(
    () => daemon.output.err.includes('refund-sweep done'),
    () => daemon.output.err,
  );
  await withStore(async (store) => {
    const waits = async () => (await store.nudgeBacklog('main')).count > 0;
    for (let round = 1; await waits(); round += 1) {
      if (round % 20 === 0) deliver();
      expect(round, `seed ${SEED}: ${daemon.output.err}`).toBeLessThan(600);
      await sleep(100);
    }
  });
  daemon.child.kill('SIGTERM');
  expect((await daemon.ended).code).toBe(0);
}
