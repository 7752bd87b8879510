import type { Document } from '../../../documents/document.js';
import type { RenderedFile, Renderer } from '../../../rendering/renderer.js';
import { NotYetDurable } from '../../../runtime/durable-file.js';
import type { Destination, Finding, Lookup, Outcome } from '../../destination.js';
import { checkFolder } from '../../folder/check-folder.js';
import { troubleText } from '../../folder/trouble.js';
import { unrenderedOutcome } from '../../unrendered.js';
import { InvoiceFolder } from './invoice-folder.js';

export interface FilesSettings {
  /** The config id of the books. */
  readonly id: string;
  /** Absolute path; made where it is missing. */
  readonly folder: string;
}

/** Invoices as files in a dated folder, for people and for programs that import UBL. */
export function createFiles(settings: FilesSettings, render: Renderer): Destination {
  return new Files(settings, render);
}

class Files implements Destination {
  readonly kind = 'files';
  readonly can = {
    searchByReference: true,
    mayRepeat: false,
    attachments: true,
    creditNotes: true,
  };
  readonly id: string;
  readonly #root: string;
  readonly #folder: InvoiceFolder;
  readonly #render: Renderer;

  constructor({ id, folder }: FilesSettings, render: Renderer) {
    this.id = id;
    this.#root = folder;
    this.#folder = new InvoiceFolder(folder);
    this.#render = render;
  }

  /** The name of the files is our reference, so the one that is handed in is not needed. */
  async post(document: Document, _reference: string, signal: AbortSignal): Promise<Outcome> {
    try {
      const rendered = await this.#render(document);
      if (rendered.kind !== 'rendered') return unrenderedOutcome(rendered);
      if (signal.aborted) return stopped();
      await this.#folder.assertPresent();
      await this.#folder.setUp();
      return await this.#place(document, rendered.files);
    } catch (error) {
      const reason = troubleText(this.#placeName, error);
      if (error instanceof NotYetDurable) return { kind: 'uncertain', reason };
      return { kind: 'retry', scope: 'books', reason };
    }
  }

  async find(document: Document, _reference: string, _signal: AbortSignal): Promise<Lookup> {
    try {
      const rendered = await this.#render(document);
      if (rendered.kind !== 'rendered') return { kind: 'unknown', reason: rendered.reason };
      await this.#folder.assertPresent();
      return await this.#lookUp(document, rendered.files);
    } catch (error) {
      return { kind: 'unknown', reason: troubleText(this.#placeName, error) };
    }
  }

  check(_signal: AbortSignal): Promise<readonly Finding[]> {
    const purpose = { name: 'Invoice folder', reader: 'whoever opens it' };
    return checkFolder(this.#root, purpose, async () => undefined);
  }

  get #placeName(): string {
    return `Invoice folder ${this.#root}`;
  }

  async #lookUp(document: Document, files: readonly RenderedFile[]): Promise<Lookup> {
    for (const name of await this.#folder.namesOf(document)) {
      const standing = await this.#folder.standing(name, document, files);
      const ref = refOf(name, files);
      if (standing.kind === 'differs') return { ...standing, ref };
      if (standing.kind === 'whole') {
        await this.#folder.file(name, document);
        return { kind: 'found', ref };
      }
    }
    return { kind: 'absent' };
  }

  async #place(document: Document, files: readonly RenderedFile[]): Promise<Outcome> {
    // Under each name first: a stranger's file may have been taken away since.
    const there = await this.#lookUp(document, files);
    if (there.kind === 'found') return { kind: 'already-booked', ref: there.ref };
    if (there.kind === 'differs') return there;
    const names = await this.#folder.namesOf(document);
    for (const name of names) {
      const outcome = await this.#placeUnder(name, document, files);
      if (outcome) return outcome;
    }
    const detail = 'Files that orderpark did not write for this document have its names.';
    return { kind: 'differs', ref: refOf(names.at(-1) ?? '', files), detail };
  }

  /** The first file takes the name for this document, whoever else wants it at the same time. */
  async #placeUnder(
    name: string,
    document: Document,
    files: readonly RenderedFile[],
  ): Promise<Outcome | undefined> {
    const ref = refOf(name, files);
    let isOurs = false;
    for (;;) {
      const standing = await this.#folder.standing(name, document, files);
      switch (standing.kind) {
        case 'taken':
          return undefined;
        case 'differs':
          return { ...standing, ref };
        case 'whole':
          await this.#folder.file(name, document);
          return { kind: isOurs ? 'booked' : 'already-booked', ref };
        case 'incomplete': {
          const [next] = standing.missing;
          if (next === undefined) return { kind: 'already-booked', ref };
          const hasAdded = await this.#folder.add(name, next);
          if (hasAdded && next === files[0]) isOurs = true;
        }
      }
    }
  }
}

function refOf(name: string, [first]: readonly RenderedFile[]): string {
  return first === undefined ? name : `${name}.${first.extension}`;
}

function stopped(): Outcome {
  return { kind: 'retry', scope: 'document', reason: 'Stopped before anything was written.' };
}
