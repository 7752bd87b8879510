import type { ListParameters } from './list-parameters.js';
import type { DemoOrder } from './order-model.js';
import type { OrderTable, SortKey } from './order-table.js';

/** From how many rows on the database sorts in a way that leaves equal rows in any order. */
const STABLE_SORT_LIMIT = 16;

export interface ListPage<Item> {
  readonly items: readonly Item[];
  /** How many there are on all pages; 0 on a page past the end, as recorded. */
  readonly total: number;
}

/** One page of the list of orders. `covers`: what `status=any` covers. */
export function orderPage(
  table: OrderTable,
  parameters: ListParameters,
  covers: (status: string) => boolean,
): ListPage<DemoOrder> {
  const start = parameters.offset ?? (parameters.page - 1) * parameters.perPage;
  const end = start + parameters.perPage;
  const rows = rowsOf(table, parameters);
  const backwards = parameters.order === 'desc' && parameters.orderby !== 'include';
  // Counted, not collected: of a hundred thousand orders a page holds a hundred.
  const items: DemoOrder[] = [];
  let total = 0;
  for (let at = 0; at < rows.length; at += 1) {
    const order = rows[backwards ? rows.length - 1 - at : at];
    if (!order || !matches(order, parameters, covers)) continue;
    if (total >= start && total < end) items.push(order);
    total += 1;
  }
  if (parameters.orderby === 'modified' && end >= total && total > STABLE_SORT_LIMIT) {
    const all = rows.filter((order) => matches(order, parameters, covers));
    const turned = withTiesTurned(backwards ? all.reverse() : all).slice(start, end);
    return { items: turned, total: turned.length === 0 ? 0 : total };
  }
  return { items, total: items.length === 0 ? 0 : total };
}

function rowsOf(table: OrderTable, { include, orderby }: ListParameters): readonly DemoOrder[] {
  if (include) {
    const ids = orderby === 'include' ? include : [...include].sort((one, other) => one - other);
    const found = [...new Set(ids)].flatMap((id) => table.get(id) ?? []);
    const key = dateKey(orderby);
    return key ? found.sort((one, other) => one[key] - other[key]) : found;
  }
  const key = dateKey(orderby);
  return key ? table.sortedBy(key) : table.all();
}

function dateKey(orderby: string): SortKey | undefined {
  if (orderby === 'modified') return 'modifiedMs';
  return orderby === 'date' ? 'createdMs' : undefined;
}

function matches(
  order: DemoOrder,
  parameters: ListParameters,
  covers: (status: string) => boolean,
): boolean {
  const { after, before, modifiedAfter, modifiedBefore, statuses, exclude } = parameters;
  return (
    (modifiedAfter === undefined || order.modifiedMs > modifiedAfter) &&
    (modifiedBefore === undefined || order.modifiedMs < modifiedBefore) &&
    (after === undefined || order.createdMs > after) &&
    (before === undefined || order.createdMs < before) &&
    !exclude.has(order.id) &&
    (statuses.includes('any') ? covers(order.status) : statuses.includes(order.status))
  );
}

/**
 * `orderby=modified` has no tie-break (`fact-bulk-tie-perpage100-p1`, `-p2`): early pages come from a
 * sort that stops at the page's end, the last one from a sort of everything, and the two leave equal
 * rows in different orders. So a page can repeat rows of an earlier one while others are never shown.
 */
function withTiesTurned(rows: readonly DemoOrder[]): DemoOrder[] {
  const turned: DemoOrder[] = [];
  let start = 0;
  while (start < rows.length) {
    let end = start + 1;
    while (end < rows.length && rows[end]?.modifiedMs === rows[start]?.modifiedMs) end += 1;
    const ties = rows.slice(start, end);
    turned.push(...(ties.length > STABLE_SORT_LIMIT ? ties.reverse() : ties));
    start = end;
  }
  return turned;
}
