import { dialectOf } from './dialect.js';
import type { Migration } from './migration.js';

/** Answers to actions of programs, so that one that is asked for twice is done once. */
export const idempotency: Migration = {
  version: 5,
  statements(kind) {
    const { text, clustered } = dialectOf(kind);
    return [
      `create table idempotency (
        principal ${text} not null, key ${text} not null, request ${text} not null,
        answer ${text}, expires_at ${text} not null,
        primary key (principal, key)) ${clustered}`,
      'create index idempotency_over on idempotency (expires_at)',
    ];
  },
};
