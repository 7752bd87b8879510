import { once } from 'node:events';
import { systemClock } from '../src/runtime/clock.js';
import { createLogger } from '../src/runtime/logger.js';
import { createMetrics } from '../src/runtime/metrics.js';
import { startServer } from '../src/server/server.js';
import { openStore } from '../src/store/open-store.js';
import { createReceiver } from '../src/webhook/receiver.js';
import { mountWebhooks, WEBHOOK_PATHS } from '../src/webhook/routes.js';
import { bareServer } from './webhook-bare.js';
import { SECRET } from './webhook-deliveries.js';
import { answerFigures } from './webhook-figures.js';

/*
 * One server of the intake benchmark, in a process of its own: `webhook-server.js <kind> <database>`.
 * It says its address, answers what it used, and ends with the one who started it.
 */

const [kind = '', database = ''] = process.argv.slice(2);
const url = kind === 'ours' ? await ours() : await bare(kind === 'grouped' ? 'grouped' : 'single');
answerFigures();
process.send?.({ url });
process.once('disconnect', () => process.exit());

/** As `run` puts it together, but that nothing acts on what was stored. */
async function ours(): Promise<string> {
  const store = await openStore({ database, clock: systemClock });
  const logger = createLogger({ level: 'warn', format: 'json' });
  const metrics = createMetrics();
  const receiver = createReceiver({
    store,
    clock: systemClock,
    logger,
    shops: new Map([['demo', { id: 'demo', secrets: [SECRET], maxAgeDays: 92 }]]),
    delayMs: 1000,
    onNudges: () => undefined,
    onTrouble: () => undefined,
  });
  const server = await startServer({
    host: '127.0.0.1',
    port: 0,
    trustProxy: 0,
    logger,
    postedByPrograms: WEBHOOK_PATHS,
    mount: (app) =>
      mountWebhooks(app, {
        receiver,
        onReceived: (shop, receipt) => metrics.received(shop, receipt),
      }),
  });
  return server.url;
}

async function bare(commits: 'grouped' | 'single'): Promise<string> {
  // The same tables and indexes.
  await (await openStore({ database, clock: systemClock })).close();
  const server = await bareServer(database, commits);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}
