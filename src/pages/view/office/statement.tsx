import type { Statement } from '../../../batch/statement.js';
import { minorUnitsOf } from '../../../orders/money.js';
import { ORDER_STATES } from '../../../orders/states.js';
import { epochMsOf, type LocalDate, localDateOf } from '../../../orders/time.js';
import type { PageContext } from '../../page.js';
import { FormToken, Layout } from '../layout.js';
import { Empty, moneyText, OrderBadge, orderPath, Time } from '../parts.js';
import { Done, pathWith, Select, StackTable } from './list.js';

export const STATEMENT_PATH = '/statement';

export interface StatementPageProps {
  readonly page: PageContext;
  readonly shop: string;
  readonly shops: readonly string[];
  readonly period: { readonly from: LocalDate; readonly to: LocalDate };
  /** Whole months, the newest first. */
  readonly months: readonly {
    readonly name: string;
    readonly from: LocalDate;
    readonly to: LocalDate;
  }[];
  readonly statement: Statement | undefined;
  /** Why none could be made just now. */
  readonly trouble?: { readonly message: string; readonly fix: string };
}

export function StatementPage(props: StatementPageProps) {
  const { page, shop, statement, trouble } = props;
  const words = page.words.statement;
  return (
    <Layout page={page} title={page.words.nav.statement} lead={words.lead}>
      <Done page={page} words={words.done} bad={['period']} />
      {trouble && (
        <div class="note bad" role="alert">
          <strong>{words.failed(shop)}</strong>
          <p>
            {trouble.message} {trouble.fix}
          </p>
        </div>
      )}
      <PeriodForm {...props} />
      {statement === undefined ? (
        <Empty title={words.empty}>{words.emptyHow}</Empty>
      ) : (
        <Made page={page} statement={statement} />
      )}
    </Layout>
  );
}

function PeriodForm({ page, shop, shops, period, months }: StatementPageProps) {
  const { statement: words, common, office } = page.words;
  return (
    <>
      <p class="actions">
        {shops.length > 1 &&
          shops.map((each) => (
            <a
              key={each}
              href={pathWith(STATEMENT_PATH, { shop: each })}
              aria-current={each === shop ? 'true' : undefined}
            >
              {each}
            </a>
          ))}
        {months.map(({ name, from, to }) => (
          <a key={name} href={pathWith(STATEMENT_PATH, { shop, from, to })}>
            {name}
          </a>
        ))}
      </p>
      {page.may('act') && (
        <form class="row" method="post" action={STATEMENT_PATH}>
          <FormToken page={page} />
          <Select
            label={common.shop}
            name="shop"
            value={shop}
            options={shops.map((each) => [each, each])}
          />
          <label>
            {office.from}
            <input type="date" name="from" value={period.from} required />
          </label>
          <label>
            {office.to}
            <input type="date" name="to" value={period.to} required />
          </label>
          <button type="submit">{words.make}</button>
          <small>{words.slow}</small>
        </form>
      )}
    </>
  );
}

interface MadeProps {
  readonly page: PageContext;
  readonly statement: Statement;
}

function Made({ page, statement }: MadeProps) {
  const words = page.words.statement;
  const { shop, from, to, madeAt, difference } = statement;
  const day = (instant: number) => dayText(page, localDateOf(instant, page.zone));
  return (
    <>
      <h2>{`${shop} · ${words.period(day(epochMsOf(from)), day(epochMsOf(to) - 1))}`}</h2>
      <p>
        {words.madeAt} <Time page={page} at={madeAt} />
        {' · '}
        <a href={pathWith(`${STATEMENT_PATH}.csv`, { shop })}>{words.csv}</a>
      </p>
      <p class={`note ${difference.count === 0 ? 'good' : 'bad'}`}>
        {difference.count === 0 ? words.agrees : words.differs(difference.count)}
      </p>
      <Tallies page={page} statement={statement} />
      {difference.orders.length > 0 && <Differences page={page} statement={statement} />}
      <h2>{words.vat}</h2>
      <Vat page={page} statement={statement} />
    </>
  );
}

function Tallies({ page, statement }: MadeProps) {
  const { statement: words } = page.words;
  const { listed, states, notListed, difference } = statement;
  const heads = [
    { title: words.countedAs },
    { title: words.orders, class: 'amount' },
    { title: words.money, class: 'amount' },
  ];
  const rows = [
    { key: 'listed', name: <strong>{words.theShopLists}</strong>, tally: listed },
    ...ORDER_STATES.map((state) => ({
      key: state as string,
      name: <OrderBadge page={page} state={state} />,
      tally: states[state],
    })),
    { key: 'notListed', name: words.notListed, tally: notListed },
    { key: 'difference', name: <strong>{words.difference}</strong>, tally: difference },
  ];
  return (
    <StackTable heads={heads}>
      {rows.map(({ key, name, tally }) => (
        <tr key={key}>
          <td class="plain">{name}</td>
          <td class="amount" data-label={words.orders}>
            {new Intl.NumberFormat(page.locale).format(tally.count)}
          </td>
          <td class="amount" data-label={words.money}>
            {moneys(page, tally.byCurrency)}
          </td>
        </tr>
      ))}
    </StackTable>
  );
}

function Differences({ page, statement: { shop, difference } }: MadeProps) {
  const { statement: words, common } = page.words;
  return (
    <>
      <h2>{words.difference}</h2>
      <StackTable heads={[{ title: common.order }, { title: words.what }]}>
        {difference.orders.map(({ orderId, what }, index) => (
          <tr key={`${orderId}-${index}`}>
            <td data-label={common.order}>
              {orderId === null ? '?' : <a href={orderPath(shop, orderId)}>{orderId}</a>}
            </td>
            <td data-label={words.what}>{what}</td>
          </tr>
        ))}
      </StackTable>
    </>
  );
}

function Vat({ page, statement: { vat } }: MadeProps) {
  const words = page.words.statement;
  if (vat.length === 0) return <p class="quiet-text">{words.noVat}</p>;
  const heads = [
    { title: words.rate },
    { title: words.country },
    { title: words.net, class: 'amount' },
    { title: words.tax, class: 'amount' },
  ];
  return (
    <StackTable heads={heads}>
      {vat.map(({ code, percent, country, currency, baseMinor, taxMinor }) => (
        <tr key={`${currency} ${country} ${percent} ${code}`}>
          <td data-label={words.rate}>{`${code} · ${percent} %`}</td>
          <td data-label={words.country}>{country}</td>
          <td class="amount" data-label={words.net}>
            {moneyText(page, baseMinor, minorUnitsOf(currency), currency)}
          </td>
          <td class="amount" data-label={words.tax}>
            {moneyText(page, taxMinor, minorUnitsOf(currency), currency)}
          </td>
        </tr>
      ))}
    </StackTable>
  );
}

function moneys(page: PageContext, byCurrency: Readonly<Record<string, number>>): string {
  const texts = Object.entries(byCurrency).map(([currency, minor]) =>
    moneyText(page, minor, minorUnitsOf(currency), currency),
  );
  return texts.length === 0 ? '–' : texts.join(', ');
}

function dayText({ locale }: PageContext, day: LocalDate): string {
  const options = { dateStyle: 'medium', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(locale, options).format(Date.parse(`${day}T00:00:00Z`));
}
