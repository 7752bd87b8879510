import { type Clock, instantOf } from '../orders/time.js';
import type { NewHistoryEntry, Store, StoredOrder, StoreTransaction } from '../store/store.js';
import {
  batchDraft,
  changedDraft,
  disabledDraft,
  documentData,
  isWebhookAlert,
  movedDraft,
  postingDraft,
  postingEvent,
  statementDraft,
  webhookDraft,
} from './drafts.js';
import type { EventDraft } from './events.js';
import { Teller } from './teller.js';

export interface OutboxOptions {
  readonly clock: Clock;
  /** A name that nothing else has. */
  readonly newId: () => string;
  /** Called after a commit that told of something. */
  readonly onEvents: () => void;
}

/**
 * The same store, whose transactions tell of what they write: in the same transaction, so that
 * nothing is told that did not happen, and nothing that happened is left untold whoever writes it.
 * Where no subscription listens, that costs one small read a transaction with something to tell.
 */
export function withOutbox(store: Store, { clock, newId, onEvents }: OutboxOptions): Store {
  return {
    ...store,
    async transaction(work) {
      let hasTold = false;
      const result = await store.transaction((tx) => {
        // On PostgreSQL it may run again; what an earlier run wrote was rolled back.
        hasTold = false;
        const teller = new Teller(tx, newId, () => {
          hasTold = true;
        });
        return work(telling(tx, teller, clock));
      });
      if (hasTold) onEvents();
      return result;
    },
  };
}

/** What writes a change of state also tells of it. */
function telling(tx: StoreTransaction, teller: Teller, clock: Clock): StoreTransaction {
  return {
    ...tx,
    async putOrders(orders) {
      const changed = orders.filter(({ changes }) => changes.length > 0);
      const isTold = changed.length > 0 && (await teller.hasListener('order.changed'));
      const before = isTold ? await storedOrders(tx, changed) : NONE;
      await tx.putOrders(orders);
      if (!isTold) return;
      const at = instantOf(clock.now());
      await teller.tell(changed.flatMap((one) => changedDraft(one, before.get(keyOf(one)), at)));
    },
    async addHistory(entries) {
      await tx.addHistory(entries);
      await teller.tell(await movedOrders(tx, teller, entries));
    },
    async addDocuments(documents) {
      await tx.addDocuments(documents);
      if (!(await teller.hasListener('document.issued'))) return;
      await teller.tell(
        documents.map(({ document, issuedAt: at }) => ({
          type: 'document.issued',
          at,
          data: documentData(document),
        })),
      );
    },
    async movePosting(move) {
      const isMoved = await tx.movePosting(move);
      const type = isMoved ? postingEvent(move) : undefined;
      if (type !== undefined && (await teller.hasListener(type))) {
        const stored = await tx.document(move.documentKey);
        if (stored) await teller.tell([postingDraft(type, move, stored.document)]);
      }
      return isMoved;
    },
    async finishRun(id, end) {
      await tx.finishRun(id, end);
      if (end.state === 'done' && (await teller.hasListener('batch.completed'))) {
        await teller.tell(batchDraft(await tx.run(id)));
      }
    },
    async addStatement(statement) {
      await tx.addStatement(statement);
      await teller.tell(statementDraft(statement));
    },
    async putAlert(alert) {
      const isTold = isWebhookAlert(alert) && (await teller.hasListener('webhook.disabled'));
      const before = isTold ? await tx.openAlerts() : [];
      await tx.putAlert(alert);
      if (!isTold) return;
      const known = before.find(({ key }) => key === alert.key);
      await teller.tell(webhookDraft(alert, known));
    },
    async putSubscription(subscription) {
      const before = await tx.subscription(subscription.id);
      await tx.putSubscription(subscription);
      await teller.tell(disabledDraft(subscription, before));
    },
  };
}

async function movedOrders(
  tx: StoreTransaction,
  teller: Teller,
  entries: readonly NewHistoryEntry[],
): Promise<readonly EventDraft[]> {
  const moved = [];
  for (const entry of entries) {
    const isMoved = entry.from !== entry.to;
    if (isMoved && (await teller.hasListener(`order.${entry.to}`))) {
      moved.push({ entry, shop: entry.shop, id: entry.orderId });
    }
  }
  const orders = await storedOrders(tx, moved);
  return moved.flatMap(({ entry, ...which }) => {
    const order = orders.get(keyOf(which));
    return order ? [movedDraft(entry, order)] : [];
  });
}

const NONE: ReadonlyMap<string, StoredOrder> = new Map();

type WhichOrder = Pick<StoredOrder, 'shop' | 'id'>;

const keyOf = ({ shop, id }: WhichOrder): string => `${shop}/${id}`;

async function storedOrders(
  tx: StoreTransaction,
  wanted: readonly WhichOrder[],
): Promise<ReadonlyMap<string, StoredOrder>> {
  const found = new Map<string, StoredOrder>();
  for (const shop of new Set(wanted.map((one) => one.shop))) {
    const ids = wanted.filter((one) => one.shop === shop).map(({ id }) => id);
    for (const order of await tx.orders(shop, ids)) found.set(keyOf(order), order);
  }
  return found;
}
