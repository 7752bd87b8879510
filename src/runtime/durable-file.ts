import { randomUUID } from 'node:crypto';
import { access, link, open, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The file is there, but it is not certain that it would survive a loss of power. */
export class NotYetDurable extends Error {
  override readonly name = 'NotYetDurable';
}

/**
 * Makes a file with that content, whole or not at all, on disk when this resolves. Never replaces
 * a file: false where the name is taken, also by another process a moment ago. `scratch` is a
 * folder on the same file system; `mode` are the permissions before the process's own mask.
 */
export async function createDurably(
  path: string,
  content: string | Uint8Array,
  scratch: string,
  mode = 0o666,
): Promise<boolean> {
  const temporary = join(scratch, `${randomUUID()}.tmp`);
  try {
    await writeDurably(temporary, content, mode);
    if (!(await giveName(temporary, path))) return false;
  } finally {
    await unlink(temporary).catch(() => undefined);
  }
  await syncFolder(dirname(path)).catch((error: unknown) => {
    throw new NotYetDurable('the folder could not be flushed to disk', { cause: error });
  });
  return true;
}

/** Flushes a file that is there, and its name, to disk. */
export async function makeDurable(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  await syncFolder(dirname(path));
}

export async function syncFolder(path: string): Promise<void> {
  // Windows cannot open a folder, and keeps names without being asked.
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } catch (error) {
    // Some network file systems do not know the call.
    if (!hasCode(error, 'EINVAL', 'ENOTSUP')) throw error;
  } finally {
    await folder.close();
  }
}

export async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}

export function hasCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

async function writeDurably(
  path: string,
  content: string | Uint8Array,
  mode: number,
): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** `link`, unlike `rename`, refuses a name that is taken. */
async function giveName(temporary: string, path: string): Promise<boolean> {
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    if (!hasCode(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK')) throw error;
  }
  // No hard links here (FAT, some network shares): safe as long as one process writes.
  if (await exists(path)) return false;
  await rename(temporary, path);
  return true;
}
