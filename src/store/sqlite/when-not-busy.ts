import { pauses, type Waiting } from '../waiting.js';
import { isBusy } from './errors.js';

/**
 * Runs `attempt` until the database is not locked by another connection. SQLite's own waiting would
 * hold up the whole event loop; this one sleeps.
 */
export async function whenNotBusy<T>(attempt: () => T, waiting: Waiting): Promise<T> {
  const pause = pauses(waiting);
  for (;;) {
    try {
      return attempt();
    } catch (error) {
      if (!isBusy(error) || !(await pause())) throw error;
    }
  }
}
