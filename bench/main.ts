import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from './build.js';
import { LONG_MEASURES, MEASURES, type Surroundings } from './measures.js';
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
    soak: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '30' },
  },
});

if (values.run !== undefined) {
  await runOne(values.run, { configPath: values.config, minutes: Number(values.minutes) });
} else if (values.soak) {
  process.exitCode = await runEach(Object.keys(LONG_MEASURES), positionals[0] ?? values.minutes);
} else {
  process.exitCode = await runNamed(positionals);
}

async function runNamed(named: readonly string[]): Promise<number> {
  const unknown = named.find((name) => !Object.hasOwn(MEASURES, name));
  if (unknown !== undefined) {
    process.stderr.write(`no measure ${unknown}; there are ${Object.keys(MEASURES).join(', ')}\n`);
    return 2;
  }
  return runEach(named.length > 0 ? named : Object.keys(MEASURES), values.minutes);
}

async function runEach(names: readonly string[], minutes: string): Promise<number> {
  if (!(Number(minutes) > 0)) {
    process.stderr.write(`--soak wants minutes, and ${minutes} is none\n`);
    return 2;
  }
  const root = fileURLToPath(new URL('..', import.meta.url));
  const built = build(root);
  try {
    const rows: Row[] = [];
    for (const name of names) {
      process.stderr.write(`${name} …\n`);
      const args = [
        '--run',
        name,
        '--config',
        join(root, 'config/demo.yaml'),
        '--minutes',
        minutes,
      ];
      rows.push(...(await rowsOf(name, [built.program, ...args])));
    }
    process.stdout.write(tableOf(rows));
    return rows.some(({ isMet }) => isMet === false) ? 1 : 0;
  } finally {
    built.remove();
  }
}

async function rowsOf(name: string, args: readonly string[]): Promise<readonly Row[]> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout) chunks.push(Buffer.from(chunk));
  const [code] = await exited;
  if (code !== 0) throw new Error(`the measure ${name} failed`);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

async function runOne(name: string, surroundings: Surroundings): Promise<void> {
  const measure = { ...MEASURES, ...LONG_MEASURES }[name];
  if (!measure) throw new RangeError(`no measure ${name}`);
  process.stdout.write(JSON.stringify(await measure(surroundings)));
}
