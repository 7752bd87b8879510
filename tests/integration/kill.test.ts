import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { documentFiles, documentKeys } from '../support/journal-folder.js';
import { writeOwnerFile } from '../support/owner-file.js';
import { buildProgram, type Program } from '../support/program.js';
import { type ShopProcess, startShopProcess } from '../support/shop-process.js';
import { type Autopsy, examine } from './kill/autopsy.js';
import { EVERY_FAULT } from './kill/faults.js';
import { faultsOf, passedOver, unlistedSinceBefore } from './kill/outcome.js';
import { ARGUMENTS, Rounds } from './kill/rounds.js';
import { ordersInShop } from './kill/shop-file.js';
import { killAfter } from './kill/victim.js';

/** Set KILL_SEED to draw the same commands and delays again. */
const SEED = Number(process.env['KILL_SEED'] ?? Math.floor(Math.random() * 1_000_000));
/** 50 unless KILLS says otherwise. */
const PART = Number(process.env['KILLS'] ?? 50) / 50;
const KILLS = {
  poll: Math.ceil(16 * PART),
  batch: Math.ceil(12 * PART),
  export: Math.ceil(12 * PART),
  run: Math.ceil(10 * PART),
};
const ALL_KILLS = Object.values(KILLS).reduce((sum, count) => sum + count, 0);
const DAY_MS = 86_400_000;
/** Within the batch's look-back, so that nothing expires. */
const SHOP_DAYS = 17;

const FAULTS = { rates: { ...EVERY_FAULT }, slowMs: 150 };

let program: Program;
let shop: ShopProcess;
let folder: string;
let config: string;
let shopFile: string;
const endMs = Math.floor(Date.now() / 1000) * 1000;
const startMs = endMs - SHOP_DAYS * DAY_MS;

beforeAll(async () => {
  program = buildProgram();
  folder = mkdtempSync(join(tmpdir(), 'orderpark-kill-'));
  shopFile = join(folder, 'shop.json');
  shop = await startShopProcess(join(program.dist, 'demo/shop-process.js'), [
    ...['--seed', `${SEED}`, '--state', shopFile, '--orders', '250', '--script', '900'],
    ...['--start', new Date(startMs).toISOString()],
    ...['--end', new Date(endMs - 4 * DAY_MS).toISOString()],
  ]);
  const since = new Date(endMs - 60 * DAY_MS).toISOString().slice(0, 10);
  config = writeOwnerFile(folder, { shops: [{ url: shop.url, more: { since } }] });
});

afterAll(async () => {
  await program?.remove();
  await shop?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const books = () => join(folder, 'books');
const start = (args: readonly string[]) => program.start([...args, '--config', config]);
const json = async <Shape>(...args: string[]): Promise<Shape> => {
  const { code, out, err } = await start([...args, '--json']).ended;
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${err}${out}`);
  return JSON.parse(out);
};

async function complete(...args: string[]): Promise<void> {
  const { code, out, err } = await start(args).ended;
  expect(code, `seed ${SEED}: ${args.join(' ')}\n${out}${err}`).toBe(0);
}

/** Whether the next process has asked the shop, or filed a document. */
async function signOfWork(): Promise<() => Promise<boolean>> {
  const requests = await shop.requests();
  const files = documentFiles(books()).length;
  return async () =>
    documentFiles(books()).length !== files || (await shop.requests()) !== requests;
}

/** What holds however the process died. */
function expectSound({ integrity, postings }: Autopsy): void {
  expect(integrity, `seed ${SEED}`).toEqual([]);
  // Rule 2: what stands in the books was committed as `sending` before.
  const states = documentKeys(books()).map((key) => postings.get(key));
  expect(new Set(states), `seed ${SEED}`).not.toContain('queued');
  expect(new Set(states), `seed ${SEED}`).not.toContain(undefined);
}

async function haveSomethingToBook(): Promise<void> {
  await shop.control('faults', { rates: {} });
  await start(['poll']).ended;
  await shop.control('faults', FAULTS);
}

interface Deaths {
  readonly inHand: Map<string, number>;
  /** Orders that were in a state at one death or another. */
  readonly shown: Set<number>;
  atWork: number;
  idle: number;
  endedBefore: number;
}

async function killOnce(rounds: Rounds, deaths: Deaths): Promise<boolean> {
  const round = rounds.next();
  if (!round) return false;
  const { command, delayMs, besideExport } = round;
  if (command === 'export') await haveSomethingToBook();
  const hasBegun = await signOfWork();
  const beside = besideExport ? start(['export']) : undefined;
  const victim = start(ARGUMENTS[command]);
  const death = await killAfter(victim, hasBegun, delayMs);
  beside?.child.kill('SIGKILL');
  await beside?.ended;
  const autopsy = await examine(folder, victim.child.pid ?? 0);
  expectSound(autopsy);
  for (const id of autopsy.orderIds) deaths.shown.add(id);
  if (death === 'killed' && autopsy.inHand.length > 0) {
    rounds.hit(command);
    deaths.atWork += 1;
    for (const work of autopsy.inHand) {
      const name = `${command} in ${work.replace(/:.*/, '')}`;
      deaths.inHand.set(name, (deaths.inHand.get(name) ?? 0) + 1);
    }
  } else {
    rounds.missed(command);
    if (death === 'killed') deaths.idle += 1;
    else deaths.endedBefore += 1;
  }
  return true;
}

it(`loses no order and books none twice, killed ${ALL_KILLS} times in the middle of its work`, async () => {
  await shop.control('faults', FAULTS);
  const rounds = new Rounds(SEED, KILLS);
  const deaths: Deaths = {
    inHand: new Map(),
    shown: new Set(),
    atWork: 0,
    idle: 0,
    endedBefore: 0,
  };

  // Before any work: while the database is made and its tables are.
  for (let delayMs = 150; delayMs < 400; delayMs += 25) {
    const killed = await killAfter(start(['poll']), async () => true, delayMs);
    if (killed === 'killed') deaths.idle += 1;
  }
  for (let round = 1; await killOnce(rounds, deaths); round += 1) {
    expect(round, `seed ${SEED}: too few kills met a process at work`).toBeLessThan(200);
    const share = Math.min(1, deaths.atWork / ALL_KILLS);
    await shop.control('advance', { toMs: startMs + share * (endMs - startMs) });
  }
  expect(deaths.atWork).toBeGreaterThanOrEqual(ALL_KILLS);

  await shop.control('faults', { rates: {} });
  const { orders: count } = await shop.control('advance', { toMs: endMs });
  await shop.control('save', {});
  const inShop = ordersInShop(shopFile);
  await complete('poll');
  expect(passedOver(inShop, await json('orders', 'list')), `seed ${SEED}`).toEqual([]);
  await complete('batch', '--force');
  await complete('export');
  expect(inShop.size).toBe(count);
  const faults = faultsOf(
    inShop,
    deaths.shown,
    await json('orders', 'list'),
    await json('documents', 'list'),
    documentKeys(books()),
  );
  expect(faults, `seed ${SEED}`).toEqual([]);
  const from = new Date(startMs - 10 * DAY_MS).toISOString().slice(0, 10);
  const statement = await start(['statement', '--from', from, '--json', '--config', config]).ended;
  expect(statement.code, `seed ${SEED}: ${statement.out}${statement.err}`).toBe(0);
  expect((await examine(folder, 0)).integrity).toEqual([]);
  checkJournal();

  const inWords = [...deaths.inHand]
    .map(([what, times]) => `${what} ${times}`)
    .sort()
    .join(', ');
  console.log(
    `seed ${SEED}: ${deaths.atWork} kills hit a process at work (${inWords}); ${deaths.idle} before or between; ${deaths.endedBefore} came too late. ${inShop.size} orders, ${documentFiles(books()).length} documents; ${unlistedSinceBefore(inShop, deaths.shown).length} orders were out of the shop's lists before the first look.`,
  );
}, 900_000);

/** By the real program, where it is installed; CI installs it. */
function checkJournal(): void {
  const main = join(books(), 'main.journal');
  try {
    execFileSync('hledger', ['-f', main, 'check', '--strict'], { stdio: 'pipe' });
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isMissing || process.env['CI']) throw error;
  }
}
