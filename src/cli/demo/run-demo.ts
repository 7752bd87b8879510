import { randomBytes } from 'node:crypto';
import { join, relative, resolve } from 'node:path';
import { type App, createApp } from '../../app.js';
import type { Statement } from '../../batch/statement.js';
import { loadConfig } from '../../config/load.js';
import { DrivenClock } from '../../demo/driven-clock.js';
import { type MailCatcher, startMailCatcher } from '../../demo/mail-catcher.js';
import { seededRandom } from '../../demo/random.js';
import { ShopScript } from '../../demo/script.js';
import { type DemoShop, startDemoShop } from '../../demo/shop-server.js';
import { type Clock, localDateOf } from '../../orders/time.js';
import { systemClock } from '../../runtime/clock.js';
import { createLogger } from '../../runtime/logger.js';
import type { CliContext } from '../context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { counted } from '../output.js';
import { createProgress } from '../progress.js';
import { statementText } from '../statement-text.js';
import { prepareFolder, writeDemoConfig } from './folder.js';
import { simulate } from './simulate.js';

export interface DemoOptions {
  readonly once?: boolean;
  readonly folder: string;
  readonly orders: number;
  readonly seed: number;
  readonly weeks: number;
}

const ZONE = 'Europe/Amsterdam';
const DAY_MS = 86_400_000;

/** Some weeks of a made-up shop, and what is made of them. */
export async function runDemo(context: CliContext, options: DemoOptions): Promise<ExitCode> {
  const folder = resolve(context.cwd, options.folder);
  prepareFolder(folder);
  const endMs = Math.floor(systemClock.now() / 1000) * 1000;
  const startMs = endMs - options.weeks * 7 * DAY_MS;
  const clock = new DrivenClock(startMs);
  const keys = { consumerKey: madeUp('ck_'), consumerSecret: madeUp('cs_') };
  const shop = await startDemoShop({
    clock: afterwardsReal(clock, endMs),
    signatureClock: systemClock,
    seed: options.seed,
    timezone: ZONE,
    credentials: [{ ...keys, permissions: 'read_write' }],
  });
  const mail = await startMailCatcher(join(folder, 'mail'));
  try {
    const since = localDateOf(startMs, ZONE);
    const access = { shopUrl: shop.url, ...keys, since, smtp: mail.url };
    const configPath = writeDemoConfig(folder, access);
    const app = await openApp(context, configPath, afterwardsReal(clock, endMs));
    try {
      const script = new ShopScript(shop.state, clock, seededRandom(options.seed), {
        orders: options.orders,
        startMs,
        endMs: endMs - 3 * DAY_MS,
        bulkEditMs: startMs + (endMs - startMs) / 2,
      });
      return await show(context, options, {
        app,
        shop,
        mail,
        script,
        startMs,
        endMs,
        folder,
        configPath,
      });
    } finally {
      await app.close();
    }
  } finally {
    await mail.close();
    await shop.close();
  }
}

interface Demo {
  readonly app: App;
  readonly shop: DemoShop;
  readonly mail: MailCatcher;
  readonly script: ShopScript;
  readonly startMs: number;
  readonly endMs: number;
  readonly folder: string;
  readonly configPath: string;
}

async function show(context: CliContext, options: DemoOptions, demo: Demo): Promise<ExitCode> {
  const { terminal, signal } = context;
  const { app, script, startMs, endMs } = demo;
  terminal.out(
    `A made-up shop lives through ${options.weeks} weeks (${options.orders} orders). orderpark polls it, parks what is not eligible yet, rechecks each night, and books.\n\n`,
  );
  const progress = createProgress(terminal, 'simulated days', systemClock.now);
  try {
    await simulate(app, script, { startMs, endMs }, progress, signal);
  } finally {
    progress.stop();
  }
  if (signal.aborted) return EXIT.incomplete;
  const from = localDateOf(startMs, ZONE);
  const to = localDateOf(endMs, ZONE);
  const statement = await app.statement('demo', { from, to }, signal);
  terminal.out(statementText(statement));
  terminal.out(await tail(context, demo, statement));
  if (!options.once) await stayUp(context, demo);
  return statement.difference.count === 0 ? EXIT.done : EXIT.attention;
}

async function tail(context: CliContext, demo: Demo, statement: Statement): Promise<string> {
  const { app, shop, mail, folder, configPath } = demo;
  const path = (absolute: string) => relative(context.cwd, absolute) || '.';
  const { blocked } = statement.states;
  const lines = [
    '',
    ...(await Promise.all(app.destinations.map(({ id }) => postingsLine(app, id)))),
    `${shop.requests.total} requests to the shop.`,
    '',
    `The journal:        ${path(join(folder, 'books', 'main.journal'))}   (hledger -f … balance)`,
    `Invoices, PDF, UBL: ${path(join(folder, 'invoices'))}`,
    `Mails with them:    ${path(join(folder, 'mail'))}   (${counted(mail.count(), 'mail')}, one a day)`,
    'Look around:',
    `  npx orderpark orders list --state parked -c ${path(configPath)}`,
    ...(blocked.count === 0
      ? []
      : [`  npx orderpark orders list --state blocked -c ${path(configPath)}`]),
    `  npx orderpark documents list -c ${path(configPath)}`,
    `  npx orderpark postings list --state rejected -c ${path(configPath)}`,
    `  npx orderpark why <number> -c ${path(configPath)}`,
    '',
  ];
  return lines.join('\n');
}

async function postingsLine(app: App, books: string): Promise<string> {
  const counts = await app.store.postingCounts(books);
  const waiting = counts.queued + counts.retrying + counts.sending;
  const forPerson = counts.rejected + counts.uncertain;
  return `${books}: ${counts.booked} documents are booked, ${waiting} wait, ${forPerson} need a person`;
}

/** From here on as `run` does, in real time, until it is stopped. */
async function stayUp(context: CliContext, { app, shop, folder }: Demo): Promise<void> {
  const daemon = await app.start();
  const token = relative(context.cwd, join(folder, 'orderpark.token'));
  if (daemon.url !== undefined) {
    context.terminal.out(
      `\nThe page:           ${daemon.url}   (log in with the token in ${token})\n`,
    );
  }
  context.terminal.out(
    `\nThe shop at ${shop.url} and orderpark stay up, now in real time. Ctrl-C ends both; \`npm run demo -- --once\` ends by itself.\n`,
  );
  const onStop = () => void daemon.stop();
  context.signal.addEventListener('abort', onStop, { once: true });
  if (context.signal.aborted) onStop();
  await daemon.ended;
}

async function openApp(context: CliContext, path: string, clock: Clock): Promise<App> {
  const result = loadConfig({ path, env: {} });
  if (!result.ok)
    throw new TypeError(`the demo's own config is wrong: ${result.problems[0]?.message}`);
  const logger = createLogger({
    level: result.config.logLevel,
    format: context.terminal.isInteractive ? 'plain' : 'json',
    write: (line) => context.terminal.err(line),
  });
  return createApp(result.config, { clock, logger });
}

/** Simulated time up to its end; from there on the machine's. */
function afterwardsReal(clock: DrivenClock, endMs: number): Clock {
  return {
    now: () => (clock.now() < endMs ? clock.now() : Math.max(endMs, systemClock.now())),
  };
}

function madeUp(prefix: string): string {
  return prefix + randomBytes(20).toString('hex');
}
