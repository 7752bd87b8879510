import type { Config } from '../config.js';
import { type ConfigResult, loadConfig } from '../load.js';
import type { Problem } from '../problem.js';

/** Support for the tests of this folder: an owner's file, in memory. */
const ENV = { WC_KEY: 'ck_envkey0000', WC_SECRET: 'cs_envsecret0000' };

/** The least that is a config; each argument replaces or adds a top-level block. */
export function ownerFile(blocks: Readonly<Record<string, string>> = {}): string {
  return Object.values({ ...BLOCKS, ...blocks }).join('\n');
}

const BLOCKS = {
  timezone: 'timezone: Europe/Amsterdam',
  shops: [
    'shops:',
    '  - id: main',
    '    url: https://shop.example.com',
    `    consumerKey: \${WC_KEY}`,
    `    consumerSecret: \${WC_SECRET}`,
    '    since: 2026-01-01',
  ].join('\n'),
  seller: 'seller: { name: Voorbeeld BV, country: NL }',
  vat: 'vat:\n  - { percent: 21, country: NL, code: NL21 }',
  books: 'books:\n  - { id: journal, type: journal, flavour: hledger, folder: ./books }',
};

export interface TestFiles {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Beside the config, by absolute path. */
  readonly files?: Readonly<Record<string, string>>;
  readonly mode?: number;
}

export function load(text: string, { env = ENV, files = {}, mode = 0o600 }: TestFiles = {}) {
  return loadConfig({
    path: '/shop/orderpark.yaml',
    env,
    fileMode: () => mode,
    readFile: (path) => {
      const found = { '/shop/orderpark.yaml': text, ...files }[path];
      if (found === undefined) throw Object.assign(new Error('no'), { code: 'ENOENT' });
      return found;
    },
  });
}

export function configOf(result: ConfigResult): Config {
  if (!result.ok) throw new Error(JSON.stringify(result.problems, null, 2));
  return result.config;
}

export function problemsOf(result: ConfigResult): readonly Problem[] {
  return result.ok ? [] : result.problems;
}
