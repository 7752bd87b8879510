import type { NoSecretKey, Retried } from '../../outbound/outbound.js';
import { EVENT_ID_FORM, type Subscription } from '../../outbound/subscription.js';
import type { Asked, Reply } from '../../server/route.js';
import { pageContext } from '../page.js';
import {
  SUBSCRIPTION_ACTIONS,
  type SubscriptionAction,
  type SubscriptionDone,
} from '../subscription-actions.js';
import { html } from '../view/html.js';
import { pathWith } from '../view/office/list.js';
import { confirmedAction } from '../view/subscriptions/action-form.js';
import { ConfirmSubscriptionPage } from '../view/subscriptions/confirm.js';
import { SUBSCRIPTIONS_PATH, subscriptionPath } from '../view/subscriptions/parts.js';
import { refusalPage } from './refusal.js';
import { showOne } from './subscription-one.js';
import { type SubscriptionDeps, showSecret } from './subscription-secret.js';

/** What people do with a subscription; what cannot be taken back is asked first. */
export async function act(
  deps: SubscriptionDeps,
  asked: Asked,
  subscription: Subscription,
): Promise<Reply> {
  const { newKey, zone } = deps;
  const action = SUBSCRIPTION_ACTIONS.find((each) => each === asked.form.get('action'));
  if (action === undefined) return refusalPage(asked, 404, zone);
  const asksFirst = asked.form.get('confirmed') === 'yes' ? undefined : confirmedAction(action);
  if (asksFirst !== undefined) {
    const page = pageContext(asked, zone);
    const props = { page, action: asksFirst, subscription, formKey: newKey() };
    return html(<ConfirmSubscriptionPage {...props} />);
  }
  if (action === 'rotate') return rotate(deps, asked, subscription);
  const { id } = subscription;
  const detail = EVENT_ID_FORM.exec(asked.form.get('event') ?? '')?.[0];
  await deps.audit.record(asked, `subscription.${action}`, id, detail);
  return carryOut(deps, asked, id, action);
}

async function carryOut(
  { app: { outbound } }: SubscriptionDeps,
  asked: Asked,
  id: string,
  action: Exclude<SubscriptionAction, 'rotate'>,
): Promise<Reply> {
  switch (action) {
    case 'enable':
    case 'disable': {
      const { kind } = await outbound.change(id, { enabled: action === 'enable' });
      return kind === 'unknown' ? gone() : done(id, `${action}d`);
    }
    case 'remove':
      await outbound.remove(id);
      return { kind: 'redirect', to: pathWith(SUBSCRIPTIONS_PATH, { done: 'removed' }) };
    case 'retry': {
      const event = asked.form.get('event');
      if (event === null) return afterRetry(id, await outbound.retryAllFailed(id));
      const isEvent = EVENT_ID_FORM.test(event);
      return isEvent ? afterRetry(id, await outbound.retry(id, event)) : done(id, 'no-event');
    }
    case 'test': {
      const tested = await outbound.test(id, asked.signal);
      if (tested.kind === 'unknown') return gone();
      if (tested.kind === 'stopped') return done(id, 'stopped');
      const path = `${subscriptionPath(id)}/attempts/${tested.attempt.id}`;
      return { kind: 'redirect', to: pathWith(path, { done: 'tested' }) };
    }
  }
}

function afterRetry(id: string, retried: Retried): Reply {
  switch (retried.kind) {
    case 'queued':
      return done(id, retried.count === 0 ? 'nothing' : 'queued');
    case 'unknown':
      return gone();
    case 'unknown-event':
      return done(id, 'no-event');
    case 'disabled':
      return done(id, 'not-enabled');
    case 'waits-already':
      return done(id, 'waits-already');
  }
}

function rotate(deps: SubscriptionDeps, asked: Asked, subscription: Subscription): Promise<Reply> {
  const { id } = subscription;
  return showSecret<NoSecretKey | undefined>(
    deps,
    asked,
    async () => {
      await deps.audit.record(asked, 'subscription.rotate', id);
      const rotated = await deps.app.outbound.rotate(id);
      if (rotated.kind === 'rotated') return rotated;
      return { refused: rotated.kind === 'unknown' ? undefined : rotated };
    },
    async (why) => {
      if ('trouble' in why) return showOne(deps, asked, subscription, why.trouble);
      if (why.refused === undefined) return gone();
      return showOne(deps, asked, subscription, { text: '', told: why.refused });
    },
  );
}

function done(id: string, code: SubscriptionDone): Reply {
  return { kind: 'redirect', to: pathWith(subscriptionPath(id), { done: code }) };
}

function gone(): Reply {
  const code: SubscriptionDone = 'gone';
  return { kind: 'redirect', to: pathWith(SUBSCRIPTIONS_PATH, { done: code }) };
}
