import type { PageContext } from '../../page.js';
import type { KeysPart } from '../../setup/draft.js';
import { pathOf, type Step } from '../../setup/steps.js';
import { Field } from './field.js';
import { Frame, StepForm } from './frame.js';
import type { Shown } from './shop.js';

interface CompanyProps {
  readonly page: PageContext;
  readonly reached: Step;
  readonly shown: Shown;
  readonly told: KeysPart;
}

export function CompanyStep({ page, reached, shown: { values, problems }, told }: CompanyProps) {
  const words = page.words.setup.company;
  const field = (name: string) => ({
    ...{ page, name, value: values.get(name) ?? '', problem: problems[name] },
  });
  return (
    <Frame page={page} step="company" reached={reached} lead={words.lead}>
      <h2>{words.told}</h2>
      <Told page={page} told={told} />
      <StepForm page={page} action={pathOf('company')}>
        <Field {...field('sellerName')} label={words.sellerName} isNeeded />
        <Field {...field('country')} label={words.country} help={words.countryHelp} isNeeded />
        <Field {...field('vatNumber')} label={words.vatNumber} help={words.vatNumberHelp} />
        <Field {...field('timezone')} label={words.timezone} isNeeded />
        <Field {...field('since')} label={words.since} help={words.sinceHelp} isNeeded />
      </StepForm>
    </Frame>
  );
}

function Told({ page, told: { survey, webhook } }: Pick<CompanyProps, 'page' | 'told'>) {
  const words = page.words.setup.company;
  const { about, gateways, orders, pricesIncludeTax, gaps } = survey;
  const count = about.statuses.reduce((sum, { total }) => sum + total, 0);
  const storage = { hpos: words.orderTables, posts: words.posts };
  const on = gateways.filter(({ enabled }) => enabled).map(({ title, id }) => title || id);
  const facts: readonly (readonly [string, string | undefined])[] = [
    [words.version, about.wooCommerceVersion],
    [words.currency, about.currency],
    [
      words.prices,
      pricesIncludeTax === undefined
        ? undefined
        : pricesIncludeTax
          ? words.pricesWithTax
          : words.pricesWithoutTax,
    ],
    [words.storage, about.orderStorage && storage[about.orderStorage]],
    [words.orders, Math.max(count, orders.length).toLocaleString(page.locale)],
    [words.payments, on.length === 0 ? undefined : on.join(', ')],
  ];
  return (
    <>
      <dl class="facts">
        {facts
          .filter(([, fact]) => fact !== undefined && fact !== '')
          .map(([name, fact]) => (
            <>
              <dt>{name}</dt>
              <dd class="break">{fact}</dd>
            </>
          ))}
      </dl>
      {webhook?.register === false && <p class="note warn">{words.readOnly}</p>}
      {gaps.length > 0 && (
        <div class="note warn">
          {words.gaps}
          <ul lang="en">
            {gaps.map(({ what, message, fix }) => (
              <li key={what}>
                {what}: {message} {fix}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
