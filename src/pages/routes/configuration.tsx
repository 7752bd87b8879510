import { effectiveYaml } from '../../config/effective.js';
import { addDays, instantOf, localDateOf } from '../../orders/time.js';
import { MOST_PLAN_DAYS, PLAN_DAYS } from '../../plan/plan-config.js';
import { startOfLocalDay } from '../../runtime/zoned.js';
import type { Asked, Reply, Route } from '../../server/route.js';
import { pageContext } from '../page.js';
import { type Environment, readPasted } from '../pasted-config.js';
import type { PageDeps } from '../services.js';
import { html } from '../view/html.js';
import { CONFIGURATION_PATH, ConfigurationPage } from '../view/office/configuration.js';
import { PlanPage } from '../view/office/plan.js';

/** Differences that are told one by one. */
const MOST_SHOWN = 200;

export type ConfigurationDeps = PageDeps & { readonly env: Environment };

export function configurationRoutes(deps: ConfigurationDeps): readonly Route[] {
  return [
    {
      method: 'GET',
      path: CONFIGURATION_PATH,
      needs: 'configure',
      handle: (asked) => show(deps, asked),
    },
    {
      method: 'POST',
      path: `${CONFIGURATION_PATH}/plan`,
      needs: 'configure',
      handle: (asked) => plan(deps, asked),
    },
  ];
}

async function show({ app, zone }: ConfigurationDeps, asked: Asked): Promise<Reply> {
  const { config, store, clock } = app;
  const first = addDays(localDateOf(clock.now(), zone), -PLAN_DAYS);
  const ruleCounts = await store.ruleCounts(instantOf(startOfLocalDay(first, zone)));
  const taxCounts = await Promise.all(config.shops.map(({ id }) => store.taxCounts(id, first)));
  return html(
    <ConfigurationPage
      page={pageContext(asked, zone)}
      config={config}
      yaml={effectiveYaml(config)}
      days={PLAN_DAYS}
      ruleCounts={ruleCounts}
      taxCounts={taxCounts.flat()}
    />,
  );
}

async function plan(deps: ConfigurationDeps, asked: Asked): Promise<Reply> {
  const { app, audit, env, zone } = deps;
  const text = asked.form.get('upload') || (asked.form.get('file') ?? '');
  const days = daysIn(asked.form.get('days'));
  await audit.record(asked, 'configuration.plan', '', `${days} days`);
  const page = pageContext(asked, zone);
  const read = readPasted(text, app.config.file, env);
  const given = { page, text, days };
  if (!read.ok) return html(<PlanPage {...given} problems={read.problems} />, 422);
  const request = { days, most: MOST_SHOWN, signal: asked.signal };
  const report = await app.plan(read.config, request);
  return html(<PlanPage {...given} problems={read.warnings} report={report} />);
}

function daysIn(text: string | null): number {
  const days = Number(text);
  return Number.isInteger(days) && days >= 1 ? Math.min(days, MOST_PLAN_DAYS) : PLAN_DAYS;
}
