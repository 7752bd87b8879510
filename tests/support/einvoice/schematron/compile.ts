import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const require = createRequire(import.meta.url);

/**
 * The stylesheet in the form that saxon-js runs, compiled by xslt3 the first time: about half a minute
 * for the rules of EN 16931. It is kept in the user's cache under a name made of all that it depends
 * on: the stylesheet, which is made of the rules by our own code, and the versions of both programs.
 *
 * Compiles in a process of its own, so that vitest's workers can answer meanwhile.
 */
export async function compileStylesheet(xslt: string): Promise<unknown> {
  const folder = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'orderpark');
  const path = join(folder, `schematron-${keyOf(xslt)}.sef.json`);
  if (!existsSync(path)) await compileTo(path, xslt, folder);
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** Of two workers that compile at the same time, the later replaces a file by its like. */
async function compileTo(path: string, xslt: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const bench = mkdtempSync(join(folder, 'compiling-'));
  try {
    const [from, to] = [join(bench, 'rules.xsl'), join(bench, 'rules.sef.json')];
    writeFileSync(from, xslt);
    const compiler = require.resolve('xslt3/xslt3.js');
    await promisify(execFile)(process.execPath, [
      compiler,
      `-xsl:${from}`,
      `-export:${to}`,
      '-nogo',
    ]);
    renameSync(to, path);
  } finally {
    rmSync(bench, { recursive: true, force: true });
  }
}

function keyOf(xslt: string): string {
  const versions = ['saxon-js', 'xslt3'].map((name) => require(`${name}/package.json`).version);
  return createHash('sha256')
    .update([...versions, xslt].join('\n'))
    .digest('hex')
    .slice(0, 32);
}
