import type { Statement } from '../batch/statement.js';
import { moneyByCurrency, moneyText } from './money-text.js';
import { printable, table } from './table.js';

/** The completeness statement for people. */
export function statementText(statement: Statement): string {
  const { shop, from, to, listed, states, notListed, difference, vat } = statement;
  const money = { title: 'money', align: 'right' } as const;
  const count = { title: 'orders', align: 'right' } as const;
  const row = (
    name: string,
    tally: { count: number; byCurrency: Readonly<Record<string, number>> },
  ) => [name, String(tally.count), moneyByCurrency(tally.byCurrency)];
  const rows = [
    row('the shop lists', listed),
    ...Object.entries(states).map(([state, tally]) => row(`  ${state}`, tally)),
    ...(notListed.count === 0 ? [] : [row('  of these, not in its lists', notListed)]),
    row('difference', difference),
  ];
  const lines = [
    `Statement of shop ${shop}, orders created from ${from} to ${to}`,
    table([{ title: '' }, count, money], rows).trimEnd(),
  ];
  if (vat.length > 0) lines.push('', vatText(statement).trimEnd());
  lines.push('', differenceText(difference));
  return `${lines.join('\n')}\n`;
}

function vatText({ vat }: Statement): string {
  return table(
    [
      { title: 'VAT booked' },
      { title: 'country' },
      { title: 'net', align: 'right' },
      { title: 'tax', align: 'right' },
    ],
    vat.map(({ code, percent, country, currency, baseMinor, taxMinor }) => [
      `${code} ${percent} %`,
      country,
      moneyText(baseMinor, currency),
      moneyText(taxMinor, currency),
    ]),
  );
}

function differenceText({ count, orders }: Statement['difference']): string {
  if (count === 0) return 'The shop and we agree: the difference is zero.';
  const lines = orders.map(
    ({ orderId, what }) => `  ${orderId ?? 'an order without an id'}: ${printable(what)}`,
  );
  return ['These orders make up the difference:', ...lines].join('\n');
}
