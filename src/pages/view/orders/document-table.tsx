import type { StoredDocument, StoredPosting } from '../../../store/store.js';
import type { PageContext } from '../../page.js';
import { Money, orderPath } from '../parts.js';
import { Files, Postings } from './cells.js';

interface DocumentTableProps {
  readonly page: PageContext;
  readonly documents: readonly StoredDocument[];
  /** Of all of them. */
  readonly postings: readonly StoredPosting[];
}

/** Documents, each with where it is in the books and its files. */
export function DocumentTable({ page, documents, postings }: DocumentTableProps) {
  const { common, orders: words } = page.words;
  return (
    <div class="sheet scroll">
      <table class="stack">
        <thead>
          <tr>
            <th>{common.document}</th>
            <th>{words.kind}</th>
            <th>{words.date}</th>
            <th>{common.order}</th>
            <th>{common.customer}</th>
            <th class="amount">{common.amount}</th>
            <th>{common.books}</th>
            <th class="tight">PDF, UBL</th>
          </tr>
        </thead>
        <tbody>
          {documents.map(({ document }) => (
            <tr key={document.key}>
              <td data-label={common.document}>
                <bdi class="strong">{document.number}</bdi>
              </td>
              <td data-label={words.kind}>
                {document.kind === 'invoice' ? words.invoice : words.creditNote}
              </td>
              <td data-label={words.date} class="tight">
                <time dateTime={document.date}>{document.date}</time>
              </td>
              <td data-label={common.order}>
                <a href={orderPath(document.shop, document.orderId)}>
                  <bdi>{document.orderNumber}</bdi>
                </a>
              </td>
              <td data-label={common.customer}>
                <bdi class="break">{document.buyer.company || document.buyer.name}</bdi>
              </td>
              <td data-label={common.amount} class="amount">
                <Money
                  page={page}
                  minor={document.grossMinor}
                  minorUnits={document.minorUnits}
                  currency={document.currency}
                />
              </td>
              <td data-label={common.books}>
                <Postings
                  page={page}
                  postings={postings.filter(({ documentKey }) => documentKey === document.key)}
                />
              </td>
              <td data-label="PDF, UBL" class="tight">
                <Files document={document.key} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
