import { readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type ConfigResult, loadConfig } from '../config/load.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads a pasted file as if it stood beside the one in force. It may name only those variables and
 * files that the one in force names: a page is no place to read others of this machine.
 */
export function readPasted(text: string, current: string, env: Environment): ConfigResult {
  const inForce = readText(current);
  const path = join(dirname(current), `pasted-${basename(current)}`);
  const named = new Set([...inForce.matchAll(/\$\{([A-Za-z_]\w*)/g)].map(([, name]) => name));
  const files = new Set(
    [...inForce.matchAll(/\bfile:\s*["']?([^\s"',}\]]+)/g)].map(([, file]) =>
      resolve(dirname(current), file ?? ''),
    ),
  );
  const result = loadConfig({
    path,
    env: Object.fromEntries(Object.entries(env).filter(([name]) => named.has(name))),
    readFile: (file) => {
      if (file === resolve(path)) return text;
      if (!files.has(file)) throw new NotNamedError();
      return readFileSync(file, 'utf8');
    },
  });
  const name = basename(current);
  const rename = <Told extends { file: string }>(told: readonly Told[]) =>
    told.map((each) => ({ ...each, file: name }));
  return result.ok
    ? { ...result, warnings: rename(result.warnings) }
    : { ...result, problems: rename(result.problems) };
}

/** Told as a file that this user may not read. */
class NotNamedError extends Error {
  readonly code = 'EACCES';
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
