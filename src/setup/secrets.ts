import { isAbsolute, join, relative, sep } from 'node:path';
import type { SecretPlace } from './choices.js';
import type { NewFile } from './files.js';

/** A secret, where the owner's file finds it, and the file that must be written for that, if any. */
export interface KeptSecret {
  readonly value: string;
  readonly place: SecretPlace;
  readonly file?: NewFile;
}

/** A secret that gets a file of its own, beside the owner's file in `folder`. */
export function keptInFile(value: string, name: string, folder: string): KeptSecret {
  const path = `./secrets/${name}`;
  return {
    value,
    place: { kind: 'file', path },
    file: { path: join(folder, path), content: `${value}\n`, isSecret: true },
  };
}

/** A secret that stays in the file in which it was given. */
export function keptWhereItIs(value: string, path: string, folder: string): KeptSecret {
  const from = relative(folder, path);
  const isBelow = from !== '' && !isAbsolute(from) && from.split(sep)[0] !== '..';
  const written = isBelow ? `./${from.split(sep).join('/')}` : path;
  return { value, place: { kind: 'file', path: written } };
}

/** A secret that the environment holds. */
export function keptInEnvironment(value: string, name: string): KeptSecret {
  return { value, place: { kind: 'variable', name } };
}
