import { hostOf, type Subscription } from '../../../outbound/subscription.js';
import type { PageContext } from '../../page.js';
import { Told } from '../orders/cells.js';

export const SUBSCRIPTIONS_PATH = '/subscriptions';
export const NEW_PATH = `${SUBSCRIPTIONS_PATH}/new`;

export function subscriptionPath(id: string): string {
  return `${SUBSCRIPTIONS_PATH}/${encodeURIComponent(id)}`;
}

/** What people know it by. */
export function nameOf({ description, url }: Subscription): string {
  return description === '' ? hostOf(url) : description;
}

const TONES = { enabled: 'good', failing: 'warn', disabled: 'calm', disabledByUs: 'bad' } as const;

function stateOf({ enabled, failures, disabled }: Subscription): keyof typeof TONES {
  if (disabled !== null) return 'disabledByUs';
  if (!enabled) return 'disabled';
  return failures > 0 ? 'failing' : 'enabled';
}

interface Props {
  readonly page: PageContext;
  readonly subscription: Subscription;
}

export function StateBadge({ page, subscription }: Props) {
  const state = stateOf(subscription);
  return <span class={`badge ${TONES[state]}`}>{page.words.subscriptions.states[state]}</span>;
}

/** Which events it is told of. */
export function Wants({ page, subscription: { category, events } }: Props) {
  const { categories, everyEvent } = page.words.subscriptions;
  if (events.length === 0) {
    return (
      <>
        {categories[category]}: {everyEvent}
      </>
    );
  }
  return <span class="break">{events.join(', ')}</span>;
}

/** Something that is said above a page or a form. */
export interface Trouble {
  readonly text: string;
  /** In English, as it was told to us. */
  readonly told?: { readonly message: string; readonly fix: string };
}

export function TroubleNote({ trouble: { text, told } }: { readonly trouble: Trouble }) {
  return (
    <div class="note bad" role="alert">
      {text}
      {told && (
        <>
          {text !== '' && ' '}
          <Told text={told.message} /> <Told text={told.fix} kind="fix" />
        </>
      )}
    </div>
  );
}
