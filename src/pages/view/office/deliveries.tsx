import type { Nudge, QuarantineEntry } from '../../../store/store.js';
import type { PageContext } from '../../page.js';
import { Layout } from '../layout.js';
import { Empty, orderPath, Time } from '../parts.js';
import { Pager, Select, StackTable } from './list.js';
import { QUARANTINE_PATH, QuarantineTable } from './quarantine.js';

export const DELIVERIES_PATH = '/deliveries';
export const ROWS_SHOWN = 50;

interface Props {
  readonly page: PageContext;
  /** One more than is shown, where there is more. */
  readonly found: readonly Nudge[];
  readonly kept: readonly QuarantineEntry[];
  readonly shop: string;
  readonly shops: readonly string[];
}

export function DeliveriesPage({ page, found, kept, shop, shops }: Props) {
  const { deliveries, common, nav } = page.words;
  const shown = found.slice(0, ROWS_SHOWN);
  const last = shown.at(-1);
  const before = found.length > ROWS_SHOWN && last ? `${last.receivedAt}~${last.id}` : undefined;
  return (
    <Layout page={page} title={nav.deliveries} lead={deliveries.lead}>
      <form class="row" method="get" action={DELIVERIES_PATH}>
        <Select
          label={common.shop}
          name="shop"
          value={shop}
          any={common.all}
          options={shops.map((each) => [each, each])}
        />
        <button type="submit" class="second">
          {common.filter}
        </button>
      </form>
      {shown.length === 0 ? (
        <Empty title={deliveries.empty}>{deliveries.emptyHow}</Empty>
      ) : (
        <NudgeTable page={page} nudges={shown} />
      )}
      <Pager page={page} path={DELIVERIES_PATH} query={{ shop }} before={before} />
      <h2>{deliveries.quarantine}</h2>
      <p>
        {deliveries.quarantineLead} <a href={QUARANTINE_PATH}>{common.all}</a>
      </p>
      {kept.length === 0 ? (
        <Empty title={deliveries.noneKept}>{deliveries.noneKeptHow}</Empty>
      ) : (
        <QuarantineTable page={page} entries={kept} />
      )}
    </Layout>
  );
}

const TONES = { taken: 'good', polled: 'good', 'too-old': 'calm', waiting: 'warn' } as const;

function NudgeTable({
  page,
  nudges,
}: {
  readonly page: PageContext;
  readonly nudges: readonly Nudge[];
}) {
  const { deliveries, common } = page.words;
  const titles = [
    deliveries.arrived,
    common.shop,
    common.order,
    deliveries.topic,
    deliveries.outcome,
  ];
  return (
    <StackTable heads={titles.map((title) => ({ title }))}>
      {nudges.map(({ id, receivedAt, shop, orderId, topic, outcome, attempts, detail }) => (
        <tr key={id}>
          <td data-label={deliveries.arrived}>
            <Time page={page} at={receivedAt} />
          </td>
          <td data-label={common.shop}>{shop}</td>
          <td data-label={common.order}>
            {orderId === null ? (
              deliveries.noOrder
            ) : (
              <a href={orderPath(shop, orderId)}>{orderId}</a>
            )}
          </td>
          <td data-label={deliveries.topic}>
            <code>{topic}</code>
          </td>
          <td data-label={deliveries.outcome}>
            <span>
              <span class={`badge ${TONES[outcome ?? 'waiting']}`}>
                {deliveries.outcomes[outcome ?? 'waiting']}
              </span>{' '}
              {attempts > 0 && <small>{deliveries.attempts(attempts)}</small>}
              {detail !== '' && <span class="reason">{detail}</span>}
            </span>
          </td>
        </tr>
      ))}
    </StackTable>
  );
}
