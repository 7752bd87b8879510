import { SUBSCRIPTION_ID_FORM, type Subscription } from '../../outbound/subscription.js';
import type { Asked, Reply, Route } from '../../server/route.js';
import { pageContext } from '../page.js';
import { html } from '../view/html.js';
import { SubscriptionListPage } from '../view/subscriptions/list.js';
import { NEW_PATH, SUBSCRIPTIONS_PATH } from '../view/subscriptions/parts.js';
import { refusalPage } from './refusal.js';
import { act } from './subscription-act.js';
import { change, create, showEdit, showNew } from './subscription-form.js';
import { showAttempt, showOne } from './subscription-one.js';
import type { SubscriptionDeps } from './subscription-secret.js';

const ONE = `${SUBSCRIPTIONS_PATH}/:id`;

/** Outbound webhooks. To look needs the right to manage them: an address may hold a receiver's key. */
export function subscriptionRoutes(deps: SubscriptionDeps): readonly Route[] {
  const { app, zone } = deps;
  const route = (method: 'GET' | 'POST', path: string, handle: Route['handle']): Route => {
    return { method, path, needs: 'notify', handle };
  };
  const ofOne = (method: 'GET' | 'POST', path: string, handle: OfOne) =>
    route(method, `${ONE}${path}`, async (asked) => {
      const id = asked.params['id'] ?? '';
      const subscription = SUBSCRIPTION_ID_FORM.test(id) ? await app.outbound.get(id) : undefined;
      if (!subscription) return refusalPage(asked, 404, zone);
      return handle(deps, asked, subscription);
    });
  return [
    route('GET', SUBSCRIPTIONS_PATH, async (asked) => {
      const all = await app.outbound.list();
      return html(<SubscriptionListPage page={pageContext(asked, zone)} all={all} />);
    }),
    // Before the page of one, which would take `new` for an id.
    route('GET', NEW_PATH, (asked) => showNew(deps, asked)),
    route('POST', NEW_PATH, (asked) => create(deps, asked)),
    ofOne('GET', '', showOne),
    ofOne('GET', '/edit', showEdit),
    ofOne('POST', '/edit', change),
    ofOne('POST', '/act', act),
    ofOne('GET', '/attempts/:attempt', showAttempt),
  ];
}

type OfOne = (
  deps: SubscriptionDeps,
  asked: Asked,
  subscription: Subscription,
) => Promise<Reply> | Reply;
