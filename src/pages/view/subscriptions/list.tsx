import type { Subscription } from '../../../outbound/subscription.js';
import type { PageContext } from '../../page.js';
import { NOT_DONE } from '../../subscription-actions.js';
import { Layout } from '../layout.js';
import { Done, StackTable } from '../office/list.js';
import { Told } from '../orders/cells.js';
import { Empty, Time } from '../parts.js';
import { NEW_PATH, nameOf, StateBadge, subscriptionPath, Wants } from './parts.js';

interface Props {
  readonly page: PageContext;
  readonly all: readonly Subscription[];
}

export function SubscriptionListPage({ page, all }: Props) {
  const { nav, subscriptions: words } = page.words;
  return (
    <Layout page={page} title={nav.subscriptions} lead={words.lead}>
      <Done page={page} words={words.done} bad={NOT_DONE} />
      {all.length === 0 ? (
        <Empty title={words.empty}>{words.emptyHow}</Empty>
      ) : (
        <SubscriptionTable page={page} all={all} />
      )}
      <p>
        <a class="button" href={NEW_PATH}>
          {words.add}
        </a>
      </p>
    </Layout>
  );
}

function SubscriptionTable({ page, all }: Props) {
  const { common, nav, subscriptions: words } = page.words;
  const heads = [
    { title: nav.subscriptions },
    { title: common.state },
    { title: words.wants },
    { title: words.delivered },
    { title: words.waiting, class: 'amount' },
    { title: words.failed, class: 'amount' },
  ];
  return (
    <StackTable heads={heads}>
      {all.map((one) => (
        <tr key={one.id}>
          <td class="plain">
            <a href={subscriptionPath(one.id)}>
              <bdi class="break">{nameOf(one)}</bdi>
            </a>
            <br />
            <small class="break">{withoutQuery(one.url)}</small>
          </td>
          <td data-label={common.state}>
            <span>
              <StateBadge page={page} subscription={one} />
              {one.disabled && <Told text={one.disabled.reason} />}
            </span>
          </td>
          <td data-label={words.wants}>
            <Wants page={page} subscription={one} />
          </td>
          <td data-label={words.delivered}>
            <Time page={page} at={one.deliveredAt} />
          </td>
          <td data-label={words.waiting} class="amount">
            {one.waiting}
          </td>
          <td data-label={words.failed} class="amount">
            {one.failed}
          </td>
        </tr>
      ))}
    </StackTable>
  );
}

/** What stands after the question mark is often a key; the subscription's own page shows it. */
function withoutQuery(url: string): string {
  return url.replace(/\?.*$/s, '?…');
}
