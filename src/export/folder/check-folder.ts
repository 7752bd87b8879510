import { access, constants, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { exists } from '../../runtime/durable-file.js';
import type { Finding } from '../destination.js';
import { troubleText } from './trouble.js';

/** Some ten thousand documents at one block each. */
const LOW_SPACE_BYTES = 50_000_000;

interface FolderPurpose {
  /** Before the path in messages: `Journal folder`. */
  readonly name: string;
  /** Who reads what is in it. */
  readonly reader: string;
}

/** Whether a folder of books can be written to. `conflictIn` says what else is the matter with it. */
export async function checkFolder(
  root: string,
  { name, reader }: FolderPurpose,
  conflictIn: () => Promise<string | undefined>,
): Promise<readonly Finding[]> {
  try {
    const isThere = await exists(root);
    const existing = isThere ? root : await nearestFolder(root);
    if (!(await stat(existing)).isDirectory()) {
      return [{ level: 'error', message: `${existing} is a file.`, fix: 'Name another folder.' }];
    }
    await access(existing, constants.R_OK | constants.W_OK | constants.X_OK);
    const conflict = await conflictIn();
    if (conflict) return [{ level: 'error', message: conflict }];
    const space = await spaceFinding(existing);
    if (space) return [space];
    if (isThere) {
      return [{ level: 'ok', message: `${root} can be written; ${reader} reads it.` }];
    }
    return [
      {
        level: 'warning',
        message: `${root} does not exist yet; the first document makes it.`,
        fix: 'Nothing to do, unless it is on a disk that should be mounted.',
      },
    ];
  } catch (error) {
    return [
      {
        level: 'error',
        message: troubleText(`${name} ${root}`, error),
        fix: 'Make the folder writable for the user that runs orderpark, or name another one.',
      },
    ];
  }
}

async function nearestFolder(path: string): Promise<string> {
  const parent = dirname(path);
  return parent === path || (await exists(parent)) ? parent : nearestFolder(parent);
}

async function spaceFinding(path: string): Promise<Finding | undefined> {
  const { bavail, bsize } = await statfs(path);
  const freeBytes = bavail * bsize;
  if (freeBytes >= LOW_SPACE_BYTES) return undefined;
  return {
    level: freeBytes < 1_000_000 ? 'error' : 'warning',
    message: `The disk of ${path} has ${Math.floor(freeBytes / 1_000_000)} MB left.`,
    fix: 'Free some space; orderpark waits and tries again while there is none.',
  };
}
