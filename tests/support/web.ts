import { join } from 'node:path';
import { ROLES, type Role } from '../../src/access/roles.js';
import { type App, createApp } from '../../src/app.js';
import type { Config } from '../../src/config/config.js';
import { loadConfig } from '../../src/config/load.js';
import { createLogger } from '../../src/runtime/logger.js';
import { startServer } from '../../src/server/server.js';
import { createWeb, type Web } from '../../src/web.js';
import { type CliShop, openCliShop } from './cli-shop.js';
import { KEY_ENV } from './owner-file.js';

/** Of each role, as long as the config wants them. */
export const tokenOf = (role: Role): string => `token-of-the-${role}-0123456789abcdef0123456789`;
export const JWT_SECRET = 'a-secret-for-tokens-signed-with-hs256-0123456789';

export interface WebBench {
  readonly app: App;
  readonly web: Web;
  readonly shop: CliShop;
  readonly url: string;
  /** What was logged, as JSON lines. */
  readonly lines: readonly string[];
  close(): Promise<void>;
}

/** The real server with the page and the API, on a real store, over a demo shop. */
export async function openWeb(
  access: Partial<Config['access']> = {},
  // A receiver of these tests is on this machine.
  outbound: Config['outbound'] = { allow: ['127.0.0.1'] },
): Promise<WebBench> {
  const shop = await openCliShop();
  const path = join(shop.folder, 'orderpark.yaml');
  const loaded = loadConfig({ path, env: { ...KEY_ENV, DEMO_SMTP: 'smtp://127.0.0.1:9' } });
  if (!loaded.ok) throw new Error(loaded.problems[0]?.message);
  const lines: string[] = [];
  const logger = createLogger({ level: 'warn', format: 'json', write: (line) => lines.push(line) });
  const tokens = ROLES.map((role) => ({ name: role, token: tokenOf(role), role }));
  const own = { ...loaded.config.access, tokens, jwt: { secret: JWT_SECRET }, ...access };
  const config = { ...loaded.config, access: own, outbound };
  const app = await createApp(config, { clock: shop.clock, logger });
  const web = await createWeb(app);
  const mount = web.mount;
  const server = await startServer({ host: '127.0.0.1', port: 0, trustProxy: 0, logger, mount });
  return {
    ...{ app, web, shop, lines, url: server.url },
    async close() {
      await server.stop(0);
      await app.close();
      await shop.close();
    },
  };
}
