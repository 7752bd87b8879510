import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { driverNameFor } from './native.js';

/** How a package manager is asked for something, in the project's folder or below it. */
export type RunNpm = (args: readonly string[], folder: string) => void;

/**
 * Runs after `npm install` in a clone, and sees to it that the driver of this Node is there. npm
 * cannot be left alone with it: it runs node-gyp for better-sqlite3 13 although that holds its
 * ready-made driver, and where Python is missing drops the package without a word, being optional.
 * So package.json forbids the install scripts of both drivers, and what is needed is done here. May
 * go together with Node 20's driver.
 */
export function installDriver(root: string, runNpm: RunNpm, nodeVersion: string): void {
  const name = driverNameFor(nodeVersion);
  const folder = join(root, 'node_modules', name);
  const isMissing = () => !existsSync(join(folder, 'package.json'));
  // An npm that knows no `allowScripts` has run them, and may have dropped the package.
  if (isMissing()) runNpm(['install', '--ignore-scripts', '--no-save'], root);
  if (isMissing()) throw new Error(`npm did not install ${name}, which Node ${nodeVersion} needs`);
  if (name === 'better-sqlite3') return;
  // Downloads the driver, or compiles it: unlike 13, 12 holds none.
  if (!existsSync(join(folder, 'build/Release/better_sqlite3.node'))) {
    runNpm(['run', 'install'], folder);
  }
}

/** The very npm that is installing, since its configuration is in the environment. */
function npm(args: readonly string[], folder: string): void {
  process.stdout.write(`installing the SQLite driver: npm ${args.join(' ')}\n`);
  const script = process.env['npm_execpath'];
  const [command, first] = script ? [process.execPath, [script]] : ['npm', []];
  const { status, error, output } = spawnSync(command, [...first, ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 100_000_000,
  });
  if (status === 0) return;
  // A compiler's hundred lines are of use only where it failed.
  process.stderr.write(output?.join('\n') ?? '');
  throw error ?? new Error(`npm ${args.join(' ')} failed in ${folder}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  installDriver(process.cwd(), npm, process.versions.node);
}
