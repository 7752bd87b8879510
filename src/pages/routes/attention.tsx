import type { Asked, Reply, Route } from '../../server/route.js';
import type { OrderFilter } from '../../store/store.js';
import { ATTENTION_TABS, type AttentionTab } from '../actions.js';
import { type Needs, ORDER_TABS, readNeeds } from '../needs.js';
import { type PageContext, pageContext } from '../page.js';
import { PAGE_ROWS, pageOf } from '../paging.js';
import type { PageDeps } from '../services.js';
import { html } from '../view/html.js';
import { Layout } from '../view/layout.js';
import { Notice } from '../view/notice.js';
import { Pager } from '../view/orders/cells.js';
import { NeedyOrders } from '../view/orders/needy-orders.js';
import { NeedyPostings } from '../view/orders/needy-postings.js';
import { countText, Empty } from '../view/parts.js';
import { lastOf } from './open.js';

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
  if (tab === 'rejected' || tab === 'uncertain') {
    const postings = await store.listPostings({ states: [tab] }, PAGE_ROWS);
    const documents = await Promise.all(
      postings.map(({ documentKey }) => store.document(documentKey)),
    );
    return <NeedyPostings page={page} postings={postings} documents={documents} />;
  }
  const filter: OrderFilter = ORDER_TABS[tab];
  const orders = await store.listOrders(filter, pageOf(query));
  return (
    <>
      <NeedyOrders page={page} tab={tab} orders={orders} />
      <Pager page={page} last={lastOf(orders)} />
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
