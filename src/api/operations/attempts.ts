import { z } from 'zod';
import { Problem } from '../../server/problem.js';
import { attemptJson, attemptShape } from '../../shapes/subscription.js';
import { found, limit } from '../fields.js';
import { acting, type Operation, reading } from '../operation.js';
import { after, pageOf, pageShape, placeIn } from '../paging.js';
import type { ApiDeps } from '../services.js';
import { aSubscription, refusal, SUBSCRIPTIONS, SUBSCRIPTIONS_PATH } from './subscriptions.js';

export const attemptPageShape = pageShape(attemptShape);

const attemptQuery = z.strictObject({
  failed: z
    .enum(['true', 'false'])
    .optional()
    .describe('Only those that failed, or only those that were taken.'),
  limit,
  after,
});

/** What was sent to a subscription, and what it answered. */
export function attemptOperations({ app, audit, once }: ApiDeps): readonly Operation[] {
  const { outbound } = app;
  return [
    reading(
      {
        ...{ ...SUBSCRIPTIONS, id: 'listAttempts', params: aSubscription },
        path: `${SUBSCRIPTIONS_PATH}/:id/attempts`,
        summary: 'Attempts to deliver, newest first, with what was sent and answered.',
        ...{ query: attemptQuery, shape: attemptPageShape },
      },
      async ({ params: { id }, query }) => {
        found(await outbound.get(id), 'subscription');
        const place = placeIn(query.after, (text) => /^\d{1,15}$/.test(text));
        const { failed } = query;
        const attempts = await outbound.attempts(
          { subscriptionId: id, ...(failed === undefined ? {} : { failed: failed === 'true' }) },
          { limit: query.limit + 1, ...(place && { after: place }) },
        );
        return pageOf(attempts, query.limit, attemptJson, ({ startedAt, id: attempt }) => ({
          at: startedAt,
          id: String(attempt),
        }));
      },
    ),
    acting(
      once,
      {
        ...{ ...SUBSCRIPTIONS, id: 'testSubscription', params: aSubscription },
        path: `${SUBSCRIPTIONS_PATH}/:id/actions/test`,
        summary: 'Sends a test now, once, also where it is disabled, and answers how that went.',
        shape: attemptShape,
      },
      async ({ params: { id }, asked }) => {
        found(await outbound.get(id), 'subscription');
        await audit.record(asked, 'subscription.test', id);
        const tested = await outbound.test(id, asked.signal);
        switch (tested.kind) {
          case 'tested':
            return attemptJson(tested.attempt);
          case 'unknown':
            throw refusal(tested);
          case 'stopped':
            throw new Problem(409, 'It was cut off; it is sent again within a minute.');
        }
      },
    ),
  ];
}
