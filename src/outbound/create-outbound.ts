import { randomUUID } from 'node:crypto';
import type { LookupAddress } from 'node:dns';
import type { Clock } from '../orders/time.js';
import { createAddressGuard } from '../runtime/address-guard.js';
import type { Logger } from '../runtime/logger.js';
import { createSecretBox } from '../runtime/secret-box.js';
import type { SecretKey } from '../runtime/secret-key.js';
import { sleepUntilWoken } from '../runtime/stopping.js';
import type { Store } from '../store/store.js';
import { createAgain } from './again.js';
import type { DeliverDeps } from './deliver.js';
import type { Outbound } from './outbound.js';
import { withOutbox } from './outbox.js';
import { createSubscriptions } from './subscriptions.js';
import { OutboundWorker } from './worker.js';

export interface OutboundOptions extends Pick<DeliverDeps, 'onAttempt'> {
  readonly store: Store;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly logger: Logger;
  /** This process, as it signs its claims. */
  readonly holder: string;
  readonly isDead: (holder: string) => boolean;
  /** Seals the secrets of subscriptions. */
  readonly secretKey: SecretKey;
  /** Addresses, ranges and names that are allowed besides those of the public internet. */
  readonly allow: readonly string[];
  /** For tests; the machine's own resolver unless told. */
  readonly resolve?: (hostname: string) => Promise<readonly LookupAddress[]>;
  /** For a whole attempt; 15,000 unless told. */
  readonly timeoutMs?: number;
  /** Resolves after `delayMs`, or as soon as `signal` aborts. */
  readonly sleep?: (delayMs: number, signal: AbortSignal) => Promise<void>;
}

const TIMEOUT_MS = 15_000;

export interface WiredOutbound {
  readonly outbound: Outbound;
  /** The store that everybody else is to use: it tells of what is written to it. */
  readonly store: Store;
}

/** Outbound webhooks, wired. */
export function createOutbound(options: OutboundOptions): WiredOutbound {
  const { allow, resolve, timeoutMs = TIMEOUT_MS, sleep = sleepUntilWoken } = options;
  const guard = createAddressGuard({ allow, ...(resolve ? { resolve } : {}) });
  const box = createSecretBox(options.secretKey, 'subscriptions');
  const newId = () => randomUUID().replaceAll('-', '');
  const notify = () => worker.notify();
  const store = withOutbox(options.store, { clock: options.clock, newId, onEvents: notify });
  const deps = { ...options, store, newId, guard, box, timeoutMs, sleep };
  const worker = new OutboundWorker(deps);
  const subscriptions = createSubscriptions(deps);
  const outbound: Outbound = {
    ...subscriptions,
    async change(id, wish) {
      const changed = await subscriptions.change(id, wish);
      notify();
      return changed;
    },
    ...createAgain(deps, notify),
    attempts: (filter, page) => store.attempts(filter, page),
    deliverDue: (signal) => worker.deliverDue(signal),
    start: () => worker.start(),
    notify,
    stop: () => worker.stop(),
  };
  return { outbound, store };
}
