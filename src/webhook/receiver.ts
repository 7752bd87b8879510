import { type Clock, type Instant, instantOf } from '../orders/time.js';
import type { Logger } from '../runtime/logger.js';
import { isSameSecret } from '../runtime/same-secret.js';
import type { NewQuarantineEntry, Store } from '../store/store.js';
import { type Delivery, type Judgement, judgeDelivery } from './delivery.js';
import { isProbe, isProbePing } from './health-probe.js';
import { createNowAndThen } from './now-and-then.js';
import type { WebhookShop } from './settings.js';
import { createStoring, type Row } from './storing.js';

/** What a delivery is answered. Only 2xx is a success to WooCommerce; 5xx means "could not store". */
interface Answer {
  readonly status: 200 | 401 | 404 | 503;
  readonly text: string;
}

/** What came of a delivery, for counting. */
export type Receipt =
  | 'nudge'
  | 'ping'
  | 'quarantined'
  | 'unauthentic'
  | 'unknown-shop'
  | 'not-stored'
  /** Too large, cut off or compressed wrongly: it never became a delivery. */
  | 'unreadable';

export interface Received {
  readonly answer: Answer;
  readonly receipt: Receipt;
}

export interface Receiver {
  /** Answers once what the answer promises is durable (rule 8). Never throws. */
  receive(shopId: string, delivery: Delivery): Promise<Received>;
  /** The shop whose license key that is. */
  shopOfLicense(licenseKey: string): string | undefined;
  /** Resolves when no commit is under way. */
  idle(): Promise<void>;
}

export interface ReceiverOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly shops: ReadonlyMap<string, WebhookShop>;
  /** Nudges of a shop were stored. */
  readonly onNudges: (shopId: string) => void;
  /** How long nudges of one order are gathered before it is read. */
  readonly delayMs: number;
  /** The store failed (at each commit that does), or (`null`) works again. */
  readonly onTrouble: (error: unknown | null) => void;
  /** Deliveries that wait for a commit at most; beyond, they get 503 at once. */
  readonly mostWaiting?: number;
}

/** The most of a useless body that is kept. */
const MOST_KEPT_BYTES = 64 * 1024;
/** Some megabytes of rows: what a database that is locked for half a minute may cost. */
const MOST_WAITING = 20_000;
/** How often the log tells of what anybody on the network can cause. */
const TELL_EVERY_MS = 60_000;

export function createReceiver(options: ReceiverOptions): Receiver {
  const { clock, logger, shops, delayMs, mostWaiting = MOST_WAITING } = options;
  const commits = createStoring(options);
  const timeToTell = createNowAndThen(clock, TELL_EVERY_MS);

  function rowOf(
    shop: WebhookShop,
    delivery: Delivery,
    judged: Extract<Judgement, { kind: 'nudge' | 'unusable' }>,
  ): Row {
    const nowMs = clock.now();
    const receivedAt = instantOf(nowMs);
    if (judged.kind === 'unusable') {
      const entry = quarantineEntry(shop.id, delivery, judged, receivedAt);
      return { kind: 'quarantine', look: judged.look, entry };
    }
    const { orderId, topic } = judged;
    const dueAt = instantOf(nowMs + delayMs);
    return { kind: 'nudge', nudge: { shop: shop.id, orderId, topic, receivedAt, dueAt } };
  }

  function tellOfKept({ shop, reason, fix }: NewQuarantineEntry): void {
    const count = timeToTell(`kept/${shop}`);
    if (count === undefined) return;
    const text = 'deliveries were of no use; they are kept: `orderpark quarantine`';
    logger.warn({ shop, count, reason, fix }, text);
  }

  async function keep(row: Row): Promise<Received> {
    if (commits.size >= mostWaiting) return NOT_STORED;
    try {
      await commits.add(row);
    } catch {
      // Said by the commit, once for all that were in it.
      return NOT_STORED;
    }
    if (row.kind === 'nudge') return TAKEN;
    tellOfKept(row.entry);
    return KEPT;
  }

  function tellOfPing(shop: string, webhookId: string): void {
    if (isProbePing(webhookId) || timeToTell(`ping/${shop}`) === undefined) return;
    logger.info({ shop, webhookId }, 'a webhook was made or changed, or is tried again');
  }

  function tellOfRefusal(shop: string, delivery: Delivery, reason: string): void {
    if (isProbe(delivery)) {
      if (timeToTell(`probe/${shop}`) === undefined) return;
      logger.info({ shop }, 'a probe of our address came through, and was refused as it must be');
      return;
    }
    const count = timeToTell(`refused/${shop}`);
    if (count === undefined) return;
    logger.warn(
      { shop, count, reason },
      'deliveries were refused; if the shop sent them, see to the webhook secret',
    );
  }

  return {
    async receive(shopId, delivery) {
      const shop = shops.get(shopId);
      if (!shop) return UNKNOWN_SHOP;
      const judged = judgeDelivery(delivery, shop.secrets);
      switch (judged.kind) {
        case 'ping':
          tellOfPing(shop.id, judged.webhookId);
          return PONG;
        case 'unauthentic':
          tellOfRefusal(shop.id, delivery, judged.reason);
          return {
            answer: { status: 401, text: `Not accepted: ${judged.reason}.` },
            receipt: 'unauthentic',
          };
        case 'nudge':
        case 'unusable':
          return keep(rowOf(shop, delivery, judged));
      }
    },
    shopOfLicense(licenseKey) {
      let found: string | undefined;
      for (const { id, licenseKey: known } of shops.values()) {
        if (known !== undefined && known !== '' && isSameSecret(licenseKey, known)) found = id;
      }
      return found;
    },
    idle: () => commits.idle(),
  };
}

const PONG: Received = { answer: { status: 200, text: 'pong' }, receipt: 'ping' };
const TAKEN: Received = { answer: { status: 200, text: 'taken' }, receipt: 'nudge' };
const KEPT: Received = {
  answer: { status: 200, text: 'kept, but of no use' },
  receipt: 'quarantined',
};
const UNKNOWN_SHOP: Received = {
  answer: { status: 404, text: 'no such shop' },
  receipt: 'unknown-shop',
};
const NOT_STORED: Received = {
  answer: { status: 503, text: 'could not store it' },
  receipt: 'not-stored',
};

function quarantineEntry(
  shop: string,
  { body }: Delivery,
  { reason, fix }: { reason: string; fix: string },
  at: Instant,
): NewQuarantineEntry {
  const raw = storable(body.subarray(0, MOST_KEPT_BYTES).toString('utf8'));
  return { shop, orderId: null, source: 'webhook', at, raw, reason: storable(reason), fix };
}

/** PostgreSQL refuses text with a NUL in it, and one such row would fail a whole commit. */
function storable(text: string): string {
  return text.replaceAll('\u0000', '\ufffd');
}
