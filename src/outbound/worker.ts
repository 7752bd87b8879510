import { epochMsOf, instantOf } from '../orders/time.js';
import { delayedAbort } from '../runtime/stopping.js';
import { type DrainDeps, type Drained, drain } from './drain.js';
import type { Delivered } from './outbound.js';

export interface WorkerDeps extends DrainDeps {
  /** Resolves after `delayMs`, or as soon as `signal` aborts. */
  readonly sleep: (delayMs: number, signal: AbortSignal) => Promise<void>;
}

/** What other processes told of is noticed at the latest after this. */
const IDLE_MS = 10_000;
/** What is due and in other hands, or could not be looked at, is left alone for so long. */
const LEFT_ALONE_MS = 2_000;
/** How long a stop waits for attempts under way before they are cut off. */
const STOP_GRACE_MS = 5_000;
const PRUNE_EVERY_MS = 60 * 60_000;
const KEPT_MS = 30 * 24 * 60 * 60_000;
const KEPT_ATTEMPTS = 1000;

/**
 * Delivers what is due: one attempt at a time to each subscription, and all subscriptions at once,
 * so that a slow receiver holds up nobody but itself.
 */
export class OutboundWorker {
  /** What this process has in hand, by subscription; the claim does not part two of its own. */
  readonly #busy = new Map<string, Promise<Drained>>();
  /** By subscription: not to be taken up before, in milliseconds since the epoch. */
  readonly #leftAloneUntilMs = new Map<string, number>();
  #prunedMs = Number.NEGATIVE_INFINITY;
  #wake = new AbortController();
  #stopping = new AbortController();
  #loop: Promise<void> | undefined;

  constructor(private readonly deps: WorkerDeps) {}

  start(): void {
    if (this.#loop) return;
    this.#stopping = new AbortController();
    this.#loop = this.#run(this.#stopping.signal);
  }

  notify(): void {
    const woken = this.#wake;
    this.#wake = new AbortController();
    woken.abort();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.notify();
    await this.#loop;
    this.#loop = undefined;
  }

  async deliverDue(signal: AbortSignal): Promise<Delivered> {
    const nowMs = this.deps.clock.now();
    const due = (await this.deps.store.dispatchesDue()).filter(
      ({ dueAt }) => epochMsOf(dueAt) <= nowMs,
    );
    const drained = await Promise.all(
      due.map(({ subscriptionId }) => this.#drain(subscriptionId, signal, signal)),
    );
    await this.#prune();
    const sum = (of: 'delivered' | 'failed') => drained.reduce((total, one) => total + one[of], 0);
    return { delivered: sum('delivered'), failed: sum('failed') };
  }

  async #run(stop: AbortSignal): Promise<void> {
    const { logger, sleep } = this.deps;
    const abort = delayedAbort(stop, STOP_GRACE_MS);
    while (!stop.aborted) {
      const wake = this.#wake.signal; // taken before the look, so that no notice is missed
      const delayMs = await this.#begin(stop, abort.signal).catch((err: unknown) => {
        logger.error({ err }, 'outbound webhooks could not be looked at');
        return LEFT_ALONE_MS;
      });
      if (!stop.aborted) await sleep(delayMs, wake);
    }
    await Promise.allSettled(this.#busy.values());
    abort.release();
  }

  /** Begins with all that is due; answers when to look again, in milliseconds. */
  async #begin(stop: AbortSignal, abort: AbortSignal): Promise<number> {
    await this.#prune();
    const nowMs = this.deps.clock.now();
    let nextMs = nowMs + IDLE_MS;
    for (const { subscriptionId: id, dueAt } of await this.deps.store.dispatchesDue()) {
      // Of one that is in hand the end is a notice.
      if (this.#busy.has(id)) continue;
      const atMs = Math.max(epochMsOf(dueAt), this.#leftAloneUntilMs.get(id) ?? 0);
      if (atMs > nowMs) nextMs = Math.min(nextMs, atMs);
      else void this.#watch(id, this.#drain(id, stop, abort));
    }
    return nextMs - nowMs;
  }

  #drain(id: string, stop: AbortSignal, abort: AbortSignal): Promise<Drained> {
    const running =
      this.#busy.get(id) ??
      drain(this.deps, id, { stop, abort }).finally(() => this.#busy.delete(id));
    this.#busy.set(id, running);
    return running;
  }

  async #watch(id: string, draining: Promise<Drained>): Promise<void> {
    const { clock, logger } = this.deps;
    const isLeft = await draining.then(
      ({ isElsewhere }) => isElsewhere,
      (err: unknown) => {
        logger.error({ err, subscription: id }, 'outbound webhooks could not be delivered');
        return true;
      },
    );
    if (isLeft) this.#leftAloneUntilMs.set(id, clock.now() + LEFT_ALONE_MS);
    else this.#leftAloneUntilMs.delete(id);
    this.notify();
  }

  async #prune(): Promise<void> {
    const { clock, store } = this.deps;
    const nowMs = clock.now();
    if (nowMs - this.#prunedMs < PRUNE_EVERY_MS) return;
    this.#prunedMs = nowMs;
    const before = instantOf(nowMs - KEPT_MS);
    await store.transaction((tx) => tx.pruneOutbound(before, KEPT_ATTEMPTS));
  }
}
