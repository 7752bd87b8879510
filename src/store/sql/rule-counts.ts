import type { Instant, LocalDate } from '../../orders/time.js';
import type { RuleCount, TaxCount } from '../store.js';
import type { Sql } from './database.js';

/** Steps over the orders of the period alone, by their index of creation. */
export async function ruleCounts({ db }: Sql, since: Instant): Promise<readonly RuleCount[]> {
  return db
    .selectFrom('orders')
    .select((eb) => ['shop', 'rule', 'rule_line as ruleLine', eb.fn.countAll<number>().as('count')])
    .where('created_at', '>=', since)
    .groupBy(['shop', 'rule', 'rule_line'])
    .orderBy('shop')
    .orderBy('rule')
    .orderBy('rule_line')
    .execute();
}

export async function taxCounts(
  { db }: Sql,
  shop: string,
  since: LocalDate,
): Promise<readonly TaxCount[]> {
  return db
    .selectFrom('document_taxes')
    .select((eb) => ['percent', 'code', eb.fn.count<number>('document_key').distinct().as('count')])
    .where('shop', '=', shop)
    .where('date', '>=', since)
    .groupBy(['percent', 'code'])
    .orderBy('percent')
    .orderBy('code')
    .execute();
}
