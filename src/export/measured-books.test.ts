import { expect, it } from 'vitest';
import { EXAMPLES } from '../../tests/support/documents.js';
import type { Call } from '../runtime/measured.js';
import type { Destination } from './destination.js';
import { measuredBooks } from './measured-books.js';

const RUNNING = new AbortController().signal;
const ITEM = { document: EXAMPLES.plain, reference: 'r-1' };

const BOOKS: Destination = {
  id: 'mail',
  kind: 'email',
  can: {
    searchByReference: false,
    mayRepeat: false,
    attachments: true,
    creditNotes: true,
  },
  post: async () => ({ kind: 'booked', ref: 'x' }),
  find: async () => ({ kind: 'absent' }),
  check: async () => [],
  bundle: {
    lastAt: () => 1,
    nextAt: () => 2,
    groupOf: () => 'all',
    prepare: async (items) => ({
      items,
      aside: new Map(),
      send: async () => [
        { kind: 'uncertain', reason: 'cut off' },
        { kind: 'booked', ref: 'y' },
      ],
    }),
  },
};

it('an attempt is told as it ends, and a bundle that is sent once for all that is in it', async () => {
  const told: Call[] = [];
  const books = measuredBooks(BOOKS, (call) => told.push(call));
  await books.post(EXAMPLES.plain, 'r-1', RUNNING);
  const prepared = await books.bundle?.prepare([ITEM, ITEM], RUNNING);
  expect(await prepared?.send(RUNNING)).toHaveLength(2);
  expect(prepared?.items).toHaveLength(2);
  expect([books.bundle?.lastAt(0), books.bundle?.nextAt(0)]).toEqual([1, 2]);
  expect(told).toMatchObject([
    { method: 'post', end: { result: { kind: 'booked' } } },
    { method: 'send', end: { result: { kind: 'uncertain' } } },
  ]);
});
