import type { Instant } from '../../../orders/time.js';
import type { StoredOrder, StoredPosting } from '../../../store/store.js';
import type { PageContext } from '../../page.js';
import { withQuery } from '../../paging.js';
import { Money, orderPath, PostingBadge } from '../parts.js';

interface OrderProps {
  readonly page: PageContext;
  readonly order: StoredOrder;
}

export function OrderLink({ order }: { readonly order: StoredOrder }) {
  return (
    <a href={orderPath(order.shop, order.id)}>
      <bdi>{order.number}</bdi>
    </a>
  );
}

export function OrderMoney({ page, order }: OrderProps) {
  const { grossMinor, minorUnits, currency } = order;
  return <Money page={page} minor={grossMinor} minorUnits={minorUnits} currency={currency} />;
}

/** What rules, shops and books said; it was stored in English. */
export function Told({ text, kind = 'reason' }: { text: string; kind?: 'reason' | 'fix' }) {
  return (
    <span class={kind} lang="en" dir="auto">
      {text}
    </span>
  );
}

/** Where a document is, one line a books. */
export function Postings({
  page,
  postings,
}: {
  readonly page: PageContext;
  readonly postings: readonly StoredPosting[];
}) {
  if (postings.length === 0) return <>{page.words.common.none}</>;
  return (
    <span class="stacked">
      {postings.map(({ books, state, reference, reason }) => (
        <span key={books}>
          <bdi>{books}</bdi> <PostingBadge page={page} state={state} />{' '}
          {state === 'booked' ? (
            <bdi class="quiet-text break">{reference ?? ''}</bdi>
          ) : (
            <Told text={reason} kind="fix" />
          )}
        </span>
      ))}
    </span>
  );
}

function documentPath(key: string): string {
  return `/documents/${encodeURIComponent(key)}`;
}

export function Files({ document }: { readonly document: string }) {
  return (
    <span class="files">
      <a href={`${documentPath(document)}/pdf`}>PDF</a>{' '}
      <a href={`${documentPath(document)}/ubl`}>UBL</a>
    </span>
  );
}

interface PagerProps {
  readonly page: PageContext;
  /** Where the next page begins; absent: there is none. */
  readonly last?: { readonly at: Instant; readonly id: string } | undefined;
  /** Whether what follows is older. */
  readonly isByTime?: boolean;
}

export function Pager({ page, last, isByTime = true }: PagerProps) {
  const { path, query } = page.asked;
  const { common } = page.words;
  const isFirst = query.get('after') === null;
  if (isFirst && !last) return null;
  return (
    <p class="pager">
      {!isFirst && (
        <a href={withQuery(path, query, { at: undefined, after: undefined })}>
          {isByTime ? common.newest : common.firstPage}
        </a>
      )}
      {last && (
        <a href={withQuery(path, query, { at: last.at, after: last.id })} rel="next">
          {isByTime ? common.older : common.nextPage}
        </a>
      )}
    </p>
  );
}

export function ShopChoice({
  page,
  shops,
}: {
  readonly page: PageContext;
  readonly shops: readonly string[];
}) {
  if (shops.length < 2) return null;
  const chosen = page.asked.query.get('shop');
  return (
    <label>
      {page.words.common.shop}
      <select name="shop">
        <option value="">{page.words.common.all}</option>
        {shops.map((shop) => (
          <option key={shop} value={shop} selected={shop === chosen}>
            {shop}
          </option>
        ))}
      </select>
    </label>
  );
}
