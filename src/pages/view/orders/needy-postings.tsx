import type { StoredDocument, StoredPosting } from '../../../store/store.js';
import { POSTING_ACTIONS } from '../../actions.js';
import type { PageContext } from '../../page.js';
import { ONCE, withQuery } from '../../paging.js';
import { moneyText, orderPath, PostingBadge, Time } from '../parts.js';
import { Files, Told } from './cells.js';
import { PostingForm } from './order-form.js';

interface NeedyPostingsProps {
  readonly page: PageContext;
  readonly postings: readonly StoredPosting[];
  /** Of each, in the same order. */
  readonly documents: readonly (StoredDocument | undefined)[];
}

/** Documents that the books refused or may not have got, each with what can be decided. */
export function NeedyPostings({ page, postings, documents }: NeedyPostingsProps) {
  return (
    <ul class="cases">
      {postings.map((posting, index) => (
        <NeedyPosting
          key={`${posting.documentKey} ${posting.books}`}
          page={page}
          posting={posting}
          stored={documents[index]}
        />
      ))}
    </ul>
  );
}

interface NeedyPostingProps {
  readonly page: PageContext;
  readonly posting: StoredPosting;
  readonly stored: StoredDocument | undefined;
}

function NeedyPosting({ page, posting, stored }: NeedyPostingProps) {
  if (!stored) return null;
  const { common, orders: words } = page.words;
  const { document } = stored;
  const { grossMinor, minorUnits, currency } = document;
  return (
    <li class="sheet case">
      <p class="case-head">
        <strong>
          {common.document} <bdi>{document.number}</bdi>
        </strong>
        <a href={orderPath(document.shop, document.orderId)}>
          {common.order} <bdi>{document.orderNumber}</bdi>
        </a>
        <span class="amount">{moneyText(page, grossMinor, minorUnits, currency)}</span>
        <span class="quiet-text">
          <bdi>{posting.books}</bdi> <PostingBadge page={page} state={posting.state} />{' '}
          <Time page={page} at={posting.updatedAt} />, {words.attempts.toLowerCase()}:{' '}
          {posting.attempt}
        </span>
        <Files document={document.key} />
      </p>
      <p>
        <Told text={posting.reason} />
        {posting.fix !== null && <Told text={posting.fix} kind="fix" />}
      </p>
      {page.may('act') && <PostingActions page={page} posting={posting} />}
    </li>
  );
}

export function PostingActions({
  page,
  posting,
}: {
  readonly page: PageContext;
  readonly posting: StoredPosting;
}) {
  const { path, query } = page.asked;
  return (
    <div class="actions">
      {POSTING_ACTIONS.map((action) => (
        <PostingForm
          key={action}
          page={page}
          action={action}
          documentKey={posting.documentKey}
          books={posting.books}
          back={withQuery(path, query, ONCE)}
          {...(action === 'mark-booked' ? { style: 'second' as const } : {})}
        />
      ))}
    </div>
  );
}
