import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadConfig } from '../config/load.js';
import type { Problem } from '../config/problem.js';
import { localDateOf } from '../orders/time.js';
import type { Choices } from './choices.js';
import type { NewFile } from './files.js';
import type { KeptSecret } from './secrets.js';
import type { Survey } from './survey.js';
import { configText } from './write-config.js';

/** Where the owner's file is to be, and what it is read with. */
export interface FilePlace {
  readonly path: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly nowMs: number;
}

/** The file would not load, so that it is not written. */
export class UnsoundError extends Error {
  override readonly name = 'UnsoundError';
  constructor(readonly problems: readonly Problem[]) {
    super('The file would have problems, so nothing was written');
  }
}

const EXAMPLE = new URL('../../config/orderpark.example.yaml', import.meta.url);

/**
 * The owner's file and its secrets, not written yet: the secrets first, so that the file that names them
 * comes last. Throws UnsoundError where it would not load.
 */
export function planFiles(
  { path, env, nowMs }: FilePlace,
  survey: Survey,
  choices: Choices,
  kept: readonly KeptSecret[],
): readonly NewFile[] {
  const secrets = kept.flatMap(({ file }) => file ?? []);
  const today = localDateOf(nowMs, choices.timezone);
  const content = configText(readFileSync(EXAMPLE, 'utf8'), survey, choices, today);
  const planned = new Map(secrets.map((file) => [resolve(file.path), file.content]));
  const result = loadConfig({
    path,
    env,
    readFile: (file) =>
      file === resolve(path) ? content : (planned.get(file) ?? readFileSync(file, 'utf8')),
  });
  if (!result.ok) throw new UnsoundError(result.problems);
  return [...secrets, { path, content, isSecret: false }];
}

/** Those that are there already. */
export function alreadyThere(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => existsSync(path));
}
