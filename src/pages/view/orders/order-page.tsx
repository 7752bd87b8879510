import { basename } from 'node:path';
import type { OrderLife } from '../../../services/order-life.js';
import type { StoredOrder, StoredRefund } from '../../../store/store.js';
import type { OrderAction } from '../../actions.js';
import type { LifeEvent } from '../../life.js';
import type { PageContext } from '../../page.js';
import { Layout } from '../layout.js';
import { Notice } from '../notice.js';
import { Money, moneyText, OrderBadge, Time, timeText } from '../parts.js';
import { OrderMoney, Told } from './cells.js';
import { DocumentTable } from './document-table.js';
import { ChangesSection, OrderActions } from './needy-orders.js';
import { PostingActions } from './needy-postings.js';
import { ProposalLink } from './proposal-link.js';

interface OrderPageProps {
  readonly page: PageContext;
  readonly life: OrderLife;
  readonly refunds: readonly StoredRefund[];
  readonly events: readonly LifeEvent[];
  readonly configFile: string;
  /** What the shop said; `null`: never whole; undefined: not for this reader. */
  readonly raw: string | null | undefined;
  readonly isMasked: boolean;
}

/** One order's whole life. */
export function OrderPage(props: OrderPageProps) {
  const { page, life, refunds, events } = props;
  const { order, documents, postings } = life;
  const { common, orders: words } = page.words;
  const waiting = postings.filter(({ state }) => state === 'rejected' || state === 'uncertain');
  return (
    <Layout page={page} title={`${common.order} ${order.number}`}>
      <Notice page={page} />
      <section class="sheet case">
        <Facts {...props} />
        {page.may('act') && <OrderActions page={page} order={order} actions={actionsOn(order)} />}
        {order.state === 'blocked' && order.changes.length === 0 && documents.length > 0 && (
          <div class="actions">
            <ProposalLink page={page} order={order} />
          </div>
        )}
      </section>
      <ChangesSection page={page} changes={order.changes} />
      {documents.length > 0 && (
        <section>
          <h2>{words.documents}</h2>
          <DocumentTable page={page} documents={documents} postings={postings} />
          {page.may('act') &&
            waiting.map((posting) => (
              <PostingActions
                key={`${posting.documentKey} ${posting.books}`}
                page={page}
                posting={posting}
              />
            ))}
        </section>
      )}
      <Refunds page={page} refunds={refunds} />
      <section>
        <h2>{words.timeline}</h2>
        <ol class="timeline">
          {events.map(({ at, title, detail }, index) => (
            <li key={`${index} ${at}`}>
              <span class="quiet-text">
                <Time page={page} at={at} />
              </span>
              <span class="event">
                <bdi>{title}</bdi>
              </span>
              {detail !== '' && <Told text={detail} kind="fix" />}
            </li>
          ))}
        </ol>
      </section>
      <Raw {...props} />
    </Layout>
  );
}

function actionsOn({ state, decision }: StoredOrder): readonly OrderAction[] {
  switch (state) {
    case 'parked':
    case 'expired':
      return ['recheck', 'forward', 'ignore'];
    case 'blocked':
      return ['recheck', 'ignore'];
    case 'ignored':
      return decision === null ? ['recheck', 'forward'] : ['undo', 'recheck', 'forward'];
    case 'forwarded':
    case 'withdrawn':
      return ['recheck'];
  }
}

function Facts({ page, life, configFile }: OrderPageProps) {
  const { order, nextPollAt, nextBatchAt } = life;
  const { common, orders: words } = page.words;
  const { taxMinor, minorUnits, currency } = order;
  return (
    <dl class="facts">
      <dt>{common.state}</dt>
      <dd>
        <OrderBadge page={page} state={order.state} /> {words.since.toLowerCase()}{' '}
        <Time page={page} at={order.stateSince} />
      </dd>
      <dt>{common.why}</dt>
      <dd>
        <Told text={order.reason} />
      </dd>
      <dt>{words.rule}</dt>
      <dd>
        <bdi>{order.rule}</bdi>
        {order.ruleLine !== null && (
          <span class="quiet-text"> ({words.line(basename(configFile), order.ruleLine)})</span>
        )}
      </dd>
      <dt>{words.releasedBy}</dt>
      <dd>
        {words.release[order.state]}{' '}
        <span class="quiet-text">
          {words.nextLook(timeText(page, nextPollAt), timeText(page, nextBatchAt))}
        </span>
      </dd>
      {order.expiresAt !== null && (
        <>
          <dt>{words.expires}</dt>
          <dd>
            <Time page={page} at={order.expiresAt} />
          </dd>
        </>
      )}
      <dt>{common.customer}</dt>
      <dd>
        <bdi class="break">{order.customer}</bdi>
      </dd>
      <dt>{common.amount}</dt>
      <dd>
        <OrderMoney page={page} order={order} />, {words.ofWhichTax}{' '}
        {moneyText(page, taxMinor, minorUnits, currency)}
      </dd>
      <dt>{common.status}</dt>
      <dd>
        <bdi>{order.status}</bdi>
      </dd>
      <dt>{common.shop}</dt>
      <dd>
        <bdi>{order.shop}</bdi> (id {order.id})
      </dd>
      <dt>{words.created}</dt>
      <dd>
        <Time page={page} at={order.createdAt} />
      </dd>
      <dt>{words.modified}</dt>
      <dd>
        <Time page={page} at={order.modifiedAt} /> ({words.source.toLowerCase()} {order.source})
      </dd>
    </dl>
  );
}

function Refunds({ page, refunds }: Pick<OrderPageProps, 'page' | 'refunds'>) {
  if (refunds.length === 0) return null;
  const { common, orders: words } = page.words;
  return (
    <section>
      <h2>{words.refunds}</h2>
      <div class="sheet scroll">
        <table class="stack">
          <thead>
            <tr>
              <th>Id</th>
              <th>{common.at}</th>
              <th class="amount">{common.amount}</th>
              <th>{common.why}</th>
            </tr>
          </thead>
          <tbody>
            {refunds.map(({ refund, reason }) => (
              <tr key={refund.id}>
                <td data-label="Id">{refund.id}</td>
                <td data-label={common.at}>
                  <Time page={page} at={refund.createdAt} />
                </td>
                <td data-label={common.amount} class="amount">
                  <Money
                    page={page}
                    minor={refund.grossMinor}
                    minorUnits={refund.minorUnits}
                    currency={refund.currency}
                  />
                </td>
                <td class="plain">
                  <Told text={reason} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Raw({ page, raw, isMasked }: OrderPageProps) {
  if (raw === undefined) return null;
  const { orders: words } = page.words;
  return (
    <section>
      <h2>{words.raw}</h2>
      {isMasked && <p class="quiet-text">{words.rawMasked}</p>}
      {raw === null ? (
        <p>{words.noRaw}</p>
      ) : (
        <details>
          <summary>JSON</summary>
          <pre class="wrapped" lang="en" dir="ltr">
            {raw}
          </pre>
        </details>
      )}
    </section>
  );
}
