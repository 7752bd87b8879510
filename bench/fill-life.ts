import { loadSqlite, type NativeDatabase } from '../src/store/sqlite/native.js';

/*
 * What a store of a million orders has besides: postings that did not go well, orders that need a
 * person, years of runs, deliveries, people's deeds. Figures are of a busy shop after some years.
 */

const RUNS = 280_000;
const DELIVERIES = 500_000;
const QUARANTINED = 5000;
const DEEDS = 200_000;
const ATTEMPTS = 50_000;
export const SUBSCRIPTION = 'sub_bench';

/** Every so manieth order or posting is of that kind. */
const LIFE = [
  `update postings set state = 'rejected', booked_at = null, lag_ms = null, currency = null,
     gross_minor = null, reference = null, attempt = 3, reason = 'the books refused it',
     fix = 'Look at the account.' where id % 2000 = 0`,
  `update postings set state = 'uncertain', booked_at = null, lag_ms = null, currency = null,
     gross_minor = null, reference = null, attempt = 1, reason = 'no answer came',
     due_at = updated_at where id % 4000 = 1`,
  `update postings set state = 'retrying', booked_at = null, lag_ms = null, currency = null,
     gross_minor = null, reference = null, attempt = 2, reason = 'the books are busy',
     due_at = updated_at where id % 4000 = 3`,
  `update orders set changed = 1,
     changes = '[{"field":"total","booked":"12.10","now":"24.20"},{"field":"email","booked":"a@example.org","now":"b@example.org"}]'
     where state = 'forwarded' and id % 1000 = 7`,
  `update orders set state = 'withdrawn', changed = 1, status = 'trash',
     changes = '[{"field":"order","booked":"there","now":"in the trash"}]'
     where state = 'forwarded' and id % 2000 = 9`,
  `update orders set state = 'blocked', reason = 'No VAT rule for 17 % in NL.'
     where state = 'forwarded' and id % 2000 = 11`,
  `update orders set state = 'ignored', decision = 'ignore', rule = 'decision'
     where state = 'forwarded' and id % 200 = 13`,
];

/** `n` counts from 1; `:now` is the end, and each row is some minutes before the next. */
const series = (rows: number, insert: string, minutes: number) =>
  `with recursive series (n) as (select 1 union all select n + 1 from series where n < ${rows}),
     moments as (select n,
       strftime('%Y-%m-%dT%H:%M:%fZ', :now, '-' || ((${rows} - n) * ${minutes}) || ' minutes') as at
       from series)
   ${insert}`;

const LOGS = [
  series(
    RUNS,
    `insert into runs (kind, subject, local_date, started_at, state, ended_at, counts, error)
       select iif(n % 96 = 0, 'batch', iif(n % 3 = 0, 'export', 'poll')),
         iif(n % 96 <> 0 and n % 3 = 0, 'journal', 'demo'), iif(n % 96 = 0, substr(at, 1, 10), null),
         at, iif(n % 500 = 0, 'failed', 'done'), at, '{"taken":3,"parked":1}',
         iif(n % 500 = 0, 'The shop did not answer.', null) from moments`,
    15,
  ),
  series(
    DELIVERIES,
    `insert into nudges (shop, order_id, topic, received_at, due_at, attempts, done_at, outcome)
       select 'demo', n, 'order.updated', at, at, 0, iif(n > ${DELIVERIES - 20}, null, at),
         iif(n > ${DELIVERIES - 20}, null, 'taken') from moments`,
    1,
  ),
  series(
    QUARANTINED,
    `insert into quarantine (shop, order_id, source, at, raw, reason, fix, resolved_at)
       select 'demo', iif(n % 3 = 0, null, n), 'webhook', at, '{"id":' || n || ',', 'cut off ' || n,
         'Look at the error log of the shop.', iif(n % 10 = 0, null, at) from moments`,
    60,
  ),
  series(
    DEEDS,
    `insert into audit (at, who, role, address, action, target, detail)
       select at, 'anna', 'operator', '127.0.0.1', 'order.recheck', 'demo/' || n, '' from moments`,
    10,
  ),
  `insert into subscriptions (id, url, category, events, description, enabled, created_at, updated_at,
       secret, failures)
     values ('${SUBSCRIPTION}', 'https://hooks.example.org', 'all', '[]', '', 0, :now, :now, '', 0)`,
  series(
    ATTEMPTS,
    `insert into events (id, type, at, body) select 'evt_' || n, 'order.forwarded', at, '{}' from moments`,
    5,
  ),
  series(
    ATTEMPTS,
    `insert into attempts (subscription_id, event_id, number, started_at, duration_ms, url,
         request_headers, status, response_headers, response_body, error)
       select '${SUBSCRIPTION}', 'evt_' || n, 1, at, 80, 'https://hooks.example.org', '{}', 200, '{}', 'ok',
         iif(n % 50 = 0, 'timed out', null) from moments`,
    5,
  ),
];

/** Gives a store of many orders its life. */
export async function addLife(path: string, now: string): Promise<void> {
  const Native = await loadSqlite();
  const db = new Native(path);
  try {
    db.pragma('journal_mode = off');
    db.pragma('synchronous = off');
    db.pragma('cache_size = -1000000');
    db.exec('begin');
    for (const statement of LIFE) db.exec(statement);
    for (const statement of LOGS) insertLog(db, statement, now);
    db.exec('commit');
    db.pragma('journal_mode = wal');
  } finally {
    db.close();
  }
}

function insertLog(db: NativeDatabase, statement: string, now: string): void {
  db.prepare(statement).run({ now });
}
