import type { Store } from '../store/store.js';
import type { Intake } from './intake.js';

/** Judges all blocked orders of a shop once more; answers how many changed state. */
export async function rejudgeBlocked(
  store: Store,
  intake: Intake,
  shop: string,
  signal: AbortSignal,
): Promise<number> {
  let released = 0;
  let afterId = 0;
  for (;;) {
    const ids = await store.orderIds({ shop, states: ['blocked'], afterId, limit: 100 });
    const last = ids.at(-1);
    if (last === undefined || signal.aborted) return released;
    released += await intake.rejudge(shop, ids);
    afterId = last;
  }
}
