import { createEmail } from '../../../src/export/destinations/email/email.js';
import type { EmailSettings } from '../../../src/export/destinations/email/settings.js';
import { createExportWorker } from '../../../src/export/worker.js';
import { holderOf, isDead } from '../../../src/runtime/holder.js';
import { createLogger } from '../../../src/runtime/logger.js';
import { openStore } from '../../../src/store/open-store.js';
import { renderAtSize } from '../../support/rendering.js';
import { SELLER } from '../../support/seller.js';

/** What the test tells a process that sends, as JSON in its one argument. */
export interface SenderTask {
  readonly database: string;
  readonly settings: EmailSettings;
  /** How far its clock is ahead, so that nothing has to be waited for. */
  readonly aheadMs: number;
  /** Until nothing is due; else until it is killed. */
  readonly isOnce: boolean;
}

/** Below what a connection holds, so that a mail's end is on its way at once. */
const FILE_BYTES = 20_000;

const { database, settings, aheadMs, isOnce }: SenderTask = JSON.parse(process.argv[2] ?? '');
const clock = { now: () => Date.now() + aheadMs };
const store = await openStore({ database, clock, random: Math.random });
const worker = createExportWorker({
  store,
  destinations: [
    createEmail(settings, { render: renderAtSize(FILE_BYTES), clock, seller: SELLER }),
  ],
  clock,
  random: Math.random,
  logger: createLogger({ level: 'silent', format: 'json' }),
  holder: holderOf(),
  isDead,
  leaseMs: 120_000,
});
if (isOnce) {
  await worker.runOnce(undefined, new AbortController().signal);
  await store.close();
} else {
  worker.start();
}
