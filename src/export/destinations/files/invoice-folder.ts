import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Document } from '../../../documents/document.js';
import { ownerMark } from '../../../rendering/owner-mark.js';
import type { RenderedFile } from '../../../rendering/renderer.js';
import { createDurably, hasCode, makeDurable, syncFolder } from '../../../runtime/durable-file.js';
import { numberFileName, safeFileName } from '../../folder/file-name.js';
import { removeLeftovers } from '../../folder/leftovers.js';
import { Presence } from '../../folder/presence.js';

/** What stands under a name of a document. */
export type Standing =
  /** Nothing, or only some of its files: its process stopped between them. */
  | { readonly kind: 'incomplete'; readonly missing: readonly RenderedFile[] }
  | { readonly kind: 'whole' }
  /** A file of this document, and not what we would write; or one of a stranger beside ours. */
  | { readonly kind: 'differs'; readonly detail: string }
  /** Somebody else's. */
  | { readonly kind: 'taken' };

/**
 * `<folder>/<year>/<month>/<number>.pdf` and `.xml`. A name is never taken from a file that is there:
 * numbers can repeat (two shops, two companies), so each file says whose it is, and a document whose
 * name is taken has its key in its name too. `.orderpark/` tells of each document where it is.
 */
export class InvoiceFolder {
  readonly #root: string;
  readonly #presence: Presence;

  constructor(root: string) {
    this.#root = root;
    this.#presence = new Presence('Invoice folder', root);
  }

  /**
   * The names that a document can have, relative to the folder and without extension: the one under
   * which it was filed, or else the usual one and the one for where that is taken.
   */
  async namesOf(document: Document): Promise<readonly string[]> {
    const filed = await readIfThere(this.#indexPath(document));
    if (filed !== undefined) return [filed.toString('utf8').trim()];
    const [year = '', month = ''] = document.date.split('-');
    const usual = `${year}/${month}/${numberFileName(document.number)}`;
    return [usual, `${usual}_${safeFileName(document.key)}`];
  }

  assertPresent(): Promise<void> {
    return this.#presence.assert();
  }

  async standing(
    name: string,
    document: Document,
    files: readonly RenderedFile[],
  ): Promise<Standing> {
    const found = await Promise.all(
      files.map(async (file) => ({ file, is: await this.#look(name, document, file) })),
    );
    const whichIs = (is: FileStanding) => found.filter((each) => each.is === is);
    const [different] = whichIs('different');
    const [stranger] = whichIs('strange');
    if (different) {
      const detail = `${name}.${different.file.extension} is not what orderpark would write there.`;
      return { kind: 'differs', detail };
    }
    if (stranger && whichIs('same').length > 0) {
      const detail = `${name}.${stranger.file.extension} is not a file of orderpark.`;
      return { kind: 'differs', detail };
    }
    if (stranger) return { kind: 'taken' };
    const missing = whichIs('missing').map(({ file }) => file);
    return missing.length === 0 ? { kind: 'whole' } : { kind: 'incomplete', missing };
  }

  async #look(name: string, document: Document, file: RenderedFile): Promise<FileStanding> {
    const path = this.#path(name, file);
    const existing = await readIfThere(path);
    if (existing === undefined) return 'missing';
    if (existing.equals(file.content)) {
      await makeDurable(path); // it may have been written a moment before a loss of power
      return 'same';
    }
    return existing.includes(ownerMark(document.key)) ? 'different' : 'strange';
  }

  /** Writes a file, durably and whole; false where its name has been taken meanwhile. */
  async add(name: string, file: RenderedFile): Promise<boolean> {
    const path = this.#path(name, file);
    await this.#makeFolder(dirname(path));
    return createDurably(path, file.content, this.#scratch);
  }

  /** Notes, durably, where a document is. */
  async file(name: string, document: Document): Promise<void> {
    const path = this.#indexPath(document);
    await this.#makeFolder(dirname(path));
    await createDurably(path, `${name}\n`, this.#scratch);
  }

  async setUp(): Promise<void> {
    await this.#makeFolder(this.#scratch);
    await removeLeftovers(this.#scratch);
    this.#presence.seen();
  }

  get #scratch(): string {
    return join(this.#root, '.orderpark', 'tmp');
  }

  #indexPath({ key }: Document): string {
    return join(this.#root, '.orderpark', 'filed', `${safeFileName(key)}.txt`);
  }

  #path(name: string, { extension }: RenderedFile): string {
    return join(this.#root, `${name}.${extension}`);
  }

  /** Each folder on the way that is new is flushed in the one above it. */
  async #makeFolder(path: string): Promise<void> {
    const firstMade = await mkdir(path, { recursive: true });
    if (firstMade === undefined) return;
    for (let made = path; made.length >= firstMade.length; made = dirname(made)) {
      await syncFolder(dirname(made));
    }
  }
}

type FileStanding = 'missing' | 'same' | 'different' | 'strange';

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
