import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Document } from '../../src/documents/document.js';
import { createJournal } from '../../src/export/destinations/journal/journal.js';
import {
  JOURNAL_FLAVOURS,
  type JournalAccounts,
  type JournalFlavour,
} from '../../src/export/destinations/journal/settings.js';
import type { ExportReport } from '../../src/export/report.js';
import { createExportWorker } from '../../src/export/worker.js';
import type { Store, StoredDocument } from '../../src/store/store.js';
import { feedCorpus } from './corpus.js';
import { exportDeps, openTestStore, TestClock } from './export.js';

/** Each VAT rate of each country under each code by itself, as `vatTotals` tells them apart. */
const ACCOUNTS = {
  revenue: 'Income:Sales:{country}:{percent}:{code}',
  shipping: 'Income:Shipping:{country}:{percent}:{code}',
  fees: 'Income:Fees:{country}:{percent}:{code}',
  vat: 'Liabilities:VAT:{country}:{percent}:{code}',
} as const satisfies JournalAccounts;

export interface CorpusBooks {
  readonly store: Store;
  readonly documents: readonly StoredDocument[];
  readonly report: ExportReport;
  /** The journal's own folder. */
  folderOf(flavour: JournalFlavour): string;
  close(): Promise<void>;
}

/** The whole corpus through the whole pipeline: real store, real intake, real worker, real files. */
export async function bookCorpus(): Promise<CorpusBooks> {
  const clock = new TestClock(Date.parse('2027-07-01T00:00:00.000Z'));
  const { store, folder, close } = await openTestStore(clock);
  await feedCorpus(store, JOURNAL_FLAVOURS);
  const folderOf = (flavour: JournalFlavour) => join(folder, flavour);
  const journals = JOURNAL_FLAVOURS.map((flavour) =>
    createJournal({ id: flavour, flavour, folder: folderOf(flavour), accounts: ACCOUNTS }),
  );
  const worker = createExportWorker(exportDeps(store, journals, clock));
  const report = await worker.runOnce(undefined, new AbortController().signal);
  return {
    store,
    documents: await store.listDocuments({}, { limit: 10_000 }),
    report,
    folderOf,
    close: async () => {
      await close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** 1 on an invoice, -1 on a credit note. */
export function signOf({ kind }: Document): 1 | -1 {
  return kind === 'invoice' ? 1 : -1;
}
