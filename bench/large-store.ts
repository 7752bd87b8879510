import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createApp } from '../src/app.js';
import type { Clock } from '../src/orders/time.js';
import { benchConfig, demoEnvironment } from './bench-config.js';
import { multiplyOrders } from './fill-store.js';
import { inFolder, median, milliseconds, percentile } from './measure.js';
import type { Surroundings } from './measures.js';
import { readObservations } from './observations.js';
import { atMost, type Row, shown, told } from './row.js';

const PROGRAM = new URL('../src/main.js', import.meta.url).pathname;
const NOWHERE = 'http://127.0.0.1:9';
const FIRST = 1000;
export const TIMES = 999;
const STARTS = 7;
const COMMANDS = 20;

/** Start to ready, and what a person asks, with a million orders stored. */
export async function measureLargeStore({ configPath }: Surroundings): Promise<readonly Row[]> {
  return inFolder(async (folder) => {
    await firstOrders(configPath, folder);
    const path = join(folder, 'orderpark.db');
    const orders = await multiplyOrders(path, TIMES);
    const env = {
      ...process.env,
      ...demoEnvironment(folder, NOWHERE),
      DEMO_LOG_LEVEL: 'info',
      ORDERPARK_CONFIG: configPath,
    };
    const empty = { ...env, DEMO_FOLDER: join(folder, 'empty') };
    const starts: number[] = [];
    const emptyStarts: number[] = [];
    for (let run = 0; run < STARTS; run += 1) {
      starts.push(await startToReady(env));
      emptyStarts.push(await startToReady(empty));
    }
    const listing = await commandTimes(env, () => ['orders', 'list', '--limit', '50']);
    const why = await commandTimes(env, (run) => ['why', String(1 + ((run * 49_999) % orders))]);
    const version = await commandTimes(env, () => ['--version']);
    const gigabytes = statSync(path).size / 1024 ** 3;
    return [
      atMost(
        `start to ready, ${shown(orders)} orders stored (median of ${STARTS})`,
        median(starts) / 1000,
        1,
        's',
      ),
      told('start to ready: the slowest', `${shown(Math.max(...starts) / 1000)} s`),
      told('start to ready with no order stored, median', `${shown(median(emptyStarts) / 1000)} s`),
      told('orders list --limit 50 there, the whole process, p95', inMs(percentile(listing, 0.95))),
      told('why <order> there, the whole process, p95', inMs(percentile(why, 0.95))),
      told('--version, which opens no store, median', inMs(median(version))),
      ...(await readsWithin(configPath, folder, orders)),
      told('that SQLite file', `${shown(gigabytes)} GB`),
    ];
  });
}

/** A store with the first thousand orders of the demo shop. */
export async function firstOrders(
  configPath: string,
  folder: string,
  clock?: Clock,
): Promise<void> {
  const orders = await readObservations(FIRST, () => true);
  const app = await createApp(benchConfig(configPath, folder, NOWHERE), clock ? { clock } : {});
  for (let start = 0; start < FIRST; start += 100) {
    await app.intake.accept(orders.slice(start, start + 100));
  }
  await app.close();
}

/** From the start of `orderpark run` until it says that it runs. */
async function startToReady(env: NodeJS.ProcessEnv): Promise<number> {
  const startedAt = performance.now();
  const stdio: ['ignore', 'ignore', 'pipe'] = ['ignore', 'ignore', 'pipe'];
  const child = spawn(process.execPath, [PROGRAM, 'run'], { env, stdio });
  const exited = once(child, 'exit');
  let readyMs: number | undefined;
  let said = '';
  for await (const line of createInterface({ input: child.stderr })) {
    said += `${line}\n`;
    if (readyMs !== undefined || !line.includes('orderpark runs')) continue;
    readyMs = performance.now() - startedAt;
    child.kill();
  }
  await exited;
  if (readyMs === undefined) throw new Error(`orderpark run was never ready: ${said}`);
  return readyMs;
}

async function commandTimes(
  env: NodeJS.ProcessEnv,
  argsOf: (run: number) => readonly string[],
): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < COMMANDS; run += 1) {
    const args = [PROGRAM, ...argsOf(run)];
    times.push(
      await milliseconds(async () =>
        execFileSync(process.execPath, args, { env, stdio: 'ignore' }),
      ),
    );
  }
  return times;
}

/** The same reads in a process that is up, as pages will make them. */
async function readsWithin(configPath: string, folder: string, orders: number): Promise<Row[]> {
  const { store, close } = await createApp(benchConfig(configPath, folder, NOWHERE));
  const lists: number[] = [];
  const finds: number[] = [];
  for (let run = 0; run < 200; run += 1) {
    lists.push(await milliseconds(() => store.listOrders({}, { limit: 50 })));
    const number = String(1 + ((run * 49_999) % orders));
    finds.push(
      await milliseconds(async () => {
        const [order] = await store.findOrders(number);
        if (!order) throw new Error(`no order ${number}`);
        await store.history(order.shop, order.id);
        const documents = await store.documentsOf(order.shop, order.id);
        await store.postingsOf(documents.map(({ document }) => document.key));
      }),
    );
  }
  await close();
  return [
    told('the reads of such a list, in a running process, p95', inMs(percentile(lists, 0.95))),
    told('the reads of such a why, in a running process, p95', inMs(percentile(finds, 0.95))),
  ];
}

function inMs(milliseconds: number): string {
  return `${shown(milliseconds)} ms`;
}
