import { appendFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createJournal } from '../../src/export/destinations/journal/journal.js';
import {
  JOURNAL_FLAVOURS,
  type JournalFlavour,
} from '../../src/export/destinations/journal/settings.js';
import { type ConformanceBooks, destinationConformance } from './destination.js';

async function openJournal(flavour: JournalFlavour): Promise<ConformanceBooks> {
  const base = await mkdtemp(join(tmpdir(), 'journal-conformance-'));
  const folder = join(base, 'books');
  return {
    connect: () => createJournal({ id: 'books', flavour, folder }),
    count: async () => {
      const names = await readdir(folder, { recursive: true }).catch(() => []);
      return names.filter((name) => /^\d{4}[/\\](?!_year)/.test(name)).length;
    },
    tamper: (ref) => appendFile(join(folder, ref), '; a note of the accountant\n'),
    // Not by permissions: root may write everywhere.
    breakDown: () => writeFile(folder, 'a file where the folder should be'),
    secrets: [],
    close: () => rm(base, { recursive: true, force: true }),
  };
}

for (const flavour of JOURNAL_FLAVOURS) {
  destinationConformance(`journal (${flavour})`, () => openJournal(flavour));
}
