import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  type KeptSecret,
  keptInEnvironment,
  keptInFile,
  keptWhereItIs,
} from '../../setup/secrets.js';
import { type CliContext, CommandError } from '../context.js';
import { EXIT } from '../exit-codes.js';

/**
 * A secret from the file that an option names. It stays there; what comes through a pipe, and so is
 * gone afterwards, gets a file of its own. Throws CommandError.
 */
export function secretFromOption(
  { cwd }: CliContext,
  option: string,
  given: string,
  own: { readonly name: string; readonly folder: string },
): KeptSecret {
  const path = resolve(cwd, given);
  try {
    const isFile = statSync(path).isFile();
    const value = readFileSync(path, 'utf8').replace(/[\r\n]+$/, '');
    if (value === '') throw new CommandError(EXIT.usage, `${option}: ${given} is empty.`);
    return isFile
      ? keptWhereItIs(value, path, own.folder)
      : keptInFile(value, own.name, own.folder);
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(EXIT.usage, `${option}: ${given} cannot be read.`);
  }
}

/** Throws CommandError where the variable is not set. */
export function secretFromEnvironment({ env }: CliContext, name: string, fix: string): KeptSecret {
  const value = env[name];
  if (value === undefined || value === '') {
    throw new CommandError(EXIT.usage, `--env needs the environment variable ${name}.`, fix);
  }
  return keptInEnvironment(value, name);
}
