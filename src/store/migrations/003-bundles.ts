import type { Migration } from './migration.js';

/** Version 3: documents that wait for a moment, and then go together. */
export const bundles: Migration = {
  version: 3,
  statements: () => [
    // nextPostingDue of those queued by a moment: nearly all that waits was queued after it
    `create index postings_queued on postings (books, queued_at, due_at)
       where state in ('queued', 'retrying', 'uncertain')`,
  ],
};
