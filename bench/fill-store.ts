import { loadSqlite, type NativeDatabase } from '../src/store/sqlite/native.js';

const NEW_KEY = (text: string) =>
  `replace(${text}, '/' || order_id || '/', '/' || (order_id + :ids) || '/')`;
const NEW_DOCUMENT_KEY = `(select ${NEW_KEY('key')} from first_documents d where d.key = document_key)`;
const NEW_DATE = `date(date, :days || ' days')`;
const EARLIER = (instant: string) => `strftime('%Y-%m-%dT%H:%M:%fZ', ${instant}, :days || ' days')`;

/** The tables whose rows are made again, and the columns that are not as they were. */
const COPIED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  orders: {
    id: 'id + :ids',
    number: 'cast(id + :ids as text)',
    created_at: EARLIER('created_at'),
    modified_at: EARLIER('modified_at'),
    // What has waited so long is parked no more.
    state: `case state when 'parked' then 'expired' else state end`,
    expires_at: 'null',
  },
  // The shop's own JSON is most of the bytes, and nothing that is measured looks at it.
  order_raw: { id: 'id + :ids', raw: `'{}'` },
  history: { id: 'null', order_id: 'order_id + :ids' },
  documents: {
    sequence: 'null',
    key: NEW_KEY('key'),
    order_id: 'order_id + :ids',
    number: 'cast(order_id + :ids as text)',
    date: NEW_DATE,
    body: NEW_KEY('body'),
    basis: `'{}'`,
  },
  document_taxes: { date: NEW_DATE, document_key: NEW_DOCUMENT_KEY },
  postings: { id: 'null', document_key: NEW_DOCUMENT_KEY },
};

/**
 * Makes every order of a store again, so many times, each time two days earlier, with its history,
 * documents and postings; all documents count as booked. Answers how many orders there are then.
 */
export async function multiplyOrders(path: string, times: number): Promise<number> {
  const Native = await loadSqlite();
  const db = new Native(path);
  try {
    db.pragma('journal_mode = off');
    db.pragma('synchronous = off');
    db.pragma('cache_size = -1000000');
    db.exec(`update postings set state = 'booked', due_at = null, reference = 'booked'`);
    for (const table of Object.keys(COPIED)) {
      db.exec(`create temp table first_${table} as select * from ${table}`);
    }
    db.exec('create index temp.first_keys on first_documents (key)');
    const inserts = Object.entries(COPIED).map(([table, changed]) =>
      db.prepare(insertText(db, table, changed)),
    );
    const stride = numberOf(db, 'select max(id) as n from orders');
    db.exec('begin');
    for (let copy = 1; copy <= times; copy += 1) {
      for (const insert of inserts) insert.run({ ids: copy * stride, days: -2 * copy });
    }
    db.exec('commit');
    db.pragma('journal_mode = wal');
    return numberOf(db, 'select count(*) as n from orders');
  } finally {
    db.close();
  }
}

function insertText(
  db: NativeDatabase,
  table: string,
  changed: Readonly<Record<string, string>>,
): string {
  const columns = db
    .prepare(`select * from ${table}`)
    .columns()
    .map(({ name }) => name);
  const values = columns.map((column) => changed[column] ?? column);
  return `insert into ${table} (${columns.join(', ')})
    select ${values.join(', ')} from first_${table}
    where :ids > 0 and :days < 0 order by rowid`;
}

function numberOf(db: NativeDatabase, query: string): number {
  return db.prepare<[], { n: number }>(query).get()?.n ?? 0;
}
