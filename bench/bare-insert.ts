import { loadSqlite, type NativeDatabase } from '../src/store/sqlite/native.js';

const TABLES = ['orders', 'order_raw', 'history', 'documents', 'document_taxes', 'postings'];
const PAGE = 100;

/**
 * Inserts the rows that intake wrote for `source` once more, into the empty store at `target`:
 * nothing but prepared inserts, a transaction a hundred orders, as durable. Answers milliseconds.
 */
export async function insertBare(source: string, target: string): Promise<number> {
  const Native = await loadSqlite();
  const from = new Native(source, { readonly: true });
  const to = new Native(target);
  try {
    to.pragma('synchronous = full');
    // A page's rows of two tables need not be of the same orders here.
    to.pragma('foreign_keys = off');
    const tables = TABLES.map((table) => rowsOf(from, table));
    const orders = tables[0]?.rows.length ?? 0;
    const inserts = tables.map(({ table, columns }) =>
      to.prepare(
        `insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
      ),
    );
    const startedAt = performance.now();
    for (let start = 0; start < orders; start += PAGE) {
      to.exec('begin immediate');
      tables.forEach(({ rows }, index) => {
        const first = Math.round((start / orders) * rows.length);
        const end = Math.round((Math.min(start + PAGE, orders) / orders) * rows.length);
        for (const row of rows.slice(first, end)) inserts[index]?.run(row);
      });
      to.exec('commit');
    }
    return performance.now() - startedAt;
  } finally {
    from.close();
    to.close();
  }
}

/** But for what the database works out itself. */
function rowsOf(from: NativeDatabase, table: string) {
  const columns = from
    .prepare('select name from pragma_table_xinfo(?) where hidden = 0')
    .pluck()
    .all(table)
    .map(String);
  const statement = from
    .prepare(`select ${columns.join(', ')} from ${table} order by 1, 2, 3`)
    .raw();
  return { table, columns, rows: statement.all() as unknown[][] };
}
