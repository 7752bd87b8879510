import type { DatabaseKind } from './migration.js';

/** `order_words` has each order's words under the state that it is in, whoever writes the order. */
export function wordTriggers(kind: DatabaseKind): readonly string[] {
  return kind === 'sqlite'
    ? [
        `create trigger orders_words_added after insert on orders when new.words <> '[]' begin
           insert into order_words (shop, state, word, order_id)
             select new.shop, new.state, value, new.id from json_each(new.words);
         end`,
        `create trigger orders_words_moved after update of words, state on orders
           when new.words <> old.words or new.state <> old.state begin
           delete from order_words where shop = old.shop and state = old.state
             and word in (select value from json_each(old.words)) and order_id = old.id;
           insert into order_words (shop, state, word, order_id)
             select new.shop, new.state, value, new.id from json_each(new.words);
         end`,
      ]
    : [
        `create function orderpark_words() returns trigger language plpgsql as $$
         begin
           if tg_op = 'UPDATE' then
             delete from order_words w
               using removed r join added a on a.shop = r.shop and a.id = r.id,
                 jsonb_array_elements_text(r.words::jsonb) word
               where (a.words <> r.words or a.state <> r.state)
                 and w.shop = r.shop and w.state = r.state and w.word = word and w.order_id = r.id;
             insert into order_words (shop, state, word, order_id)
               select a.shop, a.state, word, a.id
               from removed r join added a on a.shop = r.shop and a.id = r.id,
                 jsonb_array_elements_text(a.words::jsonb) word
               where a.words <> r.words or a.state <> r.state;
           else
             insert into order_words (shop, state, word, order_id)
               select a.shop, a.state, word, a.id
               from added a, jsonb_array_elements_text(a.words::jsonb) word;
           end if;
           return null;
         end $$`,
        ...afterEach('orders', 'orders_words', 'orderpark_words'),
      ];
}

/** A table whose rows are counted as they are written. */
interface Counted {
  readonly table: 'orders' | 'postings';
  readonly totals: string;
  /** What is counted apart. */
  readonly keys: readonly string[];
  /** What is summed up, as it is called in the totals and in a row. */
  readonly sums: readonly (readonly [total: string, of: string])[];
}

const COUNTED: readonly Counted[] = [
  {
    table: 'orders',
    totals: 'order_totals',
    keys: ['shop', 'state', 'currency'],
    sums: [['gross_minor', 'gross_minor']],
  },
  { table: 'postings', totals: 'posting_totals', keys: ['books', 'state'], sums: [] },
];

/** The totals are those of all rows, kept up by whoever writes one. */
export function countingTriggers(kind: DatabaseKind): readonly string[] {
  return COUNTED.flatMap((counted) => [
    countSoFar(counted),
    ...(kind === 'sqlite' ? countInSqlite(counted) : countInPostgres(counted)),
  ]);
}

function countSoFar({ table, totals, keys, sums }: Counted): string {
  const columns = [...keys, 'slot', 'rows', ...sums.map(([total]) => total)];
  const values = [...keys, '0', 'count(*)', ...sums.map(([, of]) => `sum(${of})`)];
  return `insert into ${totals} (${columns.join(', ')})
    select ${values.join(', ')} from ${table} group by ${keys.join(', ')}`;
}

function countInSqlite({ table, totals, keys, sums }: Counted): readonly string[] {
  const columns = [...keys, 'slot', 'rows', ...sums.map(([total]) => total)];
  const values = [
    ...keys.map((key) => `new.${key}`),
    '0',
    '1',
    ...sums.map(([, of]) => `new.${of}`),
  ];
  const more = ['rows', ...sums.map(([total]) => total)].map(
    (each) => `${each} = ${each} + excluded.${each}`,
  );
  const less = ['rows = rows - 1', ...sums.map(([total, of]) => `${total} = ${total} - old.${of}`)];
  const watched = [...keys, ...sums.map(([, of]) => of)];
  const count = `insert into ${totals} (${columns.join(', ')}) values (${values.join(', ')})
    on conflict (${keys.join(', ')}, slot) do update set ${more.join(', ')};`;
  return [
    `create trigger ${table}_counted after insert on ${table} begin ${count} end`,
    `create trigger ${table}_recounted after update of ${watched.join(', ')} on ${table}
       when ${watched.map((each) => `new.${each} <> old.${each}`).join(' or ')} begin
       update ${totals} set ${less.join(', ')}
         where ${keys.map((key) => `${key} = old.${key}`).join(' and ')} and slot = 0;
       ${count}
     end`,
  ];
}

/**
 * Each connection counts in a slot of its own, so that transactions that run at the same time do not
 * wait for each other, or fail, over one row.
 */
function countInPostgres({ table, totals, keys, sums }: Counted): readonly string[] {
  const name = `orderpark_count_${table}`;
  const by = keys.join(', ');
  const columns = [...keys, 'slot', 'rows', ...sums.map(([total]) => total)];
  const signed = (sign: string) =>
    [...keys, `${sign}1 as rows`, ...sums.map(([total, of]) => `${sign}${of} as ${total}`)].join(
      ', ',
    );
  const added = ['rows', ...sums.map(([total]) => total)];
  const insert = (from: string) => `insert into ${totals} as t (${columns.join(', ')})
    select ${by}, pg_backend_pid() % 64, ${added.map((each) => `sum(${each})`).join(', ')}
    from (${from}) moved group by ${by}
    having ${added.map((each) => `sum(${each}) <> 0`).join(' or ')} order by ${by}
    on conflict (${by}, slot) do update
      set ${added.map((each) => `${each} = t.${each} + excluded.${each}`).join(', ')};`;
  return [
    `create function ${name}() returns trigger language plpgsql as $$
     begin
       if tg_op = 'UPDATE' then
         ${insert(`select ${signed('')} from added union all select ${signed('-')} from removed`)}
       else
         ${insert(`select ${signed('')} from added`)}
       end if;
       return null;
     end $$`,
    ...afterEach(table, `${table}_counted`, name),
  ];
}

/** Once a statement and not once a row: a page of orders is one statement or a few. */
function afterEach(table: string, name: string, calls: string): readonly string[] {
  return [
    `create trigger ${name}_added after insert on ${table} referencing new table as added
       for each statement execute function ${calls}()`,
    `create trigger ${name}_moved after update on ${table}
       referencing old table as removed new table as added
       for each statement execute function ${calls}()`,
  ];
}
