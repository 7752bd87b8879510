import { createApp } from '../src/app.js';
import { createLogger } from '../src/runtime/logger.js';
import { startServer } from '../src/server/server.js';
import { createWeb } from '../src/web.js';
import { clockFrom } from './bench-clock.js';
import { pagesConfig } from './pages-config.js';
import { SHOP_NOW } from './shop.js';
import { answerFigures } from './webhook-figures.js';

/*
 * The server of the page and the API, in a process of its own: `pages-server.js <config> <folder>`.
 * Beside them it serves `/bare`, which does what every page does and looks at nothing.
 */

const [configPath = '', folder = ''] = process.argv.slice(2);
const app = await createApp(pagesConfig(configPath, folder), { clock: clockFrom(SHOP_NOW) });
const web = await createWeb(app);
const { url } = await startServer({
  ...{ host: '127.0.0.1', port: 0, trustProxy: 0 },
  logger: createLogger({ level: 'error', format: 'json' }),
  mount(express) {
    express.get('/bare', (_request, response) => {
      response.type('html').send('<!doctype html><title>bare</title>');
    });
    web.mount(express);
  },
});
answerFigures();
process.send?.({ url });
process.once('disconnect', () => process.exit());
