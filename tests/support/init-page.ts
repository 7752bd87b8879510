import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DemoShop, startDemoShop } from '../../src/demo/shop-server.js';
import { systemClock } from '../../src/runtime/clock.js';
import { createCli, type Said } from './cli.js';

export const INIT_KEYS = {
  write: { consumerKey: `ck_${'1'.repeat(40)}`, consumerSecret: `cs_${'1'.repeat(40)}` },
  read: { consumerKey: `ck_${'2'.repeat(40)}`, consumerSecret: `cs_${'2'.repeat(40)}` },
  unknown: { consumerKey: `ck_${'5'.repeat(40)}`, consumerSecret: `cs_${'5'.repeat(40)}` },
};
export const OWN = 'https://orderpark.example.com';

/** A folder for a config, and a shop that has none yet. */
export interface InitBench {
  readonly folder: string;
  readonly shop: DemoShop;
  at(name: string): string;
  /** Runs `init` with these arguments, and tells where its page is once that is known. */
  begin(...args: string[]): Promise<RunningInit>;
  /** Where the address of orderpark leads, as a proxy with a certificate would know. */
  leadTo(url: string): void;
  close(): Promise<void>;
}

export interface RunningInit {
  /** As it was printed. */
  readonly address: string;
  readonly url: string;
  /** Ends where the command does. */
  readonly ended: Promise<Said>;
  /** As Ctrl-C does. */
  stop(): void;
}

export async function openInit(): Promise<InitBench> {
  const folder = mkdtempSync(join(tmpdir(), 'orderpark-init-page-'));
  const running: { stop(): void; ended: Promise<Said> }[] = [];
  let listensAt = '';
  const shop = await startDemoShop({
    ...{ clock: systemClock, seed: 3, orders: 130, timezone: 'Europe/Amsterdam' },
    credentials: [
      { ...INIT_KEYS.write, permissions: 'read_write' },
      { ...INIT_KEYS.read, permissions: 'read' },
    ],
    keyLeadsTo: (url) => url.replace(OWN, listensAt),
  });
  const at = (name: string) => join(folder, name);
  return {
    ...{ folder, shop, at },
    leadTo(url) {
      listensAt = url;
    },
    async begin(...args) {
      const aborter = new AbortController();
      let told = '';
      const { promise, resolve } = waitFor<string>();
      const cli = createCli({
        ...{ config: at('orderpark.yaml'), cwd: folder, signal: aborter.signal },
        onErr(text) {
          told += text;
          const address = /(http:\S+\/begin\?token=\S+)/.exec(told)?.[1];
          if (address !== undefined) resolve(address);
        },
      });
      const ended = cli('init', '--page', ...args);
      running.push({ ended, stop: () => aborter.abort() });
      const address = await Promise.race([promise, ended.then(({ err }) => Promise.reject(err))]);
      const { port } = new URL(address);
      return { address, url: `http://127.0.0.1:${port}`, ended, stop: () => aborter.abort() };
    },
    async close() {
      for (const each of running) each.stop();
      await Promise.all(running.map(({ ended }) => ended));
      await shop.close();
      rmSync(folder, { recursive: true });
    },
  };

  function waitFor<Value>() {
    let resolve: (value: Value) => void = () => {};
    const promise = new Promise<Value>((onResolve) => {
      resolve = onResolve;
    });
    return { promise, resolve };
  }
}
