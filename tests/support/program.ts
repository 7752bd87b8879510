import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { KEY_ENV } from './owner-file.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** orderpark compiled as it is published, so that a process starts as fast as an owner's does. */
export interface Program {
  /** The folder of the compiled files. */
  readonly dist: string;
  start(args: readonly string[]): Running;
  /** Kills what still runs. */
  stopAll(): Promise<void>;
  /** Kills what still runs, and takes the compiled files away. */
  remove(): Promise<void>;
}

/** A child process. */
export interface Running {
  readonly child: ChildProcess;
  readonly output: { out: string; err: string };
  readonly ended: Promise<Ended>;
}

export interface Ended {
  /** `null` where a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

export function buildProgram(): Program {
  const folder = mkdtempSync(join(tmpdir(), 'orderpark-program-'));
  const dist = join(folder, 'dist');
  const compiler = join(
    dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
    'bin/tsc',
  );
  const args = ['-p', join(ROOT, 'tsconfig.build.json'), '--outDir', dist];
  execFileSync(process.execPath, [compiler, ...args], { stdio: ['ignore', 'inherit', 'inherit'] });
  for (const name of ['package.json', 'config']) {
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'dir');
  const running = new Set<Running>();
  const stopAll = async () => {
    for (const { child } of running) child.kill('SIGKILL');
    await Promise.all([...running].map(({ ended }) => ended));
  };
  return {
    dist,
    start(args) {
      const started = startNode([join(dist, 'main.js'), ...args]);
      running.add(started);
      void started.ended.finally(() => running.delete(started));
      return started;
    },
    stopAll,
    async remove() {
      await stopAll();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Starts Node on a file, with the keys of the tests' shops in its environment. */
export function startNode(args: readonly string[]): Running {
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...KEY_ENV },
  });
  const output = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.err += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, ...output }));
  });
  return { child, output, ended };
}

/** Waits until `isTrue`; throws when it has not become so in time, with what `told` then says. */
export async function until(
  isTrue: () => boolean | Promise<boolean>,
  told: () => string = () => '',
  withinMs = 20_000,
): Promise<void> {
  const endMs = Date.now() + withinMs;
  while (!(await isTrue())) {
    if (Date.now() > endMs) throw new Error(`it did not come about in time\n${told()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
