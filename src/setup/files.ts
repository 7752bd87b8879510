import { randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** A file that is to be written. */
export interface NewFile {
  /** Absolute. */
  readonly path: string;
  readonly content: string;
  /** A secret is for its owner alone, and so is the folder that is made for it. */
  readonly isSecret: boolean;
}

/** A file could not be written; none of the new ones is left behind. */
export class WriteError extends Error {
  override readonly name = 'WriteError';
  constructor(
    readonly path: string,
    readonly reason: string,
  ) {
    super(`${path} cannot be written: ${reason}`);
  }
}

/**
 * Writes all files or none: each is whole on disk under another name before the first gets its own, and
 * they get theirs in their order, so that the one that names the others comes last. Nothing waits in
 * between, so no signal leaves a part. A file that is there is only replaced where `mayReplace`.
 * Throws WriteError.
 */
export function writeFiles(files: readonly NewFile[], mayReplace: boolean): void {
  const staged = files.map((file) => ({ ...file, temporary: temporaryFor(file.path) }));
  const made: string[] = [];
  let at = '';
  try {
    for (const { path, content, isSecret, temporary } of staged) {
      at = path;
      makeFolder(dirname(path), isSecret);
      writeWhole(temporary, content, isSecret);
    }
    for (const { path, temporary } of staged) {
      at = path;
      const isNew = !existsSync(path);
      if (mayReplace) renameSync(temporary, path);
      else nameAnew(temporary, path);
      if (isNew) made.push(path);
    }
  } catch (error) {
    for (const path of made) rmSync(path, { force: true });
    throw new WriteError(at, reasonOf(error));
  } finally {
    for (const { temporary } of staged) rmSync(temporary, { force: true });
  }
}

/** A link, unlike a rename, refuses a name that is taken. */
function nameAnew(temporary: string, path: string): void {
  try {
    linkSync(temporary, path);
  } catch (error) {
    // Some file systems have no links.
    if (codeOf(error) === 'EEXIST' || existsSync(path)) throw error;
    renameSync(temporary, path);
  }
}

function temporaryFor(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
}

/** What keeps a new folder of secrets out of version control. */
const IGNORE_ALL = '*\n';

function makeFolder(folder: string, isSecret: boolean): void {
  if (existsSync(folder)) return;
  mkdirSync(folder, { recursive: true, ...(isSecret ? { mode: 0o700 } : {}) });
  if (isSecret) writeWhole(join(folder, '.gitignore'), IGNORE_ALL, false);
}

function writeWhole(path: string, content: string, isSecret: boolean): void {
  const file = openSync(path, 'wx', isSecret ? 0o600 : 0o644);
  try {
    writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function reasonOf(error: unknown): string {
  const code = codeOf(error);
  switch (code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'this user may not write there';
    case 'EEXIST':
      return 'it is there already';
    case 'ENOSPC':
      return 'the disk is full';
    default:
      return code === '' ? 'an unknown fault' : code;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
