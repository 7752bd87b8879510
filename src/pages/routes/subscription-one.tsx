import type { Subscription } from '../../outbound/subscription.js';
import type { Asked, Reply } from '../../server/route.js';
import { pageContext } from '../page.js';
import type { PageDeps } from '../services.js';
import { html } from '../view/html.js';
import { idIn } from '../view/office/list.js';
import { ATTEMPTS_SHOWN, AttemptPage } from '../view/subscriptions/attempts.js';
import type { Trouble } from '../view/subscriptions/parts.js';
import { SubscriptionPage } from '../view/subscriptions/subscription.js';
import { refusalPage } from './refusal.js';

/** One subscription with its attempts. `trouble`: what was asked of it just now was not done. */
export async function showOne(
  { app, zone }: PageDeps,
  asked: Asked,
  subscription: Subscription,
  trouble?: Trouble,
): Promise<Reply> {
  const isFailed = asked.query.get('show') === 'failed';
  const before = idIn(asked.query.get('before'));
  const attempts = await app.outbound.attempts(
    { subscriptionId: subscription.id, ...(isFailed ? { failed: true } : {}) },
    { limit: ATTEMPTS_SHOWN + 1, ...(before === undefined ? {} : { after: placeOf(before) }) },
  );
  const page = pageContext(asked, zone);
  const told = trouble ? { trouble } : {};
  return html(
    <SubscriptionPage {...{ page, subscription, attempts, isFailed, ...told }} />,
    trouble ? 422 : 200,
  );
}

export async function showAttempt(
  { app, zone }: PageDeps,
  asked: Asked,
  { id: subscriptionId, enabled }: Subscription,
): Promise<Reply> {
  const id = idIn(asked.params['attempt'] ?? null);
  if (id === undefined) return refusalPage(asked, 404, zone);
  // The first of those that are not newer.
  const page = { limit: 1, after: placeOf(id + 1) };
  const [attempt] = await app.outbound.attempts({ subscriptionId }, page);
  if (attempt?.id !== id) return refusalPage(asked, 404, zone);
  return html(
    <AttemptPage page={pageContext(asked, zone)} attempt={attempt} isEnabled={enabled} />,
  );
}

/** Attempts are in the order of their ids; when they were made tells nothing more. */
function placeOf(id: number) {
  return { at: '', id: String(id) };
}
