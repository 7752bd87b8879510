import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from '../context.js';
import { EXIT } from '../exit-codes.js';

const MARK = '.orderpark-demo';

/**
 * An empty folder for the demo. What an earlier demo left there is taken away; anything else is not
 * touched. Throws CommandError.
 */
export function prepareFolder(folder: string): void {
  const isOld = existsSync(join(folder, MARK));
  if (!isOld && existsSync(folder) && readdirSync(folder).length > 0) {
    throw new CommandError(
      EXIT.usage,
      `${folder} is not empty, and no demo made it.`,
      'Name another folder with --folder.',
    );
  }
  if (isOld) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, MARK), 'Made by `orderpark demo`, which may take this folder away.\n');
}

export interface DemoAccess {
  readonly shopUrl: string;
  readonly consumerKey: string;
  readonly consumerSecret: string;
  /** Address of the mail server that catches what is mailed. */
  readonly smtp: string;
  readonly since: string;
}

/**
 * Writes the demo's config into its folder, with the made-up shop's address, and its throwaway keys
 * beside it, so that every other command can look at what the demo left.
 */
export function writeDemoConfig(folder: string, access: DemoAccess): string {
  const template = readFileSync(new URL('../../../config/demo.yaml', import.meta.url), 'utf8');
  const values: Readonly<Record<string, string>> = {
    DEMO_FOLDER: folder,
    DEMO_SHOP_URL: access.shopUrl,
    DEMO_CONSUMER_KEY: secretFile(folder, 'consumer-key', access.consumerKey),
    DEMO_CONSUMER_SECRET: secretFile(folder, 'consumer-secret', access.consumerSecret),
    DEMO_SMTP: access.smtp,
    DEMO_SINCE: access.since,
    DEMO_LOG_LEVEL: 'error',
  };
  const text = template
    .replace(/^# yaml-language-server.*\n#\n/, '')
    .replace(/\$\{(\w+)(?::-[^}]*)?\}/g, (whole, name: string) => values[name] ?? whole);
  const path = join(folder, 'orderpark.yaml');
  writeFileSync(path, text);
  return path;
}

/** Keeps a secret where only its owner reads it; answers how the config refers to it. */
function secretFile(folder: string, name: string, secret: string): string {
  writeFileSync(join(folder, name), `${secret}\n`, { mode: 0o600 });
  return `{ file: ./${name} }`;
}
