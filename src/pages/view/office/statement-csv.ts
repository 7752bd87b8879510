import type { Statement } from '../../../batch/statement.js';
import { formatMinor, minorUnitsOf } from '../../../orders/money.js';
import { csvOf } from '../../csv.js';

/** The statement for a spreadsheet: a row a figure and currency, with plain decimals. */
export function statementCsv(statement: Statement): string {
  const { shop, from, to, madeAt, listed, states, notListed, difference, vat } = statement;
  const tally = (what: string, { count, byCurrency }: typeof listed) => {
    const money = Object.entries(byCurrency);
    if (money.length === 0) return [['orders', what, String(count), '', '', '']];
    return money.map(([currency, minor]) => [
      ...['orders', what, String(count), currency, amount(minor, currency), ''],
    ]);
  };
  return csvOf([
    ['part', 'what', 'orders', 'currency', 'amount', 'vat'],
    ['statement', `${shop} ${from} ${to}`, '', '', '', madeAt],
    ...tally('listed by the shop', listed),
    ...Object.entries(states).flatMap(([state, each]) => tally(state, each)),
    ...tally('not listed', notListed),
    ...tally('difference', difference),
    ...difference.orders.map(({ orderId, what }) => [
      ...['difference', `${orderId ?? ''} ${what}`.trim(), '', '', '', ''],
    ]),
    ...vat.map(({ code, percent, country, currency, baseMinor, taxMinor }) => [
      ...['vat', `${code} ${percent} % ${country}`.trim(), '', currency],
      ...[amount(baseMinor, currency), amount(taxMinor, currency)],
    ]),
  ]);
}

function amount(minor: number, currency: string): string {
  return formatMinor(minor, minorUnitsOf(currency));
}
