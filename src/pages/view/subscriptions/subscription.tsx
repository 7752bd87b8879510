import type { Subscription } from '../../../outbound/subscription.js';
import type { StoredAttempt } from '../../../store/store.js';
import type { PageContext } from '../../page.js';
import { NOT_DONE, type SubscriptionAction } from '../../subscription-actions.js';
import { Layout } from '../layout.js';
import { Done } from '../office/list.js';
import { Told } from '../orders/cells.js';
import { Facts, Time, timeText } from '../parts.js';
import { ActionForm } from './action-form.js';
import { Attempts } from './attempts.js';
import {
  nameOf,
  StateBadge,
  SUBSCRIPTIONS_PATH,
  subscriptionPath,
  type Trouble,
  TroubleNote,
  Wants,
} from './parts.js';

interface PageProps {
  readonly page: PageContext;
  readonly subscription: Subscription;
  /** One more than is shown, where there is more. */
  readonly attempts: readonly StoredAttempt[];
  /** Only those that failed are asked for. */
  readonly isFailed: boolean;
  readonly trouble?: Trouble;
}

export function SubscriptionPage(props: PageProps) {
  const { page, subscription, attempts, isFailed, trouble } = props;
  const words = page.words.subscriptions;
  const { id } = subscription;
  return (
    <Layout page={page} title={nameOf(subscription)}>
      <Done page={page} words={words.done} bad={NOT_DONE} />
      {trouble && <TroubleNote trouble={trouble} />}
      <Doubts page={page} subscription={subscription} />
      <About page={page} subscription={subscription} />
      <Actions page={page} subscription={subscription} />
      <Attempts page={page} id={id} found={attempts} isFailed={isFailed} />
      <p>
        <a href={SUBSCRIPTIONS_PATH}>{words.toList}</a>
      </p>
    </Layout>
  );
}

interface Props {
  readonly page: PageContext;
  readonly subscription: Subscription;
}

/** Why nothing arrives there, and the way out; and what is to be done about its secret. */
function Doubts({ page, subscription }: Props) {
  const words = page.words.subscriptions;
  const { disabled, enabled, failures, failingSince, previousSecretUntil } = subscription;
  return (
    <>
      {disabled && (
        <div class="note bad">
          {words.disabledByUs(timeText(page, disabled.at))} <Told text={disabled.reason} />
          <span class="fix">{words.wayOut}</span>
        </div>
      )}
      {enabled && failingSince !== null && (
        <p class="note warn">{words.failingSince(failures, timeText(page, failingSince))}</p>
      )}
      {previousSecretUntil !== null && (
        <p class="note">{words.previousSecret(timeText(page, previousSecretUntil))}</p>
      )}
    </>
  );
}

function About({ page, subscription }: Props) {
  const { common, subscriptions: words } = page.words;
  const facts = [
    [common.state, <StateBadge key="state" page={page} subscription={subscription} />],
    [
      words.url,
      <span key="url" class="break">
        {subscription.url}
      </span>,
    ],
    [words.wants, <Wants key="wants" page={page} subscription={subscription} />],
    [words.delivered, <Time key="delivered" page={page} at={subscription.deliveredAt} />],
    [words.waiting, subscription.waiting],
    [words.failed, subscription.failed],
    [words.created, <Time key="created" page={page} at={subscription.createdAt} />],
  ] as const;
  return <Facts facts={facts} />;
}

function Actions({ page, subscription }: Props) {
  const words = page.words.subscriptions;
  const { id, enabled, failed, failures } = subscription;
  const button = (action: SubscriptionAction, style?: 'second') => (
    <ActionForm page={page} id={id} action={action} style={style} />
  );
  return (
    <div class="actions spaced">
      {!enabled && button('enable')}
      {button('test', enabled ? undefined : 'second')}
      {enabled && failed + failures > 0 && button('retry', 'second')}
      <a class="button second" href={`${subscriptionPath(id)}/edit`}>
        {words.actions.edit}
      </a>
      {button('rotate', 'second')}
      {enabled && button('disable', 'second')}
      {button('remove', 'second')}
    </div>
  );
}
