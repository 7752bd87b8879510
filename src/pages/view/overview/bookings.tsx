import { minorUnitsOf } from '../../../orders/money.js';
import type { DayOfBookings } from '../../../services/booked-days.js';
import type { PageContext } from '../../page.js';
import { Chart } from '../chart.js';
import { moneyText } from '../parts.js';
import type { OverviewFacts } from './facts.js';

interface BookingsProps {
  readonly page: PageContext;
  readonly booked: OverviewFacts['booked'];
}

/** What was booked each day and how long that took, drawn and as a table. */
export function Bookings({ page, booked: { books, all, days } }: BookingsProps) {
  const { overview: words } = page.words;
  const counts = days.map(({ documents }) => documents);
  const sum = counts.reduce((all, count) => all + count, 0);
  const longestMs = Math.max(0, ...days.map(({ longestLagMs }) => longestLagMs ?? 0));
  return (
    <>
      <section>
        <h2>{words.perDay}</h2>
        {all.length > 1 && <BooksChoice page={page} chosen={books} all={all} />}
        <Chart
          days={days.map((day) => ({
            ...{ date: day.date, value: day.documents },
            title: words.bar(day.date, day.documents, amountsOf(page, day).join(', ')),
          }))}
          label={words.chart(Math.max(0, ...counts), sum)}
        />
      </section>
      <section>
        <h2>{words.lagPerDay}</h2>
        <p class="quiet-text">{words.lagHelp}</p>
        <Chart
          days={days.map(({ date, meanLagMs, longestLagMs }) => ({
            ...{ date, value: longestLagMs ?? 0, part: meanLagMs ?? 0 },
            title:
              longestLagMs === null
                ? words.bar(date, 0, '')
                : words.lagBar(date, lagText(page, meanLagMs), lagText(page, longestLagMs)),
          }))}
          label={words.lagChart(page.formats.duration(longestMs))}
        />
        <Figures page={page} days={days} />
      </section>
    </>
  );
}

function BooksChoice({
  page,
  chosen,
  all,
}: {
  readonly page: PageContext;
  readonly chosen: string;
  readonly all: readonly string[];
}) {
  return (
    <nav class="tabs" aria-label={page.words.common.books}>
      <ul>
        {all.map((books) => (
          <li key={books}>
            <a
              href={`/?books=${encodeURIComponent(books)}`}
              aria-current={books === chosen ? 'page' : undefined}
            >
              <bdi>{books}</bdi>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Figures({
  page,
  days,
}: {
  readonly page: PageContext;
  readonly days: readonly DayOfBookings[];
}) {
  const { common, overview: words, orders } = page.words;
  const shown = days.filter(({ documents }) => documents > 0).reverse();
  if (shown.length === 0) return null;
  return (
    <details>
      <summary>{words.asTable}</summary>
      <div class="sheet scroll">
        <table class="stack">
          <thead>
            <tr>
              <th scope="col">{orders.date}</th>
              <th scope="col" class="amount">
                {words.documents}
              </th>
              <th scope="col" class="amount">
                {common.amount}
              </th>
              <th scope="col" class="amount">
                {words.meanLag}
              </th>
              <th scope="col" class="amount">
                {words.longestLag}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((day) => (
              <tr key={day.date}>
                <th scope="row" data-label={orders.date}>
                  <time dateTime={day.date}>{day.date}</time>
                </th>
                <td data-label={words.documents} class="amount">
                  {day.documents.toLocaleString(page.locale)}
                </td>
                <td data-label={common.amount} class="amount">
                  <span class="stacked">
                    {amountsOf(page, day).map((amount) => (
                      <span key={amount}>{amount}</span>
                    ))}
                  </span>
                </td>
                <td data-label={words.meanLag} class="amount">
                  {lagText(page, day.meanLagMs)}
                </td>
                <td data-label={words.longestLag} class="amount">
                  {lagText(page, day.longestLagMs)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function amountsOf(page: PageContext, { amounts }: DayOfBookings): readonly string[] {
  return amounts.map(({ currency, grossMinor }) =>
    moneyText(page, grossMinor, minorUnitsOf(currency), currency),
  );
}

function lagText(page: PageContext, lagMs: number | null): string {
  return lagMs === null ? page.words.common.none : page.formats.duration(lagMs);
}
