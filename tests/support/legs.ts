import type { BatchDeps } from '../../src/batch/settings.js';
import type { IntakeShop } from '../../src/intake/settings.js';
import { type Instant, instantOf } from '../../src/orders/time.js';
import type { LegShop } from '../../src/poller/leg.js';
import { createLogger } from '../../src/runtime/logger.js';
import { openIntake } from './intake.js';
import { ShopModel } from './shop-model.js';

export interface LegsBench {
  readonly model: ShopModel;
  readonly deps: BatchDeps;
  readonly shop: LegShop;
  /** Moves the shop's clock and ours. */
  advance(ms: number): void;
  close(): Promise<void>;
}

/** A shop in memory, and a real intake on a real SQLite store. */
export async function openLegs(
  start: Instant,
  since: Instant,
  shop: Partial<IntakeShop> = {},
): Promise<LegsBench> {
  const model = new ShopModel(Date.parse(start));
  const bench = await openIntake({ shop: { since, ...shop } });
  const beforeRequest = () => {
    model.nowMs += 1000;
    bench.setNow(instantOf(model.nowMs));
  };
  model.always = beforeRequest;
  beforeRequest();
  return {
    model,
    deps: {
      client: model,
      intake: bench.intake,
      store: bench.store,
      clock: { now: () => model.nowMs },
      logger: createLogger({ level: 'silent', format: 'json' }),
      holder: 'here:1:1',
      isDead: () => false,
      zone: 'Europe/Amsterdam',
      lookBackDays: 21,
    },
    shop: { id: 'main', since },
    advance(ms) {
      model.nowMs += ms;
      bench.setNow(instantOf(model.nowMs));
    },
    close: () => bench.close(),
  };
}
