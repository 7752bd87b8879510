import type { PageContext } from '../../page.js';
import {
  CONFIRMED_ACTIONS,
  type ConfirmedAction,
  type SubscriptionAction,
} from '../../subscription-actions.js';
import { FormToken } from '../layout.js';
import { subscriptionPath } from './parts.js';

interface ActionFormProps {
  readonly page: PageContext;
  readonly id: string;
  readonly action: SubscriptionAction;
  /** The event that is meant, of a retry. */
  readonly event?: string;
  /** Done at once; by this key the same form, sent again, is known. */
  readonly confirmedBy?: string;
  readonly style?: 'second' | 'danger' | undefined;
  /** Instead of the action's name. */
  readonly label?: string;
}

/** One button that does something with a subscription. */
export function ActionForm(props: ActionFormProps) {
  const { page, id, action, event, confirmedBy, style, label } = props;
  return (
    <form method="post" action={`${subscriptionPath(id)}/act`}>
      <FormToken page={page} />
      {event !== undefined && <input type="hidden" name="event" value={event} />}
      {confirmedBy !== undefined && (
        <>
          <input type="hidden" name="confirmed" value="yes" />
          <input type="hidden" name="key" value={confirmedBy} />
        </>
      )}
      <button type="submit" name="action" value={action} class={style}>
        {label ?? page.words.subscriptions.actions[action]}
      </button>
    </form>
  );
}

export function confirmedAction(action: SubscriptionAction): ConfirmedAction | undefined {
  return CONFIRMED_ACTIONS.find((each) => each === action);
}
