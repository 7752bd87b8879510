import type { Config, ShopConfig } from '../../../config/config.js';
import type { RuleCount, TaxCount } from '../../../store/store.js';
import type { PageContext } from '../../page.js';
import { Layout } from '../layout.js';
import { StackTable } from './list.js';
import { PlanForm } from './plan.js';

export const CONFIGURATION_PATH = '/configuration';

interface ConfigurationProps {
  readonly page: PageContext;
  readonly config: Config;
  /** Without secrets. */
  readonly yaml: string;
  /** What "lately" is. */
  readonly days: number;
  readonly ruleCounts: readonly RuleCount[];
  readonly taxCounts: readonly TaxCount[];
}

export function ConfigurationPage(props: ConfigurationProps) {
  const { page, config, yaml, days, ruleCounts } = props;
  const { configuration: words, nav } = page.words;
  return (
    <Layout page={page} title={nav.configuration} lead={words.lead(config.file)}>
      <h2>{words.rules}</h2>
      <p>{words.rulesLead(days)}</p>
      {config.shops.map((shop) => (
        <ShopRules
          key={shop.id}
          page={page}
          shop={shop}
          counts={ruleCounts.filter((each) => each.shop === shop.id)}
        />
      ))}
      <h2>{words.vatRules}</h2>
      <p>{words.vatLead(days)}</p>
      <VatRules {...props} />
      <h2 id="plan">{words.plan}</h2>
      <p>{words.planLead}</p>
      <PlanForm page={page} text="" days={days} />
      <h2>{words.effective}</h2>
      <pre class="wrap">{yaml}</pre>
    </Layout>
  );
}

interface ShopRulesProps {
  readonly page: PageContext;
  readonly shop: ShopConfig;
  readonly counts: readonly RuleCount[];
}

function ShopRules({ page, shop, counts }: ShopRulesProps) {
  const { configuration: words } = page.words;
  const rules = shop.statuses.rules.map(({ name, line }) => ({
    name,
    line,
    count: sum(counts.filter(({ rule, ruleLine }) => rule === name && ruleLine === (line ?? null))),
  }));
  const others = sum(counts) - rules.reduce((total, { count }) => total + count, 0);
  const heads = [
    { title: words.rule },
    { title: words.line, class: 'amount' },
    { title: words.decided, class: 'amount' },
  ];
  return (
    <>
      <h3>{shop.id}</h3>
      <StackTable heads={heads}>
        {rules.map(({ name, line, count }) => (
          <tr key={`${name} ${line}`}>
            <td data-label={words.rule}>{name}</td>
            <td class="amount" data-label={words.line}>
              {line ?? '–'}
            </td>
            <td class="amount" data-label={words.decided}>
              {count}
            </td>
          </tr>
        ))}
        {others > 0 && (
          <tr>
            <td data-label={words.rule}>{words.otherwise}</td>
            <td class="amount" data-label={words.line}>
              –
            </td>
            <td class="amount" data-label={words.decided}>
              {others}
            </td>
          </tr>
        )}
      </StackTable>
    </>
  );
}

function VatRules({ page, config, taxCounts }: ConfigurationProps) {
  const { configuration: words, statement } = page.words;
  const heads = [
    { title: statement.rate },
    { title: words.code },
    { title: statement.country },
    { title: words.line, class: 'amount' },
    { title: words.documents, class: 'amount' },
  ];
  return (
    <StackTable heads={heads}>
      {config.documents.vat.map(({ percent, code, country, line }) => (
        <tr key={line}>
          <td data-label={statement.rate}>{percent} %</td>
          <td data-label={words.code}>{code}</td>
          <td data-label={statement.country}>{country?.join(', ') ?? words.anywhere}</td>
          <td class="amount" data-label={words.line}>
            {line}
          </td>
          <td class="amount" data-label={words.documents}>
            {sum(
              taxCounts.filter(
                (each) => each.code === code && Number(each.percent) === Number(percent),
              ),
            )}
          </td>
        </tr>
      ))}
    </StackTable>
  );
}

function sum(counts: readonly { readonly count: number }[]): number {
  return counts.reduce((total, { count }) => total + Number(count), 0);
}
