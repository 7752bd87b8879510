import type { Document } from '../../../documents/document.js';
import type { PostingAction } from '../../actions.js';
import type { PageContext } from '../../page.js';
import { Layout } from '../layout.js';
import { moneyText } from '../parts.js';
import { PostingForm } from './order-form.js';

interface ConfirmPostingProps {
  readonly page: PageContext;
  readonly action: PostingAction;
  readonly document: Document;
  readonly books: string;
  readonly back: string;
}

/** Names what will happen with the document, before it does. */
export function ConfirmPosting({ page, action, document, books, back }: ConfirmPostingProps) {
  const { common, orders: words } = page.words;
  const { number, grossMinor, minorUnits, currency } = document;
  const title = words.confirmTitle(words.actions[action], number);
  return (
    <Layout page={page} title={title} lead={words.effects[action]}>
      <p>
        <bdi>{number}</bdi>, {moneyText(page, grossMinor, minorUnits, currency)}, {common.books}:{' '}
        <bdi>{books}</bdi>
      </p>
      <div class="actions">
        <PostingForm
          page={page}
          action={action}
          documentKey={document.key}
          books={books}
          back={back}
          isConfirmed
          label={common.confirm}
        />
        <a class="button second" href={back}>
          {common.cancel}
        </a>
      </div>
    </Layout>
  );
}
