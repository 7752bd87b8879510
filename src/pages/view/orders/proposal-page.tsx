import type { Document } from '../../../documents/document.js';
import type { Correction, Proposal } from '../../../intake/intake.js';
import type { StoredOrder } from '../../../store/store.js';
import type { PageContext } from '../../page.js';
import { FormToken, Layout } from '../layout.js';
import { Notice } from '../notice.js';
import { Empty, moneyText, orderPath } from '../parts.js';
import { OrderLink, Told } from './cells.js';
import { ChangesSection } from './needy-orders.js';

interface ProposalPageProps {
  readonly page: PageContext;
  readonly order: StoredOrder;
  /** What was made for the order until now. */
  readonly booked: readonly Document[];
  readonly proposal: Proposal;
}

/** Names each document that would be made, and what the books say before and after. */
export function ProposalPage({ page, order, booked, proposal }: ProposalPageProps) {
  const { common, orders: words } = page.words;
  const path = orderPath(order.shop, order.id);
  return (
    <Layout
      page={page}
      title={words.confirmTitle(words.proposal.name, `${common.order} ${order.number}`)}
      lead={words.proposal.lead}
    >
      <Notice page={page} />
      <p>
        {common.order} <OrderLink order={order} />
        {order.customer !== '' && (
          <>
            , <bdi class="break">{order.customer}</bdi>
          </>
        )}
      </p>
      <ChangesSection page={page} changes={order.changes} />
      {proposal.kind === 'none' ? (
        <Empty title={words.proposal.none}>
          <Told text={proposal.reason} /> <Told text={proposal.fix} kind="fix" />
        </Empty>
      ) : (
        <>
          <Planned page={page} order={order} booked={booked} correction={proposal} />
          <div class="actions">
            <form method="post" action={`${path}/proposal`}>
              <FormToken page={page} />
              <input type="hidden" name="mark" value={proposal.mark} />
              <button type="submit">{words.proposal.accept}</button>
            </form>
            <a class="button second" href={path}>
              {common.cancel}
            </a>
          </div>
        </>
      )}
    </Layout>
  );
}

interface PlannedProps extends Pick<ProposalPageProps, 'page' | 'order' | 'booked'> {
  readonly correction: Correction;
}

function Planned({ page, order, booked, correction }: PlannedProps) {
  const { common, orders: words } = page.words;
  const { documents, order: then } = correction;
  const amount = (minor: number) => moneyText(page, minor, order.minorUnits, order.currency);
  return (
    <section>
      <h2>{words.proposal.documents}</h2>
      <div class="sheet scroll">
        <table class="stack">
          <thead>
            <tr>
              <th>{common.document}</th>
              <th>{words.kind}</th>
              <th>{words.date}</th>
              <th class="amount">{common.amount}</th>
              <th class="amount">{words.ofWhichTax}</th>
            </tr>
          </thead>
          <tbody>
            {documents.map((document) => (
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
                <td data-label={common.amount} class="amount">
                  {amount(signed(document, document.grossMinor))}
                </td>
                <td data-label={words.ofWhichTax} class="amount">
                  {amount(signed(document, document.taxMinor))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>
        <strong>
          {words.proposal.inBooks(amount(sum(booked)), amount(sum([...booked, ...documents])))}
        </strong>
      </p>
      {then.state === 'blocked' && (
        <p class="note warn">
          {words.proposal.stillBlocked} <Told text={then.reason} />
        </p>
      )}
    </section>
  );
}

function signed({ kind }: Document, minor: number): number {
  return kind === 'invoice' || minor === 0 ? minor : -minor;
}

function sum(documents: readonly Document[]): number {
  return documents.reduce((total, document) => total + signed(document, document.grossMinor), 0);
}
