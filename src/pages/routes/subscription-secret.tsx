import type { Subscription } from '../../outbound/subscription.js';
import { FORM_TOKEN_FIELD } from '../../server/mount-pages.js';
import type { Asked, Reply } from '../../server/route.js';
import type { DoOnce, OnceAnswer } from '../../services/once.js';
import { subscriptionJson, subscriptionSecretShape } from '../../shapes/subscription.js';
import { pageContext } from '../page.js';
import type { PageDeps } from '../services.js';
import { html } from '../view/html.js';
import type { Trouble } from '../view/subscriptions/parts.js';
import { SecretPage } from '../view/subscriptions/secret.js';

export interface SubscriptionDeps extends PageDeps {
  readonly doOnce: DoOnce;
  /** 22 letters, digits, `-` or `_` that nobody guesses. */
  readonly newKey: () => string;
}

const KEY_FORM = /^[\w-]{22}$/;

/** What made a secret, or why none was made. */
type Made<Why> =
  | { readonly subscription: Subscription; readonly secret: string }
  | { readonly refused: Why };

/**
 * Shows a new secret in the answer to the form itself: an address with it would be kept by browsers and
 * proxies, and a page of its own would need it stored in clear. No cache keeps the answer (`no-store`).
 * A browser that reloads it sends the form again; by the form's own key that is known for the same
 * request, so that nothing is made or rotated twice and the same secret is shown, for a day, to the same
 * person.
 */
export async function showSecret<Why>(
  { doOnce, zone }: SubscriptionDeps,
  asked: Asked,
  make: () => Promise<Made<Why>>,
  otherwise: (why: { readonly refused: Why } | { readonly trouble: Trouble }) => Promise<Reply>,
): Promise<Reply> {
  const page = pageContext(asked, zone);
  const words = page.words.subscriptions;
  const key = asked.form.get('key') ?? '';
  if (!KEY_FORM.test(key)) return otherwise({ trouble: { text: words.notWhole } });
  const fields = [...asked.form].filter(([name]) => name !== FORM_TOKEN_FIELD);
  const wanted = {
    principal: asked.principal?.name ?? '',
    key: `form:${key}`,
    request: JSON.stringify([asked.path, fields]),
    isSecret: true,
  };
  const answer = await doOnce<Why>(wanted, async () => {
    const made = await make();
    if ('refused' in made) return { kind: 'refused', why: made.refused };
    const { subscription, secret } = made;
    return { kind: 'done', body: { ...subscriptionJson(subscription), secret } };
  });
  switch (answer.kind) {
    case 'done': {
      const made = subscriptionSecretShape.parse(answer.body);
      return html(<SecretPage page={page} made={made} />);
    }
    case 'refused':
      return otherwise({ refused: answer.why });
    default:
      return otherwise({ trouble: troubleOf(answer, words) });
  }
}

function troubleOf(
  answer: Exclude<OnceAnswer<never>, { kind: 'done' | 'refused' }>,
  words: { readonly sentBefore: string; readonly underWay: string; readonly secretLost: string },
): Trouble {
  switch (answer.kind) {
    case 'another-request':
      return { text: words.sentBefore };
    case 'under-way':
      return { text: words.underWay };
    case 'unreadable':
      return { text: words.secretLost, told: { message: answer.message, fix: '' } };
  }
}
