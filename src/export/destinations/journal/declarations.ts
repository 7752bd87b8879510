import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createDurably, exists, hasCode, syncFolder } from '../../../runtime/durable-file.js';
import { safeFileName } from '../../folder/file-name.js';
import { commodityDeclaration, type Flavour } from './flavour.js';
import { readPostingLine } from './posting-lines.js';

/** What a posting needs declared. */
interface Declared {
  readonly account: string;
  readonly currency: string;
}

/** Adds what is not declared yet: a file each, so that nothing is ever rewritten. */
export async function createDeclarations(
  folder: string,
  scratch: string,
  flavour: Flavour,
  postings: readonly Declared[],
): Promise<void> {
  for (const [name, content] of declarationFiles(flavour, postings)) {
    const path = join(folder, `${name}.${flavour.extension}`);
    if (!(await exists(path))) await createDurably(path, content, scratch);
  }
}

/**
 * Makes the folder of declarations, from the documents that are there (none on the first day). It
 * appears whole or not at all.
 */
export async function restoreDeclarations(
  root: string,
  scratch: string,
  flavour: Flavour,
  years: readonly string[],
): Promise<void> {
  const building = await mkdtemp(join(scratch, 'accounts-'));
  try {
    const postings = await postingsThere(root, flavour, years);
    const base = join(building, `_accounts.${flavour.extension}`);
    await createDurably(
      base,
      `; Accounts and currencies, a file each.\n${flavour.tags()}`,
      scratch,
    );
    await createDeclarations(building, scratch, flavour, postings);
    await moveInto(building, join(root, 'accounts'));
    await syncFolder(root);
  } finally {
    await rm(building, { recursive: true, force: true });
  }
}

/** Where another process was faster, its folder holds the same. */
async function moveInto(building: string, folder: string): Promise<void> {
  try {
    await rename(building, folder);
  } catch (error) {
    if (!hasCode(error, 'ENOTEMPTY', 'EEXIST', 'EPERM') || !(await exists(folder))) throw error;
  }
}

function declarationFiles(
  flavour: Flavour,
  postings: readonly Declared[],
): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const { account, currency } of postings) {
    files.set(safeFileName(`account/${account}`), flavour.account(account));
    files.set(safeFileName(`currency/${currency}`), commodityDeclaration(flavour, currency));
  }
  return files;
}

async function postingsThere(
  root: string,
  flavour: Flavour,
  years: readonly string[],
): Promise<readonly Declared[]> {
  const found = new Map<string, Declared>();
  for (const year of years) {
    const names = await readdir(join(root, year));
    for (const name of names.filter((each) => each.endsWith(`.${flavour.extension}`))) {
      const lines = createInterface({ input: createReadStream(join(root, year, name)) });
      for await (const line of lines) {
        const posting = readPostingLine(line);
        if (posting) found.set(`${posting.account}\n${posting.currency}`, posting);
      }
    }
  }
  return [...found.values()];
}
