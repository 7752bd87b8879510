import { formatProblems } from '../../../config/format-problems.js';
import type { Problem } from '../../../config/problem.js';
import type { Outcome } from '../../../plan/outcome.js';
import type { ConfigPlan } from '../../../plan/plan-config.js';
import type { PageContext } from '../../page.js';
import { FormToken, Layout } from '../layout.js';
import { OrderBadge, orderPath } from '../parts.js';
import { StackTable } from './list.js';

const PLAN_PATH = '/configuration/plan';

interface PlanPageProps {
  readonly page: PageContext;
  readonly text: string;
  readonly days: number;
  /** Errors where there is no report, else warnings. */
  readonly problems: readonly Problem[];
  readonly report?: ConfigPlan;
}

export function PlanPage({ page, text, days, problems, report }: PlanPageProps) {
  const words = page.words.configuration;
  const isEmpty = text.trim() === '';
  return (
    <Layout page={page} title={words.planTitle}>
      {report === undefined ? (
        <p class="note bad" role="alert">
          {isEmpty ? words.nothingGiven : words.planFailed(problems.length)}
        </p>
      ) : (
        <Report page={page} report={report} />
      )}
      {problems.length > 0 && !isEmpty && (
        <>
          {report !== undefined && <h2>{words.warnings}</h2>}
          <pre class="wrap">{formatProblems(problems, { color: false })}</pre>
        </>
      )}
      <h2>{words.plan}</h2>
      <PlanForm page={page} text={text} days={days} />
      <p>
        <a href="/configuration">{words.back}</a>
      </p>
    </Layout>
  );
}

export function PlanForm({
  page,
  text,
  days,
}: {
  readonly page: PageContext;
  readonly text: string;
  readonly days: number;
}) {
  const words = page.words.configuration;
  return (
    <form method="post" action={PLAN_PATH} enctype="multipart/form-data">
      <FormToken page={page} />
      <label>
        {words.upload}
        <input type="file" name="upload" accept=".yaml,.yml,text/yaml" />
      </label>
      <label>
        {words.file}
        <textarea name="file" spellcheck={false} rows={14}>
          {text}
        </textarea>
      </label>
      <div class="actions plan">
        <label>
          {words.days}
          <input type="number" name="days" min="1" max="3650" value={days} required />
        </label>
        <button type="submit">{words.tryIt}</button>
      </div>
    </form>
  );
}

function Report({ page, report }: { readonly page: PageContext; readonly report: ConfigPlan }) {
  const { configuration: words, common } = page.words;
  const { orders, days, differing, staying, unreadable, missingShops, differences } = report;
  const hidden = differing - differences.length;
  return (
    <>
      <p class={`note ${differing === 0 ? 'good' : 'warn'}`} role="status">
        {differing === 0 ? words.planSame(orders, days) : words.planDiffers(differing, orders)}
      </p>
      {missingShops.length > 0 && <p>{words.missingShops(missingShops.join(', '))}</p>}
      {unreadable > 0 && <p>{words.unreadable(unreadable)}</p>}
      {staying > 0 && <p>{words.staysHow}</p>}
      {differing > 0 && (
        <>
          <ul>
            {Object.entries(report.counts).map(([kind, count]) => (
              <li key={kind}>{`${kindText(page, kind)}: ${count}`}</li>
            ))}
          </ul>
          <StackTable heads={[common.order, words.now, words.then].map((title) => ({ title }))}>
            {differences.map(({ shop, id, number, now, then, stays }) => (
              <tr key={`${shop}/${id}`}>
                <td data-label={common.order}>
                  <span>
                    <a href={orderPath(shop, id)}>{number}</a> <small>{shop}</small>
                    {stays && <span class="badge calm">{words.stays}</span>}
                  </span>
                </td>
                <td data-label={words.now}>
                  <Ending page={page} outcome={now} />
                </td>
                <td data-label={words.then}>
                  <Ending page={page} outcome={then} />
                </td>
              </tr>
            ))}
          </StackTable>
        </>
      )}
      {hidden > 0 && <p>{words.more(hidden)}</p>}
    </>
  );
}

/** `parked -> forwarded`, in the reader's words. */
function kindText({ words: { states } }: PageContext, kind: string): string {
  const named: Readonly<Record<string, string>> = states;
  return kind
    .split(' -> ')
    .map((state) => named[state] ?? state)
    .join(' → ');
}

function Ending({ page, outcome }: { readonly page: PageContext; readonly outcome: Outcome }) {
  const { state, rule, line, reason, document } = outcome;
  return (
    <span>
      <OrderBadge page={page} state={state} />
      <span class="reason">{reason}</span>
      {document !== undefined && <span class="reason">{document}</span>}
      <small>
        {rule}
        {line !== undefined && `, ${page.words.configuration.line.toLowerCase()} ${line}`}
      </small>
    </span>
  );
}
