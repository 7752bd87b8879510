import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLogger } from './logger.js';
import { tellServiceManager } from './service-manager.js';

let folder: string;
let lines: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'orderpark-notify-'));
  lines = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const logger = () =>
  createLogger({ level: 'debug', format: 'json', write: (line) => lines.push(line) });

/** A program in the place of systemd's, which notes what it was given. */
function programThat(ends: string): Record<string, string> {
  const path = join(folder, 'systemd-notify');
  writeFileSync(
    path,
    `#!/bin/sh\n/usr/bin/env > '${folder}/env'\necho "$@" > '${folder}/words'\n${ends}\n`,
  );
  chmodSync(path, 0o755);
  return { PATH: folder, NOTIFY_SOCKET: '/run/notify', WC_CONSUMER_SECRET: 'cs_not_for_others' };
}

test('systemd is told by its own program, which sees no secret of ours', async () => {
  await tellServiceManager('READY=1', programThat('exit 0'), logger());
  expect(readFileSync(join(folder, 'words'), 'utf8')).toBe('READY=1\n');
  const env = readFileSync(join(folder, 'env'), 'utf8');
  expect(env).toContain('NOTIFY_SOCKET=/run/notify');
  expect(env).not.toContain('cs_not_for_others');
  expect(lines).toEqual([]);
});

test('where no service manager asks, nothing is run', async () => {
  const { NOTIFY_SOCKET: _, ...env } = programThat('exit 0');
  await tellServiceManager('READY=1', env, logger());
  expect(() => readFileSync(join(folder, 'words'))).toThrow();
  expect(lines).toEqual([]);
});

test.each([
  ['fails', 'exit 3', 'it ended with code 3'],
  ['is killed', 'kill -9 $$', 'it was ended by SIGKILL'],
])('a program that %s is logged, and stops nothing', async (_, ends, reason) => {
  await tellServiceManager('STOPPING=1', programThat(ends), logger());
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ state: 'STOPPING=1', reason });
});

test('a program that is not there is logged, and stops nothing', async () => {
  const env = { PATH: folder, NOTIFY_SOCKET: '/run/notify' };
  await tellServiceManager('READY=1', env, logger());
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ reason: expect.stringContaining('ENOENT') });
});
