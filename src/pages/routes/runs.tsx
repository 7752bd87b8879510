import { epochMsOf } from '../../orders/time.js';
import type { Route } from '../../server/route.js';
import type { RunFilter, RunKind, StoredRun } from '../../store/store.js';
import { type PageContext, pageContext } from '../page.js';
import type { PageDeps } from '../services.js';
import { html } from '../view/html.js';
import { Layout } from '../view/layout.js';
import { Pager, placeIn, Select, StackTable } from '../view/office/list.js';
import { Empty, Time } from '../view/parts.js';

const PATH = '/runs';
const LIMIT = 50;
const KINDS: readonly RunKind[] = ['poll', 'backfill', 'refund-sweep', 'batch', 'export'];
const STATES: readonly StoredRun['state'][] = ['running', 'done', 'failed', 'stopped'];
const TONES = { running: 'calm', done: 'good', failed: 'bad', stopped: 'warn' } as const;

export function runRoutes({ app, zone }: PageDeps): readonly Route[] {
  const subjects = [
    ...app.config.shops.map(({ id }) => id),
    ...app.destinations.map(({ id }) => id),
  ];
  return [
    {
      method: 'GET',
      path: PATH,
      needs: 'read',
      async handle(asked) {
        const { query } = asked;
        const kind = KINDS.find((each) => each === query.get('kind'));
        const state = STATES.find((each) => each === query.get('state'));
        const subject = subjects.find((each) => each === query.get('subject'));
        const chosen = {
          ...(kind && { kind }),
          ...(state && { state }),
          ...(subject !== undefined && { subject }),
        };
        const before = placeIn(query.get('before'));
        const found = await app.store.runs({ ...chosen, ...(before && { before }) }, LIMIT + 1);
        const page = pageContext(asked, zone);
        return html(<RunsPage page={page} found={found} chosen={chosen} subjects={subjects} />);
      },
    },
  ];
}

interface Props {
  readonly page: PageContext;
  readonly found: readonly StoredRun[];
  readonly chosen: RunFilter;
  readonly subjects: readonly string[];
}

function RunsPage({ page, found, chosen, subjects }: Props) {
  const { runs, common, nav, office } = page.words;
  const shown = found.slice(0, LIMIT);
  const last = shown.at(-1);
  const before = found.length > LIMIT && last ? `${last.startedAt}~${last.id}` : undefined;
  const { kind = '', subject = '', state = '' } = chosen;
  const titles = [office.kind, runs.subject, common.at, office.duration, common.state, runs.did];
  return (
    <Layout page={page} title={nav.runs} lead={runs.lead}>
      <form class="row" method="get" action={PATH}>
        <Select
          label={office.kind}
          name="kind"
          value={kind}
          any={common.all}
          options={KINDS.map((each) => [each, runs.kinds[each]])}
        />
        <Select
          label={runs.subject}
          name="subject"
          value={subject}
          any={common.all}
          options={subjects.map((each) => [each, each])}
        />
        <Select
          label={common.state}
          name="state"
          value={state}
          any={common.all}
          options={STATES.map((each) => [each, runs.states[each]])}
        />
        <button type="submit" class="second">
          {common.filter}
        </button>
      </form>
      {shown.length === 0 ? (
        <Empty title={runs.empty}>{runs.emptyHow}</Empty>
      ) : (
        <StackTable heads={titles.map((title) => ({ title }))}>
          {shown.map((run) => (
            <RunRow key={run.id} page={page} run={run} />
          ))}
        </StackTable>
      )}
      <Pager page={page} path={PATH} query={{ kind, subject, state }} before={before} />
    </Layout>
  );
}

function RunRow({ page, run }: { readonly page: PageContext; readonly run: StoredRun }) {
  const { runs, common, office } = page.words;
  const { kind, subject, localDate, startedAt, endedAt, state, error } = run;
  return (
    <tr>
      <td data-label={office.kind}>
        {runs.kinds[kind]}
        {localDate !== null && <small> {localDate}</small>}
      </td>
      <td data-label={runs.subject}>{subject}</td>
      <td data-label={common.at}>
        <Time page={page} at={startedAt} />
      </td>
      <td data-label={office.duration}>
        {endedAt === null ? '' : page.formats.duration(epochMsOf(endedAt) - epochMsOf(startedAt))}
      </td>
      <td data-label={common.state}>
        <span class={`badge ${TONES[state]}`}>{runs.states[state]}</span>
      </td>
      <td data-label={runs.did}>
        <span>
          {countsText(page, run)}
          {error !== null && <span class="reason">{error}</span>}
        </span>
      </td>
    </tr>
  );
}

/** `3 new, 1 blocked`. */
function countsText({ words: { runs }, formats }: PageContext, { state, counts }: StoredRun) {
  const parts = Object.entries(counts)
    .filter(([, count]) => count !== 0)
    .map(([name, count]) => {
      const known = Object.hasOwn(runs.counts, name) ? runs.counts[name] : undefined;
      return `${formats.count(count)} ${known ?? name}`;
    });
  return parts.length === 0 && state === 'done' ? runs.nothing : parts.join(', ');
}
