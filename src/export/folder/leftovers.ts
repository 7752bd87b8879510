import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What a process left that died while writing; younger files may belong to one that is alive. */
export async function removeLeftovers(scratch: string): Promise<void> {
  const hourAgo = Date.now() - 3_600_000; // file times are the system's, whatever our clock says
  for (const name of await readdir(scratch)) {
    const path = join(scratch, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (mtimeMs < hourAgo) await rm(path, { recursive: true, force: true });
  }
}
