import { readFile } from 'node:fs/promises';
import type { Document } from '../../../documents/document.js';
import { hasCode, makeDurable, NotYetDurable } from '../../../runtime/durable-file.js';
import type { Destination, Finding, Lookup, Outcome } from '../../destination.js';
import { safeFileName } from '../../folder/file-name.js';
import { FolderTrouble, troubleText } from '../../folder/trouble.js';
import { accountProblem, type ResolvedAccounts, resolveAccounts } from './accounts.js';
import { checkJournal } from './check.js';
import { firstDifference } from './difference.js';
import { type Entry, entryOf, InconsistentDocument } from './entry.js';
import { type Flavour, flavourOf } from './flavour.js';
import { JournalFolder } from './folder.js';
import type { JournalSettings } from './settings.js';

/** Plain-text books: a file a document, which hledger, ledger or beancount read. */
export function createJournal(settings: JournalSettings): Destination {
  return new Journal(settings);
}

/** A document as it would stand in the folder. */
interface Prepared {
  readonly entry: Entry;
  readonly ref: string;
  readonly content: string;
}

class Journal implements Destination {
  readonly kind = 'journal';
  readonly can = {
    searchByReference: true,
    mayRepeat: false,
    attachments: false,
    creditNotes: true,
  };
  readonly id: string;
  readonly #settings: JournalSettings;
  readonly #flavour: Flavour;
  readonly #accounts: ResolvedAccounts;
  readonly #folder: JournalFolder;

  constructor(settings: JournalSettings) {
    this.id = settings.id;
    this.#settings = settings;
    this.#flavour = flavourOf(settings.flavour);
    this.#accounts = resolveAccounts(settings.accounts);
    this.#folder = new JournalFolder(settings.folder, this.#flavour);
  }

  async post(document: Document, reference: string, signal: AbortSignal): Promise<Outcome> {
    try {
      const prepared = this.#prepare(document, reference);
      if (signal.aborted) return stopped();
      await this.#folder.prepareFor(prepared.entry);
      if (signal.aborted) return stopped();
      if (await this.#folder.add(prepared.ref, prepared.content)) {
        return { kind: 'booked', ref: prepared.ref };
      }
      return await this.#compareExisting(prepared);
    } catch (error) {
      return this.#failure(error);
    }
  }

  async find(document: Document, reference: string, _signal: AbortSignal): Promise<Lookup> {
    try {
      const prepared = this.#prepare(document, reference);
      await this.#folder.assertPresent();
      const lookup = await this.#read(prepared);
      // Its include may be what was not written yet.
      if (lookup.kind === 'found') await this.#folder.prepareFor(prepared.entry);
      return lookup;
    } catch (error) {
      return { kind: 'unknown', reason: this.#reason(error) };
    }
  }

  check(_signal: AbortSignal): Promise<readonly Finding[]> {
    return checkJournal(this.#settings, this.#accounts, this.#folder);
  }

  #prepare(document: Document, reference: string): Prepared {
    const entry = entryOf(document, this.#accounts);
    for (const { account } of entry.postings) {
      const problem = accountProblem(this.#flavour.name, account);
      if (problem) throw new FolderTrouble(`Accounts of the books ${this.id}: ${problem}.`);
    }
    const ref = this.#folder.documentRef(document.date.slice(0, 4), safeFileName(reference));
    return { entry, ref, content: this.#flavour.entry(entry) };
  }

  async #compareExisting(prepared: Prepared): Promise<Outcome> {
    const there = await this.#read(prepared);
    switch (there.kind) {
      case 'found':
        return { kind: 'already-booked', ref: there.ref };
      case 'differs':
        return there;
      case 'absent': // removed a moment ago
        return { kind: 'retry', scope: 'document', reason: `${prepared.ref} came and went.` };
      case 'unknown':
        return { kind: 'uncertain', reason: there.reason };
    }
  }

  /** What stands under the document's name; flushed to disk before it counts as found. */
  async #read({ ref, content }: Prepared): Promise<Lookup> {
    const path = this.#folder.path(ref);
    try {
      const existing = await readFile(path, 'utf8');
      if (existing !== content) {
        return { kind: 'differs', ref, detail: firstDifference(content, existing) };
      }
      await makeDurable(path);
      return { kind: 'found', ref };
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return { kind: 'absent' };
      return { kind: 'unknown', reason: this.#reason(error) };
    }
  }

  #failure(error: unknown): Outcome {
    const reason = this.#reason(error);
    if (error instanceof InconsistentDocument) {
      return {
        kind: 'rejected',
        reason,
        fix: 'Report this as a fault of orderpark; nothing was written.',
      };
    }
    if (error instanceof NotYetDurable) return { kind: 'uncertain', reason };
    return { kind: 'retry', scope: 'books', reason };
  }

  #reason(error: unknown): string {
    if (error instanceof InconsistentDocument) return `The document is wrong: ${error.message}.`;
    if (error instanceof NotYetDurable)
      return troubleText(`Journal folder ${this.#settings.folder}`, error.cause);
    return troubleText(`Journal folder ${this.#settings.folder}`, error);
  }
}

function stopped(): Outcome {
  return { kind: 'retry', scope: 'document', reason: 'Stopped before anything was written.' };
}
