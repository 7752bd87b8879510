import { searchWords } from '../../orders/search-words.js';
import type { FilledDatabase } from './migration.js';

const ROWS = 1000;

interface Row {
  readonly shop: string;
  readonly id: number;
  readonly number: string;
  readonly customer: string;
  readonly email: string | null;
}

/** The words of orders that were stored before there were any; the triggers do the rest. */
export async function fillSearchWords(database: FilledDatabase): Promise<void> {
  const { read, write } = STATEMENTS[database.kind];
  let last: Pick<Row, 'shop' | 'id'> = { shop: '', id: 0 };
  for (;;) {
    const rows = await database.run<Row>(read, [last.shop, last.id, ROWS]);
    const filled = rows.map(({ shop, id, number, customer, email }) => ({
      shop,
      id,
      words: JSON.stringify(searchWords(number, customer, email ?? '')),
    }));
    if (filled.length > 0) await database.run(write, [JSON.stringify(filled)]);
    const end = rows.at(-1);
    if (!end || rows.length < ROWS) return;
    last = end;
  }
}

/** PostgreSQL finds the address as text, since its JSON refuses some of what a shop may write. */
const STATEMENTS = {
  sqlite: {
    read: `select o.shop, o.id, o.number, o.customer,
        case when json_valid(r.raw) then json_extract(r.raw, '$.billing.email') end as email
      from orders o left join order_raw r on r.shop = o.shop and r.id = o.id
      where (o.shop, o.id) > (?, ?) order by o.shop, o.id limit ?`,
    write: `with filled as (select value ->> 'shop' as shop, value ->> 'id' as id,
        value ->> 'words' as words from json_each(?))
      update orders set words = filled.words from filled
      where orders.shop = filled.shop and orders.id = filled.id`,
  },
  postgres: {
    read: `select o.shop, o.id, o.number, o.customer,
        substring(r.raw from '"billing":\\s*\\{[^{}]*"email":\\s*"([^"\\\\]*)"') as email
      from orders o left join order_raw r on r.shop = o.shop and r.id = o.id
      where (o.shop, o.id) > ($1, $2::bigint) order by o.shop, o.id limit $3`,
    write: `update orders set words = filled.words
      from jsonb_to_recordset($1::jsonb) as filled(shop text, id bigint, words text)
      where orders.shop = filled.shop and orders.id = filled.id`,
  },
} as const;
