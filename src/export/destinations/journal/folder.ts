import { mkdir, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createDurably, exists, hasCode, syncFolder } from '../../../runtime/durable-file.js';
import { removeLeftovers } from '../../folder/leftovers.js';
import { Presence } from '../../folder/presence.js';
import { FolderTrouble } from '../../folder/trouble.js';
import { createDeclarations, restoreDeclarations } from './declarations.js';
import type { Entry } from './entry.js';
import type { Flavour } from './flavour.js';
import { flavourOf } from './flavour.js';
import { JOURNAL_FLAVOURS } from './settings.js';

/**
 * The files around the documents. Each is made once and never rewritten, so that any number of
 * processes may write to one folder, and a crash leaves nothing half:
 *
 *     main.journal              includes the next two
 *     accounts.journal          includes accounts/*
 *     year-2026.journal         includes 2026/*
 *     accounts/….journal        one account or currency each
 *     2026/_year.journal        empty, since programs refuse a pattern that matches nothing
 *     2026/main_1042_invoice.journal
 */
export class JournalFolder {
  readonly #root: string;
  readonly #flavour: Flavour;
  readonly #presence: Presence;
  #ready: Promise<void> | undefined;

  constructor(root: string, flavour: Flavour) {
    this.#root = root;
    this.#flavour = flavour;
    this.#presence = new Presence('Journal folder', root);
  }

  get #scratch(): string {
    return join(this.#root, '.tmp');
  }

  /** Relative to the folder, with slashes: what the books call the document. */
  documentRef(year: string, name: string): string {
    return `${year}/${name}.${this.#flavour.extension}`;
  }

  path(...parts: string[]): string {
    return join(this.#root, ...parts);
  }

  /** Everything that the entry's file needs, durably, before that file appears. */
  async prepareFor(entry: Entry): Promise<void> {
    await this.assertPresent();
    await this.#setUp();
    const { postings, date } = entry;
    await createDeclarations(this.path('accounts'), this.#scratch, this.#flavour, postings);
    await this.#includeYear(date.slice(0, 4));
    await this.#include('accounts', 'accounts/*');
    await this.#createMain();
  }

  /** Files a document; false where its name is taken. */
  async add(ref: string, content: string): Promise<boolean> {
    try {
      return await createDurably(this.path(ref), content, this.#scratch);
    } catch (error) {
      this.#ready = undefined; // look at the folder anew before the next attempt
      throw error;
    }
  }

  /** Throws FolderTrouble where the folder was here and is gone. */
  async assertPresent(): Promise<void> {
    try {
      await this.#presence.assert();
    } catch (error) {
      this.#ready = undefined;
      throw error;
    }
  }

  /** Why this folder cannot be written to by this flavour; undefined where it can. */
  async conflict(): Promise<string | undefined> {
    for (const name of JOURNAL_FLAVOURS) {
      const other = flavourOf(name);
      if (name === this.#flavour.name || !(await exists(this.path(`main.${other.extension}`)))) {
        continue;
      }
      return `Journal folder ${this.#root} holds a journal for ${name}: give each books its own folder.`;
    }
    const main = this.#mainFile();
    const content = await readFile(main, 'utf8').catch((error: unknown) => {
      if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
      throw error;
    });
    if (content === undefined || content.includes(this.#includes())) return undefined;
    return `${main} does not include orderpark's files. Add these lines to it:\n${this.#includes()}`;
  }

  async #setUp(): Promise<void> {
    const isWhole = (await exists(this.path('accounts'))) && (await exists(this.#scratch));
    if (!isWhole) this.#ready = undefined;
    this.#ready ??= this.#setUpOnce();
    try {
      await this.#ready;
      this.#presence.seen();
    } catch (error) {
      this.#ready = undefined;
      throw error;
    }
  }

  async #setUpOnce(): Promise<void> {
    const firstMade = await mkdir(this.#scratch, { recursive: true });
    if (firstMade) await syncFolder(dirname(firstMade));
    const conflict = await this.conflict();
    if (conflict) throw new FolderTrouble(conflict);
    await removeLeftovers(this.#scratch);
    const years = (await readdir(this.#root, { withFileTypes: true }))
      .filter((each) => each.isDirectory() && /^\d{4}$/.test(each.name))
      .map(({ name }) => name);
    if (!(await exists(this.path('accounts')))) {
      await restoreDeclarations(this.#root, this.#scratch, this.#flavour, years);
    }
    for (const year of years) await this.#includeYear(year);
  }

  async #includeYear(year: string): Promise<void> {
    const index = `_year.${this.#flavour.extension}`;
    if (!(await exists(this.path(year, index)))) {
      if (await mkdir(this.path(year), { recursive: true })) await syncFolder(this.#root);
      await this.#create(join(year, index), `; Documents of ${year}, a file each.\n`);
    }
    await this.#include(`year-${year}`, `${year}/*`);
  }

  async #include(name: string, pattern: string): Promise<void> {
    const { extension } = this.#flavour;
    await this.#create(`${name}.${extension}`, this.#flavour.include(`${pattern}.${extension}`));
  }

  /** Last, since its patterns must match something. */
  async #createMain(): Promise<void> {
    const header = '; Kept by orderpark. Your own lines may follow below.\n';
    await this.#create(
      `main.${this.#flavour.extension}`,
      `${header}${this.#flavour.preamble}${this.#includes()}`,
    );
  }

  async #create(name: string, content: string): Promise<void> {
    const path = this.path(name);
    if (!(await exists(path))) await createDurably(path, content, this.#scratch);
  }

  #mainFile(): string {
    return this.path(`main.${this.#flavour.extension}`);
  }

  #includes(): string {
    const { extension } = this.#flavour;
    return (
      this.#flavour.include(`accounts.${extension}`) + this.#flavour.include(`year-*.${extension}`)
    );
  }
}
