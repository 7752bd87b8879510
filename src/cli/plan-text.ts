import type { Outcome } from '../plan/outcome.js';
import type { ConfigPlan } from '../plan/plan-config.js';
import { counted } from './output.js';
import { printable } from './table.js';

/** What a changed config would do, for people. */
export function planText(plan: ConfigPlan): string {
  const { orders, days, differing, staying, unreadable, missingShops, counts, differences } = plan;
  const of = `${counted(orders, 'order')} of the last ${counted(days, 'day')}`;
  const lines = differences.flatMap(({ shop, id, number, now, then, stays }) => [
    `${shop}/${id} (order ${printable(number)})${stays ? ', whose document stays' : ''}`,
    `  now:  ${outcomeText(now)}`,
    `  then: ${outcomeText(then)}`,
  ]);
  const kinds = Object.entries(counts).map(([kind, count]) => `  ${kind}: ${count}`);
  return [
    ...lines,
    ...(lines.length > 0 ? [''] : []),
    differing === 0
      ? `None of ${of} would end differently.`
      : `${differing} of ${of} would end differently; nothing was done.`,
    ...kinds,
    ...(staying > 0
      ? [
          `${counted(staying, 'document')} issued already would stay as issued; the rest is for new orders.`,
        ]
      : []),
    ...(unreadable > 0 ? [`${counted(unreadable, 'stored order')} could not be read again.`] : []),
    ...(missingShops.length > 0
      ? [`Not in the changed file, and so not judged: ${missingShops.join(', ')}.`]
      : []),
    '',
  ].join('\n');
}

function outcomeText({ state, rule, line, reason, document }: Outcome): string {
  const where = line === undefined ? rule : `${rule}, line ${line}`;
  const what = document === undefined ? '' : ` ${document}.`;
  return printable(`${state} (${where}): ${reason}${what}`);
}
