import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { installDriver } from './install-driver.js';

let root = '';
let asked: string[] = [];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'orderpark-driver-'));
  asked = [];
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(...files: string[]): void {
  for (const file of files) {
    const path = join(root, 'node_modules', file);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, '');
  }
}

/** An npm that notes what it is asked, and does it. */
function npm(args: readonly string[]): void {
  asked.push(args.join(' '));
  if (args[0] === 'install')
    put('better-sqlite3/package.json', 'better-sqlite3-node20/package.json');
}

it('asks for nothing where the ready-made driver is there', () => {
  put('better-sqlite3/package.json');
  installDriver(root, npm, '24.1.0');
  expect(asked).toEqual([]);
});

it('brings back the ready-made driver that npm dropped', () => {
  installDriver(root, npm, '22.0.0');
  expect(asked).toEqual(['install --ignore-scripts --no-save']);
});

it('builds the driver of Node 20, once', () => {
  put('better-sqlite3-node20/package.json');
  installDriver(root, npm, '20.19.0');
  put('better-sqlite3-node20/build/Release/better_sqlite3.node');
  installDriver(root, npm, '20.19.0');
  expect(asked).toEqual(['run install']);
});

it('brings back and builds the driver of Node 20 that npm could not build, so that it says why', () => {
  installDriver(root, npm, '20.19.0');
  expect(asked).toEqual(['install --ignore-scripts --no-save', 'run install']);
});

it('fails where the driver stays away', () => {
  expect(() => installDriver(root, () => undefined, '24.1.0')).toThrow(
    'npm did not install better-sqlite3, which Node 24.1.0 needs',
  );
});
