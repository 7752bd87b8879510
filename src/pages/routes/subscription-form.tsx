import type { WishProblem } from '../../outbound/check-wish.js';
import type { Created } from '../../outbound/outbound.js';
import { hostOf, type Subscription } from '../../outbound/subscription.js';
import type { Asked, Reply } from '../../server/route.js';
import { pageContext } from '../page.js';
import { draftIn, draftOf, EMPTY_DRAFT, type SubscriptionDraft } from '../subscription-draft.js';
import { html } from '../view/html.js';
import { pathWith } from '../view/office/list.js';
import { SubscriptionFormPage } from '../view/subscriptions/form.js';
import {
  NEW_PATH,
  SUBSCRIPTIONS_PATH,
  subscriptionPath,
  type Trouble,
} from '../view/subscriptions/parts.js';
import { refusalPage } from './refusal.js';
import { type SubscriptionDeps, showSecret } from './subscription-secret.js';

/** What is wrong with what was sent: at its fields, or all of it. */
interface Wrong {
  readonly problems?: readonly WishProblem[];
  readonly trouble?: Trouble;
}

export function showNew(
  { newKey, zone }: SubscriptionDeps,
  asked: Asked,
  draft: SubscriptionDraft = EMPTY_DRAFT,
  wrong?: Wrong,
): Reply {
  const page = pageContext(asked, zone);
  const { newTitle: title, create: submit } = page.words.subscriptions;
  const form = { title, submit, path: NEW_PATH, back: SUBSCRIPTIONS_PATH, formKey: newKey() };
  return html(
    <SubscriptionFormPage page={page} draft={draft} {...form} {...wrong} />,
    wrong ? 422 : 200,
  );
}

export async function create(deps: SubscriptionDeps, asked: Asked): Promise<Reply> {
  const { app, audit, zone } = deps;
  const draft = draftIn(asked.form);
  const words = pageContext(asked, zone).words.subscriptions;
  return showSecret<Exclude<Created, { kind: 'created' }>>(
    deps,
    asked,
    async () => {
      await audit.record(asked, 'subscription.create', '', hostOf(draft.url));
      const created = await app.outbound.create(draft);
      return created.kind === 'created' ? created : { refused: created };
    },
    async (why) => {
      if ('trouble' in why) return showNew(deps, asked, draft, why);
      const { refused } = why;
      switch (refused.kind) {
        case 'invalid':
          return showNew(deps, asked, draft, { problems: refused.problems });
        case 'no-secret-key':
          return showNew(deps, asked, draft, { trouble: { text: '', told: refused } });
        case 'too-many':
          return showNew(deps, asked, draft, { trouble: { text: words.tooMany(refused.most) } });
      }
    },
  );
}

export function showEdit(
  { zone }: SubscriptionDeps,
  asked: Asked,
  subscription: Subscription,
  draft: SubscriptionDraft = draftOf(subscription),
  wrong?: Wrong,
): Reply {
  const page = pageContext(asked, zone);
  const { editTitle: title, save: submit } = page.words.subscriptions;
  const back = subscriptionPath(subscription.id);
  const form = { title, submit, path: `${back}/edit`, back };
  return html(
    <SubscriptionFormPage page={page} draft={draft} {...form} {...wrong} />,
    wrong ? 422 : 200,
  );
}

export async function change(
  deps: SubscriptionDeps,
  asked: Asked,
  subscription: Subscription,
): Promise<Reply> {
  const { id } = subscription;
  const draft = draftIn(asked.form);
  await deps.audit.record(asked, 'subscription.change', id, Object.keys(draft).join(', '));
  const changed = await deps.app.outbound.change(id, draft);
  switch (changed.kind) {
    case 'changed':
      return { kind: 'redirect', to: pathWith(subscriptionPath(id), { done: 'changed' }) };
    case 'invalid':
      return showEdit(deps, asked, subscription, draft, { problems: changed.problems });
    case 'unknown':
      return refusalPage(asked, 404, deps.zone);
  }
}
