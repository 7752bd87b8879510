import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from './build.js';
import { MEASURES } from './measures.js';
import type { Row } from './row.js';
import { tableOf } from './table.js';

/*
 * `npm run bench` builds the program, runs each measure in a plain Node process of its own, one
 * after the other, and prints one table. `npm run bench -- documents` runs only that one. Ends with
 * 1 where a bound is missed.
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** Runs this measure in this process, and prints its rows as JSON. */
    run: { type: 'string' },
    config: { type: 'string', default: '' },
  },
});

if (values.run === undefined) process.exitCode = await runAll(positionals);
else await runOne(values.run, values.config);

async function runAll(named: readonly string[]): Promise<number> {
  const unknown = named.find((name) => !Object.hasOwn(MEASURES, name));
  if (unknown !== undefined) {
    process.stderr.write(`no measure ${unknown}; there are ${Object.keys(MEASURES).join(', ')}\n`);
    return 2;
  }
  const root = fileURLToPath(new URL('..', import.meta.url));
  const built = build(root);
  try {
    const rows: Row[] = [];
    for (const name of named.length > 0 ? named : Object.keys(MEASURES)) {
      process.stderr.write(`${name} …\n`);
      rows.push(...(await rowsOf(built.program, name, join(root, 'config/demo.yaml'))));
    }
    process.stdout.write(tableOf(rows));
    return rows.some(({ isMet }) => isMet === false) ? 1 : 0;
  } finally {
    built.remove();
  }
}

async function rowsOf(program: string, name: string, config: string): Promise<readonly Row[]> {
  const args = [program, '--run', name, '--config', config];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout) chunks.push(Buffer.from(chunk));
  const [code] = await exited;
  if (code !== 0) throw new Error(`the measure ${name} failed`);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

async function runOne(name: string, configPath: string): Promise<void> {
  const measure = MEASURES[name];
  if (!measure) throw new RangeError(`no measure ${name}`);
  process.stdout.write(JSON.stringify(await measure({ configPath })));
}
