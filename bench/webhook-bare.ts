import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import express from 'express';
import { loadSqlite } from '../src/store/sqlite/native.js';
import { createGroupCommit } from '../src/webhook/group-commit.js';
import { DIFFERENT_ORDERS, PATH, SECRET } from './webhook-deliveries.js';

const INSERT = `insert into nudges (shop, order_id, topic, received_at, due_at) values (?, ?, ?, ?, ?)`;

/**
 * The least that an express server can do for a delivery: it checks the HMAC, inserts the same row
 * into the same table with a prepared statement, and answers after the commit. It reads
 * no JSON, judges nothing, sets no security headers, has no log, no counters and no limits.
 */
export async function bareServer(path: string, commits: 'grouped' | 'single') {
  const Native = await loadSqlite();
  const db = new Native(path);
  db.pragma('journal_mode = wal');
  db.pragma('synchronous = full');
  const insert = db.prepare(INSERT);
  const begin = db.prepare('begin immediate');
  const commit = db.prepare('commit');
  let orderId = 0;
  const store = (count: number) => {
    begin.run();
    const now = new Date().toISOString();
    for (let row = 0; row < count; row += 1) {
      // The same ids as the deliveries have, so that as many pages of the indexes change.
      orderId = (orderId % DIFFERENT_ORDERS) + 1;
      insert.run('demo', orderId, 'order.updated', now, now);
    }
    commit.run();
  };
  const group = createGroupCommit<null>(async (items) => store(items.length));
  const keep = commits === 'grouped' ? () => group.add(null) : async () => store(1);

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.post(PATH, express.raw({ type: () => true, limit: '4mb' }), async (request, response) => {
    if (!isSigned(request.body, request.get('x-wc-webhook-signature') ?? '')) {
      response.sendStatus(401);
      return;
    }
    await keep();
    response.status(200).type('text').send('taken\n');
  });
  return createServer(app);
}

function isSigned(body: Buffer, signature: string): boolean {
  const expected = createHmac('sha256', SECRET).update(body).digest();
  const given = Buffer.from(signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
