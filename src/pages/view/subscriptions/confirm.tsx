import type { Subscription } from '../../../outbound/subscription.js';
import type { PageContext } from '../../page.js';
import type { ConfirmedAction } from '../../subscription-actions.js';
import { Layout } from '../layout.js';
import { ActionForm } from './action-form.js';
import { nameOf, subscriptionPath } from './parts.js';

interface Props {
  readonly page: PageContext;
  readonly action: ConfirmedAction;
  readonly subscription: Subscription;
  readonly formKey: string;
}

/** Says what will happen, before it does. */
export function ConfirmSubscriptionPage({ page, action, subscription, formKey }: Props) {
  const { common, subscriptions: words } = page.words;
  const { id, url } = subscription;
  const title = words.confirmTitle(words.actions[action], nameOf(subscription));
  return (
    <Layout page={page} title={title} lead={words.effects[action]}>
      <p>
        <code class="break">{url}</code>
      </p>
      <div class="actions">
        <ActionForm
          page={page}
          id={id}
          action={action}
          confirmedBy={formKey}
          style={action === 'remove' ? 'danger' : undefined}
        />
        <a class="button second" href={subscriptionPath(id)}>
          {common.cancel}
        </a>
      </div>
    </Layout>
  );
}
