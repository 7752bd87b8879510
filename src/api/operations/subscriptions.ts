import { z } from 'zod';
import type { WishProblem } from '../../outbound/check-wish.js';
import { eventsOf } from '../../outbound/events.js';
import type { Changed, Created, Retried, Rotated } from '../../outbound/outbound.js';
import {
  EVENT_ID_FORM,
  hostOf,
  SUBSCRIPTION_CATEGORIES,
  SUBSCRIPTION_ID_FORM,
} from '../../outbound/subscription.js';
import { Problem } from '../../server/problem.js';
import {
  queuedShape,
  removedShape,
  subscriptionJson,
  subscriptionSecretShape,
  subscriptionShape,
} from '../../shapes/subscription.js';
import { found } from '../fields.js';
import { acting, type Operation, reading, wrong } from '../operation.js';
import type { ApiDeps } from '../services.js';

/** There are never many of them. */
export const subscriptionListShape = z.object({ items: z.array(subscriptionShape) });

const subscriptionId = z.string().regex(SUBSCRIPTION_ID_FORM).describe('Id of a subscription.');
export const aSubscription = z.strictObject({ id: subscriptionId });
const anEvent = z.strictObject({
  id: subscriptionId,
  event: z.string().regex(EVENT_ID_FORM).describe('Id of an event, as an attempt names it.'),
});

const EVENTS = eventsOf('all');
const url = z
  .string()
  .describe('`https`, of the public internet unless `outbound.allow` names it.');
/** Which words and addresses are right is told by who keeps them: all that is wrong, with its fix. */
const changedWish = z.strictObject({
  url: url.exactOptional(),
  category: z.string().meta({ enum: SUBSCRIPTION_CATEGORIES }).exactOptional(),
  events: z
    .array(z.string().meta({ enum: EVENTS }))
    .exactOptional()
    .describe('Empty: all of the category.'),
  description: z.string().exactOptional().describe('For people.'),
  enabled: z.boolean().exactOptional(),
});
const newWish = changedWish.extend({ url });

/**
 * The glossary's word for an outbound webhook; `webhook` is what shops send. All of it needs the right
 * to manage them: an address may hold a key of its receiver, and what that answers may be anything.
 */
export const SUBSCRIPTIONS = { tag: 'Subscriptions', needs: 'notify' } as const;
export const SUBSCRIPTIONS_PATH = '/api/v1/subscriptions';
const ONE = `${SUBSCRIPTIONS_PATH}/:id`;

export function subscriptionOperations(deps: ApiDeps): readonly Operation[] {
  const { app, audit, once } = deps;
  const { outbound } = app;
  const known = async (id: string) => found(await outbound.get(id), 'subscription');
  return [
    reading(
      {
        ...{ ...SUBSCRIPTIONS, id: 'listSubscriptions', path: SUBSCRIPTIONS_PATH },
        summary: 'Outbound webhooks, oldest first.',
        shape: subscriptionListShape,
      },
      async () => ({ items: (await outbound.list()).map(subscriptionJson) }),
    ),
    acting(
      once,
      {
        ...{ ...SUBSCRIPTIONS, id: 'createSubscription', path: SUBSCRIPTIONS_PATH },
        summary: 'Makes an outbound webhook. Its secret is in this answer alone.',
        ...{ body: newWish, shape: subscriptionSecretShape, answersSecret: true },
      },
      async ({ body, asked }) => {
        await audit.record(asked, 'subscription.create', '', hostOf(body.url));
        const created = await outbound.create(body);
        if (created.kind !== 'created') throw refusal(created);
        return { ...subscriptionJson(created.subscription), secret: created.secret };
      },
    ),
    reading(
      {
        ...{ ...SUBSCRIPTIONS, id: 'getSubscription', path: ONE, params: aSubscription },
        summary: 'One outbound webhook.',
        shape: subscriptionShape,
      },
      async ({ params: { id } }) => subscriptionJson(await known(id)),
    ),
    acting(
      once,
      {
        ...{ ...SUBSCRIPTIONS, id: 'changeSubscription', path: ONE, method: 'PATCH' },
        summary: 'Changes what is named; `enabled: true` gives a disabled one a new beginning.',
        ...{ params: aSubscription, body: changedWish, shape: subscriptionShape },
      },
      async ({ params: { id }, body, asked }) => {
        await known(id);
        await audit.record(asked, 'subscription.change', id, Object.keys(body).join(', '));
        const changed = await outbound.change(id, body);
        if (changed.kind !== 'changed') throw refusal(changed);
        return subscriptionJson(changed.subscription);
      },
    ),
    acting(
      once,
      {
        ...{ ...SUBSCRIPTIONS, id: 'removeSubscription', path: ONE, method: 'DELETE' },
        summary: 'Removes it with its attempts, and with what waits for it.',
        ...{ params: aSubscription, shape: removedShape },
      },
      async ({ params: { id }, asked }) => {
        await known(id);
        await audit.record(asked, 'subscription.remove', id);
        const removed = await outbound.remove(id);
        if (removed.kind === 'unknown') throw refusal(removed);
        return { id, state: 'removed' as const };
      },
    ),
    acting(
      once,
      {
        ...{ ...SUBSCRIPTIONS, id: 'rotateSubscription', path: `${ONE}/actions/rotate` },
        summary: 'Makes a new secret, in this answer alone; the old one signs as well for a day.',
        ...{ params: aSubscription, shape: subscriptionSecretShape, answersSecret: true },
      },
      async ({ params: { id }, asked }) => {
        await known(id);
        await audit.record(asked, 'subscription.rotate', id);
        const rotated = await outbound.rotate(id);
        if (rotated.kind !== 'rotated') throw refusal(rotated);
        return { ...subscriptionJson(rotated.subscription), secret: rotated.secret };
      },
    ),
    acting(
      once,
      {
        ...{ ...SUBSCRIPTIONS, id: 'retrySubscription', path: `${ONE}/actions/retry` },
        summary: 'Has all events delivered, now, that failed and are not delivered since.',
        ...{ params: aSubscription, shape: queuedShape },
      },
      async ({ params: { id }, asked }) => {
        await known(id);
        await audit.record(asked, 'subscription.retry', id);
        return queued(id, await outbound.retryAllFailed(id));
      },
    ),
    acting(
      once,
      {
        ...{ ...SUBSCRIPTIONS, id: 'retryEvent', path: `${ONE}/events/:event/actions/retry` },
        summary: 'Has one event delivered again, now, delivered before or not.',
        ...{ params: anEvent, shape: queuedShape },
      },
      async ({ params: { id, event }, asked }) => {
        await known(id);
        await audit.record(asked, 'subscription.retry', id, event);
        return queued(id, await outbound.retry(id, event));
      },
    ),
  ];
}

function queued(id: string, retried: Retried) {
  if (retried.kind !== 'queued') throw refusal(retried);
  return { id, queued: retried.count };
}

type RefusedOutcome =
  | Exclude<Created, { kind: 'created' }>
  | Exclude<Changed, { kind: 'changed' }>
  | Exclude<Rotated, { kind: 'rotated' }>
  | Exclude<Retried, { kind: 'queued' }>;

export function refusal(refused: RefusedOutcome): Problem {
  switch (refused.kind) {
    case 'unknown':
      return new Problem(404, 'There is no such subscription.');
    case 'unknown-event':
      return new Problem(404, 'It was told of no such event in the last thirty days.');
    case 'invalid':
      return wrong(refused.problems.map(fieldProblem));
    case 'no-secret-key':
      return new Problem(422, refused.message, { fix: refused.fix });
    case 'too-many':
      return new Problem(409, `There are ${refused.most} subscriptions, and that is the most.`, {
        fix: 'Remove one that is not needed any more.',
      });
    case 'disabled':
      return new Problem(409, 'It is disabled, so nothing is delivered to it.', {
        fix: 'Enable it first.',
      });
    case 'waits-already':
      return new Problem(409, 'That event waits for its first attempt already.');
  }
}

function fieldProblem({ field, message, fix }: WishProblem) {
  return { in: 'body' as const, name: `/${field}`, detail: `${message} ${fix}` };
}
