import type { Document } from '../documents/document.js';
import type { Draft } from '../documents/draft.js';
import { type NumberPlan, planNumber } from '../documents/numbering.js';
import type { Order } from '../orders/order.js';
import type { Instant } from '../orders/time.js';
import type {
  NewDocument,
  NewHistoryEntry,
  StoredOrder,
  StoredRefund,
  StoreTransaction,
} from '../store/store.js';
import type { IntakeOptions, IntakeShop } from './settings.js';

/** What a document was made for; its number may turn out to be taken. `basis` is the order as JSON. */
export type Issued =
  | { readonly kind: 'issued'; readonly document: Document; readonly basis: string }
  | { readonly kind: 'blocked'; readonly reason: string; readonly fix: string };

type Numbered =
  | { readonly kind: 'numbered'; readonly document: Document }
  | Extract<Issued, { kind: 'blocked' }>;

/** Collects what one transaction writes, and writes it in a few statements at its end. */
export interface Desk {
  readonly tx: StoreTransaction;
  readonly options: IntakeOptions;
  readonly shop: IntakeShop;
  readonly now: Instant;
  /** Finds out in one query which of these numbers are free: most of them are about to be taken. */
  expectNumbers(numbers: readonly string[]): Promise<void>;
  /** Numbers a draft and queues its postings. */
  issue(
    draft: Draft,
    basis: { order: Order; contentHash: string; credited: readonly Document[] },
  ): Promise<Issued>;
  putOrder(order: StoredOrder, raw?: string): void;
  putRefund(refund: StoredRefund): void;
  /** A line of history: where the order now is, and where it was (`null`: nowhere). */
  addHistory(order: StoredOrder, from: StoredOrder['state'] | null): void;
  /** Writes all so far; answers whether postings were ever queued at this desk. */
  flush(): Promise<boolean>;
}

export function createDesk(
  tx: StoreTransaction,
  options: IntakeOptions,
  shop: IntakeShop,
  now: Instant,
): Desk {
  const documents: NewDocument[] = [];
  const orders: StoredOrder[] = [];
  const raws: { shop: string; id: number; raw: string }[] = [];
  const refunds: StoredRefund[] = [];
  const history: NewHistoryEntry[] = [];
  /** Numbers that no stored document has, nor one that was issued here. */
  const free = new Set<string>();
  let hasPostings = false;

  async function numberFor(
    draft: Draft,
    order: Order,
    credited: readonly Document[],
  ): Promise<Numbered> {
    const plan = planNumber(draft, order, credited, options.documents);
    switch (plan.kind) {
      case 'blocked':
        return plan;
      case 'number':
        return takeNumber(draft, plan.number);
      case 'sequence':
        return drawNumber(draft, plan);
    }
  }

  async function takeNumber(draft: Draft, number: string): Promise<Numbered> {
    const document: Document = { ...draft, number };
    const taken = await holderOf(document);
    if (taken === undefined) return { kind: 'numbered', document };
    return {
      kind: 'blocked',
      reason: `Its ${draft.kind} number ${number} is already that of order ${taken}.`,
      fix: 'Give the order another number in the shop, or choose another documents.numbering.',
    };
  }

  /** Passes over numbers that documents of an earlier numbering have. */
  async function drawNumber(
    draft: Draft,
    { name, format }: Extract<NumberPlan, { kind: 'sequence' }>,
  ): Promise<Numbered> {
    for (;;) {
      const document: Document = { ...draft, number: format(await tx.nextInSequence(name)) };
      if ((await holderOf(document)) === undefined) return { kind: 'numbered', document };
    }
  }

  /** The order that has this number already. */
  async function holderOf(document: Document): Promise<string | undefined> {
    const isSame = (other: Document) =>
      other.shop === document.shop &&
      other.kind === document.kind &&
      other.number === document.number;
    const inThisTransaction = documents.find((other) => isSame(other.document))?.document;
    if (inThisTransaction) return inThisTransaction.orderNumber;
    if (free.has(document.number)) return undefined;
    const stored = await tx.documentsByNumber(document.number);
    return stored.find((other) => isSame(other.document))?.document.orderNumber;
  }

  return {
    tx,
    options,
    shop,
    now,
    async expectNumbers(numbers) {
      const taken = new Set(await tx.takenNumbers(shop.id, numbers));
      for (const number of numbers) if (!taken.has(number)) free.add(number);
    },
    async issue(draft, { order, contentHash, credited }) {
      const numbered = await numberFor(draft, order, credited);
      if (numbered.kind === 'blocked') return numbered;
      const { document } = numbered;
      const basis = JSON.stringify(order);
      free.delete(document.number);
      documents.push({ document, issuedAt: now, basis, contentHash });
      return { kind: 'issued', document, basis };
    },
    putOrder(order, raw) {
      orders.push(order);
      if (raw !== undefined) raws.push({ shop: order.shop, id: order.id, raw });
    },
    putRefund(refund) {
      refunds.push(refund);
    },
    addHistory(order, from) {
      history.push({
        shop: order.shop,
        orderId: order.id,
        at: now,
        from,
        to: order.state,
        status: order.status,
        reason: order.reason,
        rule: order.rule,
        source: order.source,
        contentHash: order.contentHash,
      });
    },
    async flush() {
      await write(orders, (rows) => tx.putOrders(rows));
      await write(raws, (rows) => tx.putRaw(rows));
      await write(history, (rows) => tx.addHistory(rows));
      await write(refunds, (rows) => tx.putRefunds(rows));
      await write(documents, async (rows) => {
        await tx.addDocuments(rows);
        const postings = rows.flatMap(({ document }) =>
          shop.books.map((books) => ({ documentKey: document.key, books, at: now })),
        );
        await tx.addPostings(postings);
        hasPostings ||= postings.length > 0;
      });
      return hasPostings;
    },
  };
}

/** Hands the rows over and empties the list. */
async function write<Row>(
  rows: Row[],
  put: (rows: readonly Row[]) => Promise<void>,
): Promise<void> {
  if (rows.length > 0) await put(rows.splice(0));
}
