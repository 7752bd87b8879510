import type { Config } from '../src/config/config.js';
import { loadConfig } from '../src/config/load.js';
import { KEYS } from './shop.js';

/** What the demo's file asks of its surroundings. */
export function demoEnvironment(folder: string, shopUrl: string): Record<string, string> {
  return {
    DEMO_FOLDER: folder,
    DEMO_SHOP_URL: shopUrl,
    DEMO_CONSUMER_KEY: KEYS.consumerKey,
    DEMO_CONSUMER_SECRET: KEYS.consumerSecret,
    DEMO_SMTP: 'smtp://127.0.0.1:9',
    DEMO_SINCE: '2020-01-01',
    DEMO_LOG_LEVEL: 'error',
  };
}

/** The demo's own file, as an owner's would be, with the database and the journal in `folder`. */
export function benchConfig(path: string, folder: string, shopUrl: string): Config {
  const loaded = loadConfig({ path, env: demoEnvironment(folder, shopUrl) });
  if (!loaded.ok) throw new Error(loaded.problems[0]?.message);
  const { shops, books, ...rest } = loaded.config;
  const journals = books.filter(({ type }) => type === 'journal');
  const ids = journals.map(({ id }) => id);
  return { ...rest, shops: shops.map((shop) => ({ ...shop, books: ids })), books: journals };
}
