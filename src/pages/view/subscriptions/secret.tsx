import type { PageContext } from '../../page.js';
import { Layout } from '../layout.js';
import { timeText } from '../parts.js';
import { SUBSCRIPTIONS_PATH, subscriptionPath } from './parts.js';

interface Props {
  readonly page: PageContext;
  readonly made: {
    readonly id: string;
    readonly url: string;
    readonly secret: string;
    readonly previousSecretUntil?: string | undefined;
  };
}

/** The one page that a secret is on. */
export function SecretPage({ page, made }: Props) {
  const words = page.words.subscriptions;
  const { id, url, secret, previousSecretUntil: until } = made;
  return (
    <Layout page={page} title={words.secretTitle} lead={words.secretLead}>
      <p class="note warn" role="status">
        {words.secretKeep}
      </p>
      <dl class="facts">
        <dt>{words.url}</dt>
        <dd class="break">{url}</dd>
        <dt>{words.secret}</dt>
        <dd>
          <code class="secret">{secret}</code>
        </dd>
      </dl>
      {until !== undefined && <p>{words.previousSecret(timeText(page, until))}</p>}
      <p>{words.secretLost}</p>
      <p class="actions">
        <a class="button" href={subscriptionPath(id)}>
          {words.toSubscription}
        </a>
        <a href={SUBSCRIPTIONS_PATH}>{words.toList}</a>
      </p>
    </Layout>
  );
}
