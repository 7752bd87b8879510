import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

/** Keys of the demo shops of the tests; the file names the variables, not the keys. */
export const KEYS = { consumerKey: 'ck_test', consumerSecret: 'cs_test' };
export const KEY_ENV = { TEST_KEY: KEYS.consumerKey, TEST_SECRET: KEYS.consumerSecret };

export interface OwnerShop {
  readonly id?: string;
  readonly url: string;
  /** Over what every shop of the tests has. */
  readonly more?: Readonly<Record<string, unknown>>;
}

export interface OwnerFile {
  readonly shops: readonly OwnerShop[];
  /** Over the demo's own file, key by key at its top. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/**
 * Writes `orderpark.yaml` as an owner would: the demo's own file, so that its VAT mapping stands in
 * one place, with these shops, and with the database and the journal in `folder`. Answers its path.
 */
export function writeOwnerFile(folder: string, { shops, more }: OwnerFile): string {
  const demo: Record<string, unknown> = parse(
    readFileSync(new URL('../../config/demo.yaml', import.meta.url), 'utf8'),
  );
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'orderpark.yaml');
  const file = {
    ...demo,
    database: join(folder, 'orderpark.db'),
    logLevel: 'info',
    shops: shops.map(({ id = 'main', url, more: own }) => ({ ...SHOP, id, url, ...own })),
    books: [{ id: 'journal', type: 'journal', flavour: 'hledger', folder: join(folder, 'books') }],
    ...more,
  };
  writeFileSync(path, stringify(file));
  return path;
}

const reference = (name: string): string => `$\{${name}}`;

const SHOP = {
  consumerKey: reference('TEST_KEY'),
  consumerSecret: reference('TEST_SECRET'),
  since: '2020-01-01',
  statuses: {
    forward: ['processing', 'completed', 'refunded', 'partly-shipped'],
    ignore: ['cancelled', 'failed', 'checkout-draft'],
  },
};
