import type { Route } from '../../server/route.js';
import type { AuditEntry } from '../../store/store.js';
import { type PageContext, pageContext } from '../page.js';
import type { PageDeps } from '../services.js';
import { html } from '../view/html.js';
import { Layout } from '../view/layout.js';
import { idIn, Pager, StackTable } from '../view/office/list.js';
import { Empty, Time } from '../view/parts.js';

const PATH = '/audit';
const LIMIT = 50;

export function auditRoutes({ app, zone }: PageDeps): readonly Route[] {
  return [
    {
      method: 'GET',
      path: PATH,
      needs: 'configure',
      async handle(asked) {
        const page = pageContext(asked, zone);
        const target = asked.query.get('target')?.trim() ?? '';
        const before = idIn(asked.query.get('before'));
        const filter = {
          ...(target === '' ? {} : { target }),
          ...(before === undefined ? {} : { before }),
        };
        const found = await app.store.audit(filter, LIMIT + 1);
        return html(<AuditPage page={page} found={found} target={target} />);
      },
    },
  ];
}

interface Props {
  readonly page: PageContext;
  readonly found: readonly AuditEntry[];
  readonly target: string;
}

function AuditPage({ page, found, target }: Props) {
  const { audit, common, nav } = page.words;
  const shown = found.slice(0, LIMIT);
  const before = found.length > LIMIT ? String(shown.at(-1)?.id) : undefined;
  const titles = [common.at, audit.who, audit.address, audit.action, audit.target];
  return (
    <Layout page={page} title={nav.audit} lead={audit.lead}>
      <form class="row" method="get" action={PATH}>
        <label>
          {audit.target}
          <input name="target" value={target} />
        </label>
        <button type="submit" class="second">
          {common.filter}
        </button>
      </form>
      {shown.length === 0 ? (
        <Empty title={audit.empty}>{audit.emptyHow}</Empty>
      ) : (
        <StackTable heads={titles.map((title) => ({ title }))}>
          {shown.map((entry) => (
            <tr key={entry.id}>
              <td data-label={common.at}>
                <Time page={page} at={entry.at} />
              </td>
              <td data-label={audit.who}>
                {entry.who === '' ? audit.nobody : `${entry.who} (${entry.role})`}
              </td>
              <td data-label={audit.address}>{entry.address}</td>
              <td data-label={audit.action}>
                <code>{entry.action}</code>
              </td>
              <td data-label={audit.target}>
                <bdi>{[entry.target, entry.detail].filter((text) => text !== '').join(' · ')}</bdi>
              </td>
            </tr>
          ))}
        </StackTable>
      )}
      <Pager page={page} path={PATH} query={{ target }} before={before} />
    </Layout>
  );
}
