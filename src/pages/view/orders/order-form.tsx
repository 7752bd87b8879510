import type { OrderAction, PostingAction } from '../../actions.js';
import type { PageContext } from '../../page.js';
import { FormToken } from '../layout.js';

export const ORDER_ACTIONS_PATH = '/orders/act';
export const POSTING_ACTIONS_PATH = '/postings/act';

interface OrderFormProps {
  readonly page: PageContext;
  readonly action: OrderAction;
  /** As `main/1042`. */
  readonly refs: readonly string[];
  /** Where one comes back to. */
  readonly back: string;
  readonly style?: 'second' | 'quiet' | undefined;
  /** Done at once; otherwise it is asked first. */
  readonly isConfirmed?: boolean;
  /** Instead of the action's name. */
  readonly label?: string;
}

/** One button that does something with orders. */
export function OrderForm({ page, action, refs, back, style, isConfirmed, label }: OrderFormProps) {
  return (
    <form method="post" action={ORDER_ACTIONS_PATH}>
      <FormToken page={page} />
      <input type="hidden" name="back" value={back} />
      {refs.map((ref) => (
        <input key={ref} type="hidden" name="order" value={ref} />
      ))}
      {isConfirmed && <input type="hidden" name="confirmed" value="yes" />}
      <button type="submit" name="action" value={action} class={style}>
        {label ?? page.words.orders.actions[action]}
      </button>
    </form>
  );
}

interface PostingFormProps {
  readonly page: PageContext;
  readonly action: PostingAction;
  readonly documentKey: string;
  readonly books: string;
  readonly back: string;
  readonly isConfirmed?: boolean;
  readonly style?: 'second';
  readonly label?: string;
}

/** One button that decides about a posting that waits. */
export function PostingForm(props: PostingFormProps) {
  const { page, action, documentKey, books, back, isConfirmed, style, label } = props;
  return (
    <form method="post" action={POSTING_ACTIONS_PATH}>
      <FormToken page={page} />
      <input type="hidden" name="back" value={back} />
      <input type="hidden" name="document" value={documentKey} />
      <input type="hidden" name="books" value={books} />
      {isConfirmed && <input type="hidden" name="confirmed" value="yes" />}
      <button type="submit" name="action" value={action} class={style}>
        {label ?? page.words.orders.actions[action]}
      </button>
    </form>
  );
}
