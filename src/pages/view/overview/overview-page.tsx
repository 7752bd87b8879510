import { minorUnitsOf } from '../../../orders/money.js';
import { ORDER_STATES, POSTING_STATES } from '../../../orders/states.js';
import type { RunStatus } from '../../../shapes/status.js';
import { ATTENTION_TABS } from '../../actions.js';
import type { PageContext } from '../../page.js';
import { Layout } from '../layout.js';
import { Told } from '../orders/cells.js';
import { countText, Empty, moneyText, OrderBadge, PostingBadge, Time, timeText } from '../parts.js';
import { Bookings } from './bookings.js';
import type { OverviewFacts, ShopFacts } from './facts.js';

interface OverviewProps {
  readonly page: PageContext;
  readonly facts: OverviewFacts;
}

/** What needs a person first, then how things stand. */
export function OverviewPage({ page, facts }: OverviewProps) {
  const { nav, overview: words } = page.words;
  return (
    <Layout page={page} title={nav.overview} lead={words.lead}>
      <NeedsYou page={page} facts={facts} />
      <section>
        <h2>{words.totals}</h2>
        <Totals page={page} facts={facts} />
      </section>
      <Bookings page={page} booked={facts.booked} />
      <section>
        <h2>{words.shops}</h2>
        <Shops page={page} facts={facts} />
      </section>
      <section>
        <h2>{words.books}</h2>
        <Books page={page} facts={facts} />
      </section>
    </Layout>
  );
}

function NeedsYou({ page, facts }: OverviewProps) {
  const { overview: words } = page.words;
  const { needs, alerts, quarantined } = facts;
  const tabs = ATTENTION_TABS.filter((tab) => needs[tab] > 0);
  if (tabs.length + alerts.length + quarantined === 0) {
    return <Empty title={words.calm}>{words.calmMore}</Empty>;
  }
  return (
    <section aria-label={words.needsYou}>
      {alerts.map(({ key, subject, message, fix }) => (
        <div key={key} class="note bad">
          <strong>
            {words.alert}: <bdi lang="en">{subject}</bdi>
          </strong>
          <Told text={message} /> <Told text={fix} kind="fix" />
        </div>
      ))}
      <ul class="cards">
        {tabs.map((tab) => (
          <li key={tab}>
            <a class="card needs" href={`/attention?show=${tab}`}>
              <span class="number">{countText(page, needs[tab])}</span>
              <span>{words.waits[tab]}</span>
            </a>
          </li>
        ))}
        {quarantined > 0 && (
          <li>
            <a class="card needs" href="/deliveries">
              <span class="number">{countText(page, quarantined)}</span>
              <span>{words.quarantine}</span>
            </a>
          </li>
        )}
      </ul>
    </section>
  );
}

function Totals({ page, facts }: OverviewProps) {
  const { common, overview: words } = page.words;
  if (facts.totals.length === 0) return <Empty title={words.noOrders}>{words.noOrdersMore}</Empty>;
  const rows = ORDER_STATES.flatMap((state) => {
    const own = facts.totals.filter((total) => total.state === state);
    return own.length === 0 ? [] : [{ state, own }];
  });
  return (
    <div class="sheet scroll">
      <table class="stack">
        <thead>
          <tr>
            <th>{common.state}</th>
            <th class="amount">{words.count}</th>
            <th class="amount">{common.amount}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ state, own }) => (
            <tr key={state}>
              <td data-label={common.state}>
                <OrderBadge page={page} state={state} />
              </td>
              <td data-label={words.count} class="amount">
                {own.reduce((sum, { count }) => sum + count, 0).toLocaleString(page.locale)}
              </td>
              <td data-label={common.amount} class="amount">
                <span class="stacked">
                  {own.map(({ currency, grossMinor }) => (
                    <span key={currency}>
                      {moneyText(page, grossMinor, minorUnitsOf(currency), currency)}
                    </span>
                  ))}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Shops({ page, facts }: OverviewProps) {
  const { common, overview: words } = page.words;
  const { shops, nextPollAt, nextBatchAt } = facts;
  return (
    <div class="sheet scroll">
      <table class="stack">
        <thead>
          <tr>
            <th>{common.shop}</th>
            <th>{words.lastPoll}</th>
            <th>{words.nextPoll}</th>
            <th>{words.lastBatch}</th>
            <th>{words.nextBatch}</th>
            <th>{words.lastWebhook}</th>
          </tr>
        </thead>
        <tbody>
          {shops.map(({ shop, lastPoll, lastBatch, batchDue, webhook }) => (
            <tr key={shop}>
              <td data-label={common.shop}>
                <bdi class="strong">{shop}</bdi>
              </td>
              <td data-label={words.lastPoll}>
                <LastRun page={page} run={lastPoll} />
              </td>
              <td data-label={words.nextPoll}>
                <Time page={page} at={nextPollAt} />
              </td>
              <td data-label={words.lastBatch}>
                <LastRun page={page} run={lastBatch} />
              </td>
              <td data-label={words.nextBatch}>
                {batchDue ? words.batchDue : <Time page={page} at={nextBatchAt} />}
              </td>
              <td data-label={words.lastWebhook}>
                <LastWebhook page={page} webhook={webhook} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function LastRun({ page, run }: { readonly page: PageContext; readonly run: RunStatus | null }) {
  if (run === null) return <>{page.words.common.never}</>;
  const isBad = run.state === 'failed';
  return (
    <span class="stacked">
      <span>
        <Time page={page} at={run.startedAt} />{' '}
        <span class={`badge ${isBad ? 'bad' : run.state === 'done' ? 'good' : ''}`}>
          {page.words.overview.runs[run.state]}
        </span>
      </span>
      {run.error !== null && <Told text={run.error} kind="fix" />}
    </span>
  );
}

function LastWebhook({ page, webhook }: { page: PageContext; webhook: ShopFacts['webhook'] }) {
  const { overview: words } = page.words;
  if (webhook === null) return <span class="quiet-text">{words.polledOnly}</span>;
  const { lastDeliveryAt, backlog, lag } = webhook;
  const more = [
    ...(backlog > 0 ? [words.waiting(backlog)] : []),
    ...(lag ? [words.lag((lag.p50Ms / 1000).toLocaleString(page.locale, ONE_DECIMAL))] : []),
  ];
  return (
    <>
      <Time page={page} at={lastDeliveryAt} /> <span class="quiet-text">{more.join(', ')}</span>
    </>
  );
}

const ONE_DECIMAL = { maximumFractionDigits: 1 };

function Books({ page, facts }: OverviewProps) {
  const { overview: words } = page.words;
  return (
    <ul class="cards">
      {facts.books.map(({ books, paused, postings }) => (
        <li key={books} class="card">
          <p class="case-head">
            <strong>
              <bdi>{books}</bdi>
            </strong>
            <span class={`badge ${paused ? 'bad' : 'good'}`}>
              {paused ? words.paused(timeText(page, paused.until)) : words.takes}
            </span>
          </p>
          {paused && <Told text={paused.reason} kind="fix" />}
          <p class="actions">
            {POSTING_STATES.filter((state) => postings[state] > 0).map((state) => (
              <span key={state}>
                {postings[state].toLocaleString(page.locale)}{' '}
                <PostingBadge page={page} state={state} />
              </span>
            ))}
          </p>
        </li>
      ))}
    </ul>
  );
}
