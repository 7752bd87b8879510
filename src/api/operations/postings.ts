import { z } from 'zod';
import { POSTING_STATES } from '../../orders/states.js';
import { Problem } from '../../server/problem.js';
import { afterPosting, postingPlaceOf } from '../../services/posting-place.js';
import { listedPostingJson, listedPostingShape } from '../../shapes/document.js';
import { booksId, documentKey, found, limit } from '../fields.js';
import { acting, type Operation, reading } from '../operation.js';
import { after, pageOf, pageShape, placeIn } from '../paging.js';
import type { ApiDeps } from '../services.js';

export const postingPageShape = pageShape(listedPostingShape);

const aPosting = z.strictObject({ key: documentKey, books: booksId });

export function postingOperations(deps: ApiDeps): readonly Operation[] {
  const { store } = deps.app;
  return [
    reading(
      {
        ...{ id: 'listPostings', tag: 'Postings', path: '/api/v1/postings', needs: 'read' },
        summary: 'Documents on their way to the books, the latest change first.',
        query: z.strictObject({
          books: booksId.optional(),
          state: z.array(z.enum(POSTING_STATES)).optional().describe('May be given several times.'),
          limit,
          after,
        }),
        shape: postingPageShape,
      },
      async ({ query: { books, state, limit: most, after: cursor } }) => {
        const place = placeIn(cursor, (id) => /^[^/]+\/./.test(id));
        const filter = {
          ...(place && afterPosting(place)),
          ...(books === undefined ? {} : { books }),
          ...(state === undefined ? {} : { states: state }),
        };
        const postings = await store.listPostings(filter, most + 1);
        return pageOf(postings, most, listedPostingJson, postingPlaceOf);
      },
    ),
    postingAction(deps, 'send-again', 'Sends a rejected, uncertain or retrying posting again.'),
    postingAction(deps, 'mark-booked', 'Says that a person booked it by hand.'),
  ];
}

function postingAction(
  { app, audit, once }: ApiDeps,
  action: 'send-again' | 'mark-booked',
  summary: string,
): Operation {
  return acting(
    once,
    {
      id: action === 'send-again' ? 'sendPostingAgain' : 'markPostingBooked',
      ...{ tag: 'Postings', needs: 'act', summary },
      path: `/api/v1/postings/:key/:books/actions/${action}`,
      params: aPosting,
      shape: listedPostingShape,
    },
    async ({ params: { key, books }, asked }) => {
      const isKnown = app.destinations.some(({ id }) => id === books);
      found(isKnown ? await app.store.document(key) : undefined, 'posting');
      await audit.record(asked, `posting.${action}`, `${key} ${books}`);
      const released = await app.worker.release(key, books, action);
      if (released.kind === 'not-waiting') {
        throw new Problem(409, `It is ${released.state}: there is nothing to decide.`);
      }
      const postings = await app.store.postingsOf([key]);
      return listedPostingJson(
        found(
          postings.find((each) => each.books === books),
          'posting',
        ),
      );
    },
  );
}
