import type { Statement } from '../../batch/statement.js';
import { addDays, type LocalDate, localDateOf } from '../../orders/time.js';
import type { Asked, Reply, Route } from '../../server/route.js';
import { shopTrouble } from '../../services/shop-trouble.js';
import { type PageContext, pageContext } from '../page.js';
import type { PageDeps } from '../services.js';
import { html } from '../view/html.js';
import { pathWith } from '../view/office/list.js';
import { STATEMENT_PATH, StatementPage } from '../view/office/statement.js';
import { statementCsv } from '../view/office/statement-csv.js';

const MONTHS_SHOWN = 4;

export function statementRoutes(deps: PageDeps): readonly Route[] {
  return [
    { method: 'GET', path: STATEMENT_PATH, needs: 'read', handle: (asked) => show(deps, asked) },
    { method: 'POST', path: STATEMENT_PATH, needs: 'act', handle: (asked) => make(deps, asked) },
    {
      method: 'GET',
      path: `${STATEMENT_PATH}.csv`,
      needs: 'read',
      async handle(asked) {
        const shop = shopIn(deps, asked.query.get('shop'));
        const statement = await latest(deps, shop);
        if (!statement) return { kind: 'redirect', to: pathWith(STATEMENT_PATH, { shop }) };
        return {
          kind: 'file',
          mediaType: 'text/csv; charset=utf-8',
          content: statementCsv(statement),
          name: `statement-${shop}-${statement.from.slice(0, 10)}.csv`,
        };
      },
    },
  ];
}

function shopIn({ app }: PageDeps, wanted: string | null): string {
  const ids = app.config.shops.map(({ id }) => id);
  return ids.find((id) => id === wanted) ?? ids[0] ?? '';
}

async function latest({ app }: PageDeps, shop: string): Promise<Statement | undefined> {
  const stored = await app.store.latestStatement(shop);
  return stored && (JSON.parse(stored.body) as Statement);
}

async function show(
  deps: PageDeps,
  asked: Asked,
  tried: { shop?: string; trouble?: { message: string; fix: string } } = {},
): Promise<Reply> {
  const { app, zone } = deps;
  const page = pageContext(asked, zone);
  const shop = tried.shop ?? shopIn(deps, asked.query.get('shop'));
  const today = localDateOf(app.clock.now(), zone);
  const wanted = periodIn(tried.shop === undefined ? asked.query : asked.form);
  return html(
    <StatementPage
      page={page}
      shop={shop}
      shops={app.config.shops.map(({ id }) => id)}
      period={wanted ?? { from: addDays(today, -app.config.batch.lookBackDays), to: today }}
      months={monthsBefore(page, today)}
      statement={await latest(deps, shop)}
      {...(tried.trouble ? { trouble: tried.trouble } : {})}
    />,
    tried.trouble ? 502 : 200,
  );
}

/** Asks the shop, which can take a while, and goes to the result once it is kept. */
async function make(deps: PageDeps, asked: Asked): Promise<Reply> {
  const { app, audit } = deps;
  const shop = shopIn(deps, asked.form.get('shop'));
  const period = periodIn(asked.form);
  if (!period) return { kind: 'redirect', to: pathWith(STATEMENT_PATH, { shop, done: 'period' }) };
  const { from, to } = period;
  await audit.record(asked, 'statement.make', shop, `${from} ${to}`);
  try {
    const statement = await app.statement(shop, period, asked.signal);
    const body = JSON.stringify(statement);
    const { madeAt } = statement;
    const kept = { shop, from: statement.from, to: statement.to, madeAt, body };
    await app.store.transaction((tx) => tx.addStatement(kept));
  } catch (error) {
    const trouble = shopTrouble(error);
    if (!trouble) throw error;
    return show(deps, asked, { shop, trouble });
  }
  return { kind: 'redirect', to: pathWith(STATEMENT_PATH, { shop, from, to, done: 'made' }) };
}

function periodIn(given: URLSearchParams): { from: LocalDate; to: LocalDate } | undefined {
  const from = given.get('from') ?? '';
  const to = given.get('to') ?? '';
  return isDay(from) && isDay(to) && from <= to ? { from, to } : undefined;
}

function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text;
}

function monthsBefore({ locale }: PageContext, today: LocalDate) {
  const format = new Intl.DateTimeFormat(locale, {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const [year = 0, month = 1] = today.split('-').map(Number);
  return Array.from({ length: MONTHS_SHOWN }, (_, back) => {
    const first = Date.UTC(year, month - 1 - back, 1);
    const last = Date.UTC(year, month - back, 0);
    const day = (at: number) => new Date(at).toISOString().slice(0, 10);
    const to = day(last);
    return { name: format.format(first), from: day(first), to: to > today ? today : to };
  });
}
