import { createApp } from '../src/app.js';
import { createLogger } from '../src/runtime/logger.js';
import { createMetrics } from '../src/runtime/metrics.js';
import { clockFrom } from './bench-clock.js';
import { benchConfig } from './bench-config.js';
import { SHOP_NOW } from './shop.js';
import { SECRET } from './webhook-deliveries.js';
import { answerFigures } from './webhook-figures.js';

/*
 * What `orderpark run` does, whole, in a process of its own:
 * `webhook-soak-server.js <config> <folder> <url of the shop>`.
 */

const [configPath = '', folder = '', shopUrl = ''] = process.argv.slice(2);
const config = benchConfig(configPath, folder, shopUrl);
const webhook = { secrets: [SECRET], register: false, maxAgeDays: 92 };
const app = await createApp(
  { ...config, shops: config.shops.map((shop) => ({ ...shop, webhook })) },
  {
    clock: clockFrom(SHOP_NOW),
    metrics: createMetrics(),
    logger: createLogger({ level: 'info', format: 'json', write: readLine }),
  },
);
const daemon = await app.start();
answerFigures();
process.once('disconnect', () => void stop());

/** The address is said in the log, and nowhere else; troubles are passed on. */
function readLine(line: string): void {
  const { level, msg, url }: { level: number; msg: string; url?: string } = JSON.parse(line);
  if (msg === 'the server listens') process.send?.({ url });
  if (level >= 40) process.stderr.write(line);
}

async function stop(): Promise<void> {
  await daemon.stop();
  await app.close();
  process.exit();
}
