import type { QuarantineEntry } from '../../../store/store.js';
import type { PageContext } from '../../page.js';
import { Layout } from '../layout.js';
import { Facts, Time } from '../parts.js';
import { AgainButton, EntryState, QUARANTINE_PATH } from './quarantine.js';

interface Props {
  readonly page: PageContext;
  readonly entry: QuarantineEntry;
  /** Masked; undefined where it may not be shown. */
  readonly raw: string | undefined;
}

export function QuarantinePage({ page, entry, raw }: Props) {
  const { deliveries, common } = page.words;
  const facts = [
    [common.shop, entry.shop],
    [common.order, entry.orderId ?? deliveries.noOrder],
    [deliveries.arrived, <Time key="at" page={page} at={entry.at} />],
    [deliveries.cameBy, entry.source],
    [common.state, <EntryState key="state" page={page} entry={entry} />],
    [common.why, entry.reason],
    [common.fix, entry.fix],
  ] as const;
  return (
    <Layout page={page} title={`${deliveries.quarantine} ${entry.id}`}>
      <Facts facts={facts} />
      <p class="actions">
        <AgainButton page={page} entry={entry} />
        <a href={QUARANTINE_PATH}>{deliveries.quarantine}</a>
      </p>
      <h2 id="raw">{deliveries.raw}</h2>
      {raw === undefined || raw === '' ? (
        <p>{raw === undefined ? deliveries.rawHidden : deliveries.rawEmpty}</p>
      ) : (
        <pre class="wrap">{raw}</pre>
      )}
    </Layout>
  );
}
