import type { App } from '../app.js';
import type { DocumentFilter, OrderFilter, StoredDocument, StoredOrder } from '../store/store.js';

const PAGE = 500;

/** Orders, newest first, a page at a time. */
export async function* allOrders(
  { store }: App,
  filter: OrderFilter,
  most: number,
): AsyncGenerator<StoredOrder> {
  let after: { at: string; id: string } | undefined;
  for (let left = most; left > 0; ) {
    const limit = Math.min(PAGE, left);
    const orders = await store.listOrders(filter, { limit, ...(after ? { after } : {}) });
    yield* orders;
    const last = orders.at(-1);
    if (!last || orders.length < limit) return;
    left -= orders.length;
    after = { at: last.createdAt, id: `${last.shop}/${last.id}` };
  }
}

/** Documents with their postings, newest first, a page at a time. */
export async function* allDocuments(
  { store }: App,
  filter: DocumentFilter,
  most: number,
): AsyncGenerator<{
  stored: StoredDocument;
  postings: Awaited<ReturnType<typeof store.postingsOf>>;
}> {
  let after: { at: string; id: string } | undefined;
  for (let left = most; left > 0; ) {
    const limit = Math.min(PAGE, left);
    const documents = await store.listDocuments(filter, { limit, ...(after ? { after } : {}) });
    const postings = await store.postingsOf(documents.map(({ document }) => document.key));
    for (const stored of documents) yield { stored, postings };
    const last = documents.at(-1);
    if (!last || documents.length < limit) return;
    left -= documents.length;
    after = { at: last.issuedAt, id: last.document.key };
  }
}
