import type { Logger } from '../runtime/logger.js';
import type { Alert, Alerts } from './alerts.js';
import { isOwnKey, judge } from './findings.js';
import { readFacts, type Sources } from './read-facts.js';

export interface WatchDeps extends Sources {
  readonly alerts: Pick<Alerts, 'raise' | 'settle'>;
  readonly logger: Logger;
}

/**
 * Looks at everything that may need a person, and raises or clears its alerts; for each heartbeat,
 * before they are told. Never throws: a database that cannot be read is an alert itself.
 */
export async function watchAll({ alerts, logger, ...sources }: WatchDeps): Promise<void> {
  try {
    await alerts.settle(judge(await readFacts(sources)), isOwnKey);
  } catch (err) {
    logger.warn({ err }, 'the database could not be looked at for alerts');
    await alerts.raise(UNREADABLE);
  }
}

const UNREADABLE: Alert = {
  key: 'database/read',
  subject: 'The database cannot be read',
  message: 'Nothing is polled or booked, and deliveries are answered 503, until it can be.',
  fix: 'Look at the log for the cause: the disk, the rights of the file, or the server. All goes on by itself afterwards.',
};
