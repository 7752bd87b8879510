import type { App } from '../../app.js';
import type { ShopScript } from '../../demo/script.js';
import type { Progress } from '../progress.js';

const SHOP = 'demo';
const DAY_MS = 86_400_000;
/** The demo polls less often than a real shop is polled, since it has weeks to get through. */
const POLL_EVERY_MS = 3 * 3_600_000;

/** Lets the shop live until `endMs` while orderpark polls it, rechecks each night and books. */
export async function simulate(
  app: App,
  script: ShopScript,
  period: { startMs: number; endMs: number },
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  const { startMs, endMs } = period;
  for (let nowMs = startMs; !signal.aborted; ) {
    nowMs = Math.min(nowMs + POLL_EVERY_MS, endMs);
    script.advanceTo(nowMs);
    await app.poll(SHOP, {}, signal);
    const localDate = await app.batchDue(SHOP);
    if (localDate !== null) {
      await app.batch(SHOP, { localDate }, signal);
      await app.worker.runOnce(undefined, signal);
    }
    progress.update(Math.floor((nowMs - startMs) / DAY_MS), Math.ceil((endMs - startMs) / DAY_MS));
    if (nowMs >= endMs) break;
  }
  await app.worker.runOnce(undefined, signal);
}
