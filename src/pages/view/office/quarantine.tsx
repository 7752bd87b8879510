import type { QuarantineEntry } from '../../../store/store.js';
import type { PageContext } from '../../page.js';
import { FormToken, Layout } from '../layout.js';
import { Empty, orderPath, Time, timeText } from '../parts.js';
import { Done, Pager, StackTable } from './list.js';

export const QUARANTINE_PATH = '/deliveries/quarantine';
const LIMIT = 50;

interface ListProps {
  readonly page: PageContext;
  readonly found: readonly QuarantineEntry[];
  readonly isOpen: boolean;
}

export function QuarantineListPage({ page, found, isOpen }: ListProps) {
  const { deliveries, common } = page.words;
  const shown = found.slice(0, LIMIT);
  const before = found.length > LIMIT ? String(shown.at(-1)?.id) : undefined;
  const state = isOpen ? 'open' : '';
  return (
    <Layout page={page} title={deliveries.quarantine} lead={deliveries.quarantineLead}>
      <Done page={page} words={deliveries.done} bad={['busy', 'failed', 'gone']} />
      <p class="actions">
        <a href={isOpen ? QUARANTINE_PATH : `${QUARANTINE_PATH}?state=open`}>
          {isOpen ? common.all : deliveries.openOnly}
        </a>
        <a href="/deliveries">{deliveries.toDeliveries}</a>
      </p>
      {shown.length === 0 ? (
        <Empty title={deliveries.noneKept}>{deliveries.noneKeptHow}</Empty>
      ) : (
        <QuarantineTable page={page} entries={shown} />
      )}
      <Pager page={page} path={QUARANTINE_PATH} query={{ state }} before={before} />
    </Layout>
  );
}

export function QuarantineTable({
  page,
  entries,
}: {
  readonly page: PageContext;
  readonly entries: readonly QuarantineEntry[];
}) {
  const { deliveries, common, office } = page.words;
  const titles = [deliveries.arrived, common.order, common.why, common.state, office.details];
  return (
    <StackTable heads={titles.map((title) => ({ title }))}>
      {entries.map((entry) => (
        <tr key={entry.id}>
          <td data-label={deliveries.arrived}>
            <span>
              <Time page={page} at={entry.at} />
              <br />
              <small>{entry.source}</small>
            </span>
          </td>
          <td data-label={common.order}>
            <span>
              {entry.orderId === null ? (
                deliveries.noOrder
              ) : (
                <a href={orderPath(entry.shop, entry.orderId)}>{entry.orderId}</a>
              )}
              <br />
              <small>{entry.shop}</small>
            </span>
          </td>
          <td data-label={common.why}>
            <span>
              <span class="reason">{entry.reason}</span>
              <span class="fix">{entry.fix}</span>
            </span>
          </td>
          <td data-label={common.state}>
            <EntryState page={page} entry={entry} />
          </td>
          <td data-label={office.details}>
            <EntryActions page={page} entry={entry} />
          </td>
        </tr>
      ))}
    </StackTable>
  );
}

interface EntryProps {
  readonly page: PageContext;
  readonly entry: QuarantineEntry;
}

export function EntryState({ page, entry: { resolvedAt } }: EntryProps) {
  const { deliveries } = page.words;
  if (resolvedAt === null) return <span class="badge bad">{deliveries.open}</span>;
  return <small>{deliveries.resolved(timeText(page, resolvedAt))}</small>;
}

function EntryActions({ page, entry }: EntryProps) {
  const { deliveries } = page.words;
  return (
    <span class="actions">
      {page.may('raw') && (
        <a href={`${QUARANTINE_PATH}/${entry.id}`} aria-label={`${deliveries.raw}: ${entry.id}`}>
          {deliveries.raw}
        </a>
      )}
      <AgainButton page={page} entry={entry} />
    </span>
  );
}

export function AgainButton({ page, entry }: EntryProps) {
  if (entry.resolvedAt !== null || !page.may('act')) return null;
  return (
    <form method="post" action={`${QUARANTINE_PATH}/${entry.id}/again`}>
      <FormToken page={page} />
      <button type="submit" class="second">
        {page.words.deliveries.again}
      </button>
    </form>
  );
}
