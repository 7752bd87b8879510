import { exists } from '../../runtime/durable-file.js';
import { FolderTrouble } from './trouble.js';

/**
 * Whether a folder is still there. One that was here and is gone is on a disk that is no longer
 * mounted, more likely than one that should be begun anew.
 */
export class Presence {
  readonly #name: string;
  readonly #root: string;
  #wasSeen = false;

  /** `name` stands before the path in messages: `Journal folder`. */
  constructor(name: string, root: string) {
    this.#name = name;
    this.#root = root;
  }

  /** It is there now, and has to stay. */
  seen(): void {
    this.#wasSeen = true;
  }

  /** Throws FolderTrouble where it was seen and has gone. */
  async assert(): Promise<void> {
    if (!this.#wasSeen || (await exists(this.#root))) return;
    throw new FolderTrouble(
      `${this.#name} ${this.#root} has disappeared: mount its disk or put it back. To begin anew there, make an empty folder.`,
    );
  }
}
