import { initialSchema } from './001-initial.js';
import { realTime } from './002-real-time.js';
import { bundles } from './003-bundles.js';
import type { Migration } from './migration.js';

/** Every version of the schema, in order; the last one is the current one. */
export const MIGRATIONS: readonly Migration[] = [initialSchema, realTime, bundles];
