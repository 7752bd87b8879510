import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** The demo shop in a process of its own, so that its work is not counted as ours. */
export interface BenchShop {
  readonly url: string;
  /** Requests so far. */
  requests(): Promise<number>;
  stop(): Promise<void>;
}

const PROGRAM = new URL('../src/demo/shop-process.js', import.meta.url).pathname;

/** The shop's clock stands here; its orders came before, ten minutes apart. */
export const SHOP_NOW = '2026-10-01T00:00:00Z';
export const KEYS = { consumerKey: 'ck_demo', consumerSecret: 'cs_demo' };

/** `more`: further options of the shop's program. */
export async function startShop(orders: number, more: readonly string[] = []): Promise<BenchShop> {
  const args = [PROGRAM, '--orders', String(orders), '--start', SHOP_NOW, ...more];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  for await (const line of createInterface({ input: child.stdout })) {
    const { url }: { url: string } = JSON.parse(line);
    return {
      url,
      async requests() {
        const state = await fetch(`${url}/__demo/state`);
        const { requests }: { requests: number } = JSON.parse(await state.text());
        return requests;
      },
      async stop() {
        child.kill();
        await ended;
      },
    };
  }
  throw new Error('the demo shop ended before it said its address');
}
