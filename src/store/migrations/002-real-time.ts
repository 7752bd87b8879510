import { dialectOf } from './dialect.js';
import type { Migration } from './migration.js';

/** Version 2: webhook nudges and alerts. */
export const realTime: Migration = {
  version: 2,
  statements(kind) {
    const { text, int, serial, strict, clustered } = dialectOf(kind);
    return [
      `create table nudges (
        id ${serial}, shop ${text} not null, order_id ${int}, topic ${text} not null,
        received_at ${text} not null, due_at ${text} not null, attempts ${int} not null default 0,
        done_at ${text}, outcome ${text}, detail ${text} not null default '') ${strict}`,
      'create index nudges_open on nudges (shop, due_at, id) where done_at is null',
      'create index nudges_done on nudges (done_at) where done_at is not null',
      'create index nudges_order on nudges (shop, order_id, id)',
      'create index nudges_received on nudges (shop, received_at)',
      `create table alerts (
        key ${text} not null primary key, subject ${text} not null, message ${text} not null,
        fix ${text} not null, raised_at ${text} not null, told_at ${text}, cleared_at ${text}
      ) ${clustered}`,
    ];
  },
};
