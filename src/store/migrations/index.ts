import { initialSchema } from './001-initial.js';
import { realTime } from './002-real-time.js';
import { bundles } from './003-bundles.js';
import { access } from './004-access.js';
import { idempotency } from './005-idempotency.js';
import { outbound } from './006-outbound.js';
import { scale } from './007-scale.js';
import type { Migration } from './migration.js';

/** Every version of the schema, in order; the last one is the current one. */
export const MIGRATIONS: readonly Migration[] = [
  initialSchema,
  realTime,
  bundles,
  access,
  idempotency,
  outbound,
  scale,
];
