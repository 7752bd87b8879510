import { hasCode } from '../../runtime/durable-file.js';

/** The folder is not what orderpark can write to; the message says what to do. */
export class FolderTrouble extends Error {
  override readonly name = 'FolderTrouble';
}

const SENTENCES: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full: free some space',
  EDQUOT: 'the disk quota is used up: free some space or raise it',
  EACCES: 'orderpark may not write there: give its user write permission',
  EPERM: 'orderpark may not write there: give its user write permission',
  EROFS: 'the file system is read-only: mount it writable',
  ENOENT: 'a folder is missing: was it moved, or is its disk not mounted?',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EMFILE: 'this process has too many files open',
  ENFILE: 'this machine has too many files open',
  EIO: 'the disk reports an input/output error',
};

/**
 * Why what is at `place` (`Journal folder /books`) could not be written or read, and what to do, in
 * one sentence.
 */
export function troubleText(place: string, error: unknown): string {
  if (error instanceof FolderTrouble) return error.message;
  for (const [code, sentence] of Object.entries(SENTENCES)) {
    if (hasCode(error, code)) return `${place}: ${sentence} (${code}).`;
  }
  const detail = error instanceof Error ? error.message : String(error);
  return `${place}: ${detail}`;
}
