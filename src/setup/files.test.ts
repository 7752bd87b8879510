import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type NewFile, WriteError, writeFiles } from './files.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'orderpark-setup-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string) => join(folder, name);
const plan = (): NewFile[] => [
  { path: at('secrets/main-key'), content: 'ck_1\n', isSecret: true },
  { path: at('orderpark.yaml'), content: 'timezone: UTC\n', isSecret: false },
];
const modeOf = (path: string) => statSync(path).mode & 0o777;

it('secrets are for their owner alone, and kept out of version control', () => {
  writeFiles(plan(), false);
  expect(readFileSync(at('secrets/main-key'), 'utf8')).toBe('ck_1\n');
  expect(readFileSync(at('orderpark.yaml'), 'utf8')).toBe('timezone: UTC\n');
  expect(modeOf(at('secrets/main-key'))).toBe(0o600);
  expect(modeOf(at('secrets'))).toBe(0o700);
  expect(readFileSync(at('secrets/.gitignore'), 'utf8')).toBe('*\n');
  expect(readdirSync(folder).sort()).toEqual(['orderpark.yaml', 'secrets']);
  expect(readdirSync(at('secrets')).sort()).toEqual(['.gitignore', 'main-key']);
});

it('a file that is there is never replaced unasked, and nothing else is left of the attempt', () => {
  writeFileSync(at('orderpark.yaml'), 'mine\n');
  expect(() => writeFiles(plan(), false)).toThrow(WriteError);
  expect(readFileSync(at('orderpark.yaml'), 'utf8')).toBe('mine\n');
  expect(existsSync(at('secrets/main-key'))).toBe(false);
  expect(readdirSync(folder).sort()).toEqual(['orderpark.yaml', 'secrets']);
});

it('asked for, it is replaced whole, and a secret gets its rights anew', () => {
  writeFiles(plan(), false);
  writeFileSync(at('orderpark.yaml'), 'mine\n');
  chmodSync(at('secrets/main-key'), 0o644);
  writeFiles(plan(), true);
  expect(readFileSync(at('orderpark.yaml'), 'utf8')).toBe('timezone: UTC\n');
  expect(modeOf(at('secrets/main-key'))).toBe(0o600);
});

it('where one cannot be written none is, and the error names it', () => {
  mkdirSync(at('secrets'));
  // A folder in the place of the file: refused for every user, root too.
  mkdirSync(at('orderpark.yaml'));
  const failed = () => writeFiles(plan(), true);
  expect(failed).toThrow(/orderpark\.yaml cannot be written/);
  expect(readdirSync(at('secrets'))).toEqual([]);
});
