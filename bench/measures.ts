import { measureBackfill } from './backfill.js';
import { measureDocuments } from './documents.js';
import { measureInvoices } from './invoices.js';
import { measureJournal } from './journal.js';
import { measureLargeStore } from './large-store.js';
import { measurePages } from './pages.js';
import { measureParked } from './parked.js';
import { measurePoll } from './poll.js';
import type { Row } from './row.js';
import { measureWebhookIntake } from './webhook-intake.js';
import { measureSoak } from './webhook-soak.js';

/** What a measure finds where it runs. */
export interface Surroundings {
  /** The demo's config file. */
  readonly configPath: string;
  /** How long the soak lasts. */
  readonly minutes: number;
}

export type Measure = (surroundings: Surroundings) => Promise<readonly Row[]>;

/** In the order of the table; each runs in a process of its own. */
export const MEASURES: Readonly<Record<string, Measure>> = {
  documents: measureDocuments,
  poll: measurePoll,
  parked: measureParked,
  backfill: measureBackfill,
  'large-store': measureLargeStore,
  pages: measurePages,
  journal: measureJournal,
  invoices: measureInvoices,
  webhook: measureWebhookIntake,
};

/** Asked for by `--soak`, and by that alone, since they last. */
export const LONG_MEASURES: Readonly<Record<string, Measure>> = { soak: measureSoak };
