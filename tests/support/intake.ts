import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DocumentSettings } from '../../src/documents/settings.js';
import { createIntake } from '../../src/intake/create-intake.js';
import type { Intake } from '../../src/intake/intake.js';
import type { IntakeShop } from '../../src/intake/settings.js';
import type { GoneObservation, OrderObservation } from '../../src/orders/observation.js';
import type { Order, Refund } from '../../src/orders/order.js';
import { epochMsOf, type Instant, instantOf } from '../../src/orders/time.js';
import type { StatusRules } from '../../src/rules/settings.js';
import { openStore } from '../../src/store/open-store.js';
import type { Store } from '../../src/store/store.js';
import { contentHash } from '../../src/woocommerce/content-hash.js';
import { DOCUMENT_SETTINGS } from './settings.js';

export const DEFAULT_RULES: StatusRules = {
  rules: [
    {
      action: 'forward',
      name: 'statuses.forward',
      line: 12,
      when: { status: ['processing', 'completed'] },
    },
    {
      action: 'ignore',
      name: 'statuses.ignore',
      line: 13,
      when: { status: ['cancelled', 'failed', 'checkout-draft'] },
    },
  ],
};

export interface IntakeBench {
  readonly store: Store;
  readonly intake: Intake;
  /** Sets what the clock says. */
  setNow(instant: Instant): void;
  close(): Promise<void>;
}

/**
 * A real SQLite store in a folder of its own (or the one given, which stays open), with intake on
 * it. The raw text is the order itself.
 */
export async function openIntake(
  more: { documents?: Partial<DocumentSettings>; shop?: Partial<IntakeShop>; store?: Store } = {},
): Promise<IntakeBench> {
  const folder = mkdtempSync(join(tmpdir(), 'orderpark-intake-'));
  let nowMs = epochMsOf('2026-11-20T12:00:00.000Z');
  const clock = { now: () => nowMs };
  const store = more.store ?? (await openStore({ database: join(folder, 'orderpark.db'), clock }));
  const shop: IntakeShop = {
    id: 'main',
    since: '2026-01-01T00:00:00.000Z',
    rules: DEFAULT_RULES,
    books: ['journal'],
    ...more.shop,
  };
  const intake = createIntake({
    store,
    clock,
    shops: new Map([[shop.id, shop]]),
    documents: { ...DOCUMENT_SETTINGS, ...more.documents },
    expiryOf: (lastChange) => instantOf(epochMsOf(lastChange) + 21 * 86_400_000),
    normalise: (_, raw) => JSON.parse(raw),
  });
  return {
    store,
    intake,
    setNow: (instant) => {
      nowMs = epochMsOf(instant);
    },
    close: async () => {
      if (!more.store) await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function observe(
  seen: Order,
  more: { readAt?: Instant; source?: OrderObservation['source']; refunds?: readonly Refund[] } = {},
): OrderObservation {
  return {
    kind: 'order',
    shop: seen.shop,
    orderId: seen.id,
    source: more.source ?? 'poll',
    readAt: more.readAt ?? '2026-11-20T11:59:00.000Z',
    order: seen,
    raw: JSON.stringify(seen),
    contentHash: contentHash(seen),
    ...(more.refunds === undefined ? {} : { refunds: more.refunds }),
  };
}

export function gone(
  kind: GoneObservation['kind'],
  orderId: number,
  readAt: Instant = '2026-11-20T11:59:30.000Z',
): GoneObservation {
  return { kind, shop: 'main', orderId, source: 'batch', readAt };
}
