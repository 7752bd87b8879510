import { loadSqlite, type NativeDatabase } from '../src/store/sqlite/native.js';

const NEW_KEY = (text: string) =>
  `replace(${text}, '/' || order_id || '/', '/' || (order_id + :ids) || '/')`;
const NEW_DOCUMENT_KEY = `(select ${NEW_KEY('key')} from first_documents d where d.key = document_key)`;
const NEW_DATE = `date(date, :days || ' days')`;
const EARLIER = (instant: string) => `strftime('%Y-%m-%dT%H:%M:%fZ', ${instant}, :days || ' days')`;

const FAMILY = `'fam' || ((id + :ids) * 7919 % 5000)`;

/** The tables whose rows are made again, and the columns that are not as they were. */
const COPIED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  orders: {
    id: 'id + :ids',
    number: 'cast(id + :ids as text)',
    created_at: EARLIER('created_at'),
    modified_at: EARLIER('modified_at'),
    state_since: EARLIER('state_since'),
    active_at: EARLIER('active_at'),
    // What has waited so long is parked no more.
    state: `case when state = 'parked' and :days < -90 then 'expired' else state end`,
    expires_at: `iif(:days < -90, null, ${EARLIER('expires_at')})`,
    // Five thousand families, so that a name is neither that of all nor of one.
    customer: `customer || ' ' || ${FAMILY}`,
    words: `json_insert(replace(words, '"' || number || '"', '"' || (id + :ids) || '"'),
      '$[#]', ${FAMILY})`,
  },
  // The shop's own JSON is most of the bytes, and hardly anything that is measured looks at it.
  order_raw: { id: 'id + :ids', raw: `iif(:days % 100 = 0, raw, '{}')` },
  history: { id: 'null', order_id: 'order_id + :ids', at: EARLIER('at') },
  documents: {
    sequence: 'null',
    key: NEW_KEY('key'),
    order_id: 'order_id + :ids',
    number: 'cast(order_id + :ids as text)',
    date: NEW_DATE,
    issued_at: EARLIER('issued_at'),
    body: NEW_KEY('body'),
    basis: `'{}'`,
  },
  document_taxes: { date: NEW_DATE, document_key: NEW_DOCUMENT_KEY },
  postings: {
    id: 'null',
    document_key: NEW_DOCUMENT_KEY,
    queued_at: EARLIER('queued_at'),
    updated_at: EARLIER('updated_at'),
    booked_at: EARLIER('booked_at'),
  },
};

const LATER = (instant: string, change: string) =>
  `strftime('%Y-%m-%dT%H:%M:%fZ', ${instant}, ${change})`;

/** The first orders were read all at once; now each was seen five minutes after it was placed, and booked some minutes later. */
const AS_IF_LIVED = `
  update orders set state_since = ${LATER('created_at', `'5 minutes'`)},
    active_at = ${LATER('created_at', `'5 minutes'`)};
  update postings as p set state = 'booked', due_at = null, reference = 'booked',
      queued_at = ${LATER('o.created_at', `'5 minutes'`)},
      updated_at = ${LATER('o.created_at', `(5 + p.id % 30) || ' minutes'`)},
      booked_at = ${LATER('o.created_at', `(5 + p.id % 30) || ' minutes'`)},
      lag_ms = p.id % 30 * 60000,
      currency = json_extract(d.body, '$.currency'), gross_minor = json_extract(d.body, '$.grossMinor')
    from documents d, orders o
    where d.key = p.document_key and o.shop = d.shop and o.id = d.order_id`;

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
    db.exec(AS_IF_LIVED);
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
      // As whole numbers: a number of JavaScript would become `46000.0` in a text.
      const moved = { ids: BigInt(copy * stride), days: BigInt(-2 * copy) };
      for (const insert of inserts) insert.run(moved);
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
  // What the database works out by itself is not written.
  const columns = db
    .prepare<[], string>(`select name from pragma_table_xinfo('${table}') where hidden = 0`)
    .pluck()
    .all();
  const values = columns.map((column) => changed[column] ?? column);
  return `insert into ${table} (${columns.join(', ')})
    select ${values.join(', ')} from first_${table}
    where :ids > 0 and :days < 0 order by rowid`;
}

function numberOf(db: NativeDatabase, query: string): number {
  return db.prepare<[], { n: number }>(query).get()?.n ?? 0;
}
