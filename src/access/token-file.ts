import { randomBytes } from 'node:crypto';
import { link, readFile, unlink, writeFile } from 'node:fs/promises';

const TOKEN_BYTES = 32;

/**
 * The token in a file of its own, which only its owner may read: for who has named nobody in the
 * config. Made where it is missing; two processes that make it at once agree on one. Throws as
 * node:fs does.
 */
export async function tokenInFile(path: string): Promise<string> {
  return (await read(path)) ?? (await make(path));
}

async function make(path: string): Promise<string> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const temporary = `${path}.${process.pid}`;
  await writeFile(temporary, `${token}\n`, { mode: 0o600, flag: 'wx' });
  try {
    await link(temporary, path);
    return token;
  } catch (error) {
    const other = await read(path);
    if (other === undefined) throw error;
    return other;
  } finally {
    await unlink(temporary);
  }
}

async function read(path: string): Promise<string | undefined> {
  try {
    const text = (await readFile(path, 'utf8')).trim();
    return text === '' ? undefined : text;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
