import { expect, it } from 'vitest';
import type { PostingClaim, PostingMove, Store } from '../../../src/store/store.js';
import { aDocument, afterNoon, issued, NOON } from './samples.js';
import type { Bench } from './under-test.js';

const CLAIM: PostingClaim = {
  books: 'journal',
  limit: 10,
  holder: 'me',
  now: NOON,
  expiresAt: afterNoon(5),
};

export function postingTests({ under, freshStore, openAt }: Bench): void {
  it('a document is queued once for each books', async () => {
    const store = await freshStore();
    await queue(store, 2);
    await store.transaction((tx) =>
      tx.addPostings([
        { ...posting(1), at: afterNoon(9) },
        { ...posting(1), books: 'other' },
      ]),
    );
    const postings = await store.postingsOf([key(1)]);
    expect(postings).toEqual([
      {
        documentKey: key(1),
        books: 'journal',
        state: 'queued',
        attempt: 0,
        reference: null,
        reason: postings[0]?.reason,
        fix: null,
        dueAt: NOON,
        holder: null,
        queuedAt: NOON,
        updatedAt: NOON,
      },
      expect.objectContaining({ books: 'other', state: 'queued' }),
    ]);
  });

  it('a posting needs its document', async () => {
    const store = await freshStore();
    await expect(store.transaction((tx) => tx.addPostings([posting(1)]))).rejects.toThrow();
  });

  it('a claim takes the due ones, oldest first, as sending, with one attempt more', async () => {
    const store = await freshStore();
    await queue(store, 5, (n) => afterNoon(10 - n));
    const claim = { ...CLAIM, limit: 2, now: afterNoon(9) };
    const claimed = await store.transaction((tx) => tx.claimPostings(claim));
    expect(claimed.map((p) => p.document.key)).toEqual([key(5), key(4)]);
    expect(claimed[0]).toMatchObject({
      state: 'sending',
      attempt: 1,
      holder: 'me',
      dueAt: CLAIM.expiresAt,
    });
    const { document: _, ...withoutDocument } = claimed[0] ?? {};
    expect((await store.postingsOf([key(5)]))[0]).toEqual(withoutDocument);
    const rest = await store.transaction((tx) =>
      tx.claimPostings({ ...claim, limit: 10, now: afterNoon(8) }),
    );
    expect(rest.map((p) => p.documentKey)).toEqual([key(3), key(2)]);
    expect(
      (await store.transaction((tx) => tx.sendingPostings('journal'))).map((p) => p.documentKey),
    ).toEqual([2, 3, 4, 5].map(key));
  });

  it('a claim can be for some documents only, and never takes an uncertain one', async () => {
    const store = await freshStore();
    await queue(store, 4);
    await store.transaction(async (tx) => {
      await tx.claimPostings({ ...CLAIM, documentKeys: [key(2)] });
      await tx.movePosting(move(2, { to: 'uncertain', dueAt: NOON, reason: 'no answer' }));
    });
    const some = { ...CLAIM, documentKeys: [key(2), key(3)] };
    const claimed = await store.transaction((tx) => tx.claimPostings(some));
    expect(claimed.map((p) => p.documentKey)).toEqual([key(3)]);
    const uncertain = await store.transaction((tx) => tx.uncertainPostings('journal', NOON, 10));
    expect(uncertain.map((p) => [p.document.key, p.state, p.attempt])).toEqual([
      [key(2), 'uncertain', 1],
    ]);
    const early = await store.transaction((tx) =>
      tx.uncertainPostings('journal', afterNoon(-1), 10),
    );
    expect(early).toEqual([]);
  });

  it('a claim can be for those queued by a moment, however long they are due', async () => {
    const store = await freshStore();
    await queue(store, 4, afterNoon);
    const claim = { ...CLAIM, limit: 1, now: afterNoon(9), queuedBy: afterNoon(2) };
    const due = await store.duePostings({ ...claim, limit: 9 });
    expect(due.map((p) => [p.document.key, p.state, p.attempt])).toEqual([
      [key(1), 'queued', 0],
      [key(2), 'queued', 0],
    ]);
    const taken = async (more = {}) => {
      const some = await store.transaction((tx) => tx.claimPostings({ ...claim, ...more }));
      return some.map((p) => p.documentKey);
    };
    expect(await store.nextPostingDue('journal', afterNoon(0))).toBeUndefined();
    expect(await taken({ queuedBy: afterNoon(0) })).toEqual([]);
    expect(await taken()).toEqual([key(1)]);
    expect(await store.nextPostingDue('journal', afterNoon(2))).toBe(afterNoon(2));
    await store.transaction((tx) =>
      tx.movePosting(move(1, { to: 'retrying', dueAt: afterNoon(8) })),
    );
    expect(await taken()).toEqual([key(2)]);
    expect(await store.nextPostingDue('journal', afterNoon(2))).toBe(afterNoon(8));
    expect(await store.nextPostingDue('journal')).toBe(afterNoon(3));
    expect(await taken({ now: afterNoon(7) })).toEqual([]);
    expect(await taken()).toEqual([key(1)]);
    expect(await taken()).toEqual([]);
    expect(await taken({ queuedBy: undefined, limit: 9 })).toEqual([key(3), key(4)]);
  });

  it('a posting moves on only from the state and attempt that the mover knows', async () => {
    const store = await freshStore();
    await queue(store, 1);
    await store.transaction((tx) => tx.claimPostings(CLAIM));
    const moved = (part: Partial<PostingMove>) =>
      store.transaction((tx) => tx.movePosting(move(1, part)));
    expect(await moved({ attempt: 2 })).toBe(false);
    expect(await moved({ from: ['uncertain'] })).toBe(false);
    expect(await moved({ to: 'retrying', dueAt: afterNoon(1), reason: 'down', fix: 'wait' })).toBe(
      true,
    );
    expect((await store.postingsOf([key(1)]))[0]).toMatchObject({
      state: 'retrying',
      attempt: 1,
      reason: 'down',
      fix: 'wait',
      dueAt: afterNoon(1),
      holder: null,
    });
    await store.transaction((tx) => tx.claimPostings({ ...CLAIM, now: afterNoon(1) }));
    expect(await moved({ attempt: 2, reference: 'J-1' })).toBe(true);
    expect((await store.postingsOf([key(1)]))[0]).toMatchObject({
      state: 'booked',
      attempt: 2,
      reference: 'J-1',
      fix: null,
      dueAt: null,
    });
    expect(await moved({ attempt: 2 })).toBe(false);
  });

  it('postings are counted by state, listed newest first, and the next due is known', async () => {
    const store = await freshStore();
    await queue(store, 3, (n) => afterNoon(n));
    await store.transaction(async (tx) => {
      await tx.claimPostings({ ...CLAIM, now: afterNoon(1) });
      await tx.movePosting(move(1, { now: afterNoon(7), reference: 'J-1' }));
    });
    expect(await store.postingCounts('journal')).toEqual({
      queued: 2,
      sending: 0,
      booked: 1,
      retrying: 0,
      rejected: 0,
      uncertain: 0,
    });
    expect(await store.nextPostingDue('journal')).toBe(afterNoon(2));
    expect(await store.nextPostingDue('other')).toBeUndefined();
    const listed = async (filter: Parameters<Store['listPostings']>[0], limit = 10) =>
      (await store.listPostings(filter, limit)).map((p) => p.documentKey);
    expect(await listed({})).toEqual([key(1), key(3), key(2)]);
    expect(await listed({ books: 'journal', states: ['queued'] })).toEqual([key(3), key(2)]);
    expect(await listed({}, 1)).toEqual([key(1)]);
    expect(await listed({ books: 'other' })).toEqual([]);
    expect(await listed({ states: [] })).toEqual([]);
  });

  it('two that claim at once never get the same posting, and together get all', async () => {
    const database = await under.freshDatabase();
    const stores = [await openAt(database), await openAt(database)];
    await queue(stores[0], 60);
    const claimed: string[] = [];
    const drain = async (store: Store, holder: string) => {
      for (;;) {
        const some = await store.transaction((tx) =>
          tx.claimPostings({ ...CLAIM, limit: 5, holder }),
        );
        if (some.length === 0) return;
        claimed.push(...some.map((p) => p.documentKey));
      }
    };
    await Promise.all(stores.flatMap((store, n) => [drain(store, `${n}a`), drain(store, `${n}b`)]));
    const expected = Array.from({ length: 60 }, (_, n) => key(n + 1));
    expect(claimed.sort()).toEqual(expected.sort());
  });
}

function key(orderId: number): string {
  return `main/${orderId}/invoice`;
}

function posting(orderId: number) {
  return { documentKey: key(orderId), books: 'journal', at: NOON };
}

async function queue(
  store: Store | undefined,
  count: number,
  at: (n: number) => string = () => NOON,
) {
  const ids = Array.from({ length: count }, (_, n) => n + 1);
  await store?.transaction(async (tx) => {
    await tx.addDocuments(ids.map((id) => issued(aDocument(id))));
    await tx.addPostings(ids.map((id) => ({ ...posting(id), at: at(id) })));
  });
}

function move(orderId: number, part: Partial<PostingMove>): PostingMove {
  return {
    documentKey: key(orderId),
    books: 'journal',
    from: ['sending'],
    attempt: 1,
    to: 'booked',
    reason: 'booked',
    dueAt: null,
    now: NOON,
    ...part,
  };
}
