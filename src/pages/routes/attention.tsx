import type { Asked, Reply, Route } from '../../server/route.js';
import { listOrders } from '../../services/list-orders.js';
import { afterPosting, postingPlaceOf } from '../../services/posting-place.js';
import { ATTENTION_TABS, type AttentionTab } from '../actions.js';
import { type Needs, ORDER_TABS, readNeeds } from '../needs.js';
import { orderPageOf } from '../order-list.js';
import { type PageContext, pageContext } from '../page.js';
import { pageOf } from '../paging.js';
import type { PageDeps } from '../services.js';
import { html } from '../view/html.js';
import { Layout } from '../view/layout.js';
import { Notice } from '../view/notice.js';
import { Pager } from '../view/orders/cells.js';
import { NeedyOrders } from '../view/orders/needy-orders.js';
import { NeedyPostings } from '../view/orders/needy-postings.js';
import { countText, Empty } from '../view/parts.js';

/** What does not go on without a person. */
export function attentionRoutes(deps: PageDeps): readonly Route[] {
  const handle = (asked: Asked) => attention(asked, deps);
  return [{ method: 'GET', path: '/attention', needs: 'read', handle }];
}

async function attention(asked: Asked, { app, zone }: PageDeps): Promise<Reply> {
  const page = pageContext(asked, zone);
  const words = page.words.orders;
  const needs = await readNeeds(app);
  const chosen =
    ATTENTION_TABS.find((tab) => tab === asked.query.get('show')) ??
    ATTENTION_TABS.find((tab) => needs[tab] > 0) ??
    'blocked';
  return html(
    <Layout page={page} title={page.words.nav.attention} lead={words.attentionLead}>
      <Notice page={page} />
      <Tabs page={page} chosen={chosen} needs={needs} />
      <section aria-label={words.tabs[chosen]}>
        <p>{words.tabHelp[chosen]}</p>
        {needs[chosen] === 0 ? (
          <Empty title={words.emptyTab}>{words.emptyTabMore}</Empty>
        ) : (
          await contentOf(page, chosen, app)
        )}
      </section>
    </Layout>,
  );
}

async function contentOf(page: PageContext, tab: AttentionTab, { store }: PageDeps['app']) {
  const { query } = page.asked;
  if (tab === 'rejected' || tab === 'uncertain') return postingsOf(page, tab, store);
  const { orders, next } = await listOrders(store, ORDER_TABS[tab], orderPageOf(newestOf(query)));
  return (
    <>
      <NeedyOrders page={page} tab={tab} orders={orders} />
      <Pager page={page} last={next} />
    </>
  );
}

/** Where they go on; they come newest first whatever an address says of sorting. */
function newestOf(query: URLSearchParams): URLSearchParams {
  return new URLSearchParams(['at', 'after'].map((name) => [name, query.get(name) ?? '']));
}

async function postingsOf(
  page: PageContext,
  state: 'rejected' | 'uncertain',
  store: PageDeps['app']['store'],
) {
  const { limit, after } = pageOf(page.asked.query);
  const filter = { states: [state], ...(after && afterPosting(after)) };
  const found = await store.listPostings(filter, limit + 1);
  const postings = found.slice(0, limit);
  const last = found.length > limit ? postings.at(-1) : undefined;
  const documents = await Promise.all(
    postings.map(({ documentKey }) => store.document(documentKey)),
  );
  return (
    <>
      <NeedyPostings page={page} postings={postings} documents={documents} />
      <Pager page={page} last={last && postingPlaceOf(last)} />
    </>
  );
}

interface TabsProps {
  readonly page: PageContext;
  readonly chosen: AttentionTab;
  readonly needs: Needs;
}

function Tabs({ page, chosen, needs }: TabsProps) {
  return (
    <nav class="tabs" aria-label={page.words.nav.attention}>
      <ul>
        {ATTENTION_TABS.map((tab) => (
          <li key={tab}>
            <a href={`/attention?show=${tab}`} aria-current={tab === chosen ? 'page' : undefined}>
              {page.words.orders.tabs[tab]}{' '}
              <span class={needs[tab] > 0 ? 'badge warn' : 'badge'}>
                {countText(page, needs[tab])}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
