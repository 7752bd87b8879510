import type { Document } from '../../documents/document.js';
import { numberFileName } from '../../export/folder/file-name.js';
import type { Asked, Reply, Route } from '../../server/route.js';
import type { DocumentFilter, StoredDocument, StoredPosting } from '../../store/store.js';
import { type PageContext, pageContext } from '../page.js';
import { PAGE_ROWS, pageOf } from '../paging.js';
import type { PageDeps } from '../services.js';
import { html } from '../view/html.js';
import { Layout } from '../view/layout.js';
import { Pager, ShopChoice, Told } from '../view/orders/cells.js';
import { DocumentTable } from '../view/orders/document-table.js';
import { Empty } from '../view/parts.js';
import { refusalPage } from './refusal.js';

/** The documents, and their files. */
export function bookedRoutes(deps: PageDeps): readonly Route[] {
  const file = (format: 'pdf' | 'ubl'): Route => ({
    method: 'GET',
    path: `/documents/:key/${format}`,
    needs: 'read',
    handle: (asked) => download(asked, format, deps),
  });
  return [
    { method: 'GET', path: '/booked', needs: 'read', handle: (asked) => booked(asked, deps) },
    file('pdf'),
    file('ubl'),
  ];
}

async function booked(asked: Asked, { app, zone }: PageDeps): Promise<Reply> {
  const page = pageContext(asked, zone);
  const words = page.words.orders;
  const documents = await app.store.listDocuments(filterOf(asked.query), pageOf(asked.query));
  const keys = documents.map(({ document }) => document.key);
  const postings: readonly StoredPosting[] = await app.store.postingsOf(keys);
  const last = documents.length < PAGE_ROWS ? undefined : documents.at(-1);
  return html(
    <Layout page={page} title={page.words.nav.booked} lead={words.bookedLead}>
      <Filters page={page} shops={app.config.shops.map(({ id }) => id)} />
      {documents.length === 0 ? (
        <Empty title={words.emptyBooked}>{words.emptyBookedMore}</Empty>
      ) : (
        <DocumentTable page={page} documents={documents} postings={postings} />
      )}
      <Pager page={page} last={last && placeOf(last)} />
    </Layout>,
  );
}

function placeOf({ document }: StoredDocument) {
  return { at: document.date, id: document.key };
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;

function filterOf(query: URLSearchParams): DocumentFilter {
  const shop = query.get('shop') ?? '';
  const kind = KINDS.find((each) => each === query.get('kind'));
  const [from = '', to = ''] = ['from', 'to'].map((name) => query.get(name) ?? '');
  return {
    ...(shop === '' ? {} : { shop }),
    ...(kind === undefined ? {} : { kind }),
    ...(DATE.test(from) ? { from } : {}),
    ...(DATE.test(to) ? { to } : {}),
  };
}

const KINDS: readonly Document['kind'][] = ['invoice', 'credit-note'];

function Filters({ page, shops }: { page: PageContext; shops: readonly string[] }) {
  const { common, orders: words } = page.words;
  const { query } = page.asked;
  return (
    <form class="row" method="get" action="/booked">
      <label>
        {words.kind}
        <select name="kind">
          <option value="">{common.all}</option>
          {KINDS.map((kind) => (
            <option key={kind} value={kind} selected={query.get('kind') === kind}>
              {kind === 'invoice' ? words.invoice : words.creditNote}
            </option>
          ))}
        </select>
      </label>
      <ShopChoice page={page} shops={shops} />
      <label>
        {words.from}
        <input type="date" name="from" value={query.get('from') ?? ''} />
      </label>
      <label>
        {words.to}
        <input type="date" name="to" value={query.get('to') ?? ''} />
      </label>
      <button type="submit" class="second">
        {common.filter}
      </button>
    </form>
  );
}

async function download(
  asked: Asked,
  format: 'pdf' | 'ubl',
  { app, zone }: PageDeps,
): Promise<Reply> {
  const stored = await app.store.document(asked.params['key'] ?? '');
  if (!stored) return refusalPage(asked, 404, zone);
  const rendered = await app.renderer([format])(stored.document);
  if (rendered.kind !== 'rendered') {
    const page = pageContext(asked, zone);
    return html(
      <Layout page={page} title={page.words.orders.noRendering}>
        <p>
          <Told text={rendered.reason} /> <Told text={rendered.fix} kind="fix" />
        </p>
      </Layout>,
      409,
    );
  }
  const [file] = rendered.files;
  if (!file) return refusalPage(asked, 404, zone);
  const name = `${numberFileName(stored.document.number)}.${file.extension}`;
  return { kind: 'file', mediaType: file.mediaType, content: file.content, name };
}
