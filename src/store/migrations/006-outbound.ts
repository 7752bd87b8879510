import { dialectOf } from './dialect.js';
import type { Migration } from './migration.js';

/** Version 6: outbound webhooks. */
export const outbound: Migration = {
  version: 6,
  statements(kind) {
    const { text, int, serial, strict } = dialectOf(kind);
    return [
      `create table subscriptions (
        id ${text} not null primary key, url ${text} not null, category ${text} not null,
        events ${text} not null, description ${text} not null, enabled ${int} not null,
        created_at ${text} not null, updated_at ${text} not null, secret ${text} not null,
        previous_secret ${text}, previous_until ${text}, failures ${int} not null,
        failing_since ${text}, delivered_at ${text}, disabled_at ${text}, disabled_reason ${text}
      ) ${strict}`,
      'create index subscriptions_created on subscriptions (created_at, id)',
      // No foreign keys to subscriptions: one that is removed must not fail what is being told of.
      `create table events (
        id ${text} not null primary key, type ${text} not null, at ${text} not null,
        body ${text} not null) ${strict}`,
      'create index events_at on events (at)',
      `create table dispatches (
        id ${serial}, event_id ${text} not null references events (id),
        subscription_id ${text} not null, state ${text} not null, attempts ${int} not null,
        due_at ${text}, first_tried_at ${text}, updated_at ${text} not null,
        unique (event_id, subscription_id)) ${strict}`,
      // dispatchesDue, dueDispatches, dispatchCounts: what was delivered is in neither
      `create index dispatches_waiting on dispatches (subscription_id, due_at, id)
         where state = 'waiting'`,
      `create index dispatches_failed on dispatches (subscription_id, id) where state = 'failed'`,
      'create index dispatches_updated on dispatches (updated_at)',
      'create index dispatches_subscription on dispatches (subscription_id)',
      `create table attempts (
        id ${serial}, subscription_id ${text} not null, event_id ${text} not null,
        number ${int} not null, started_at ${text} not null, duration_ms ${int} not null,
        url ${text} not null, request_headers ${text} not null, status ${int},
        response_headers ${text} not null, response_body ${text} not null, error ${text}
      ) ${strict}`,
      'create index attempts_subscription on attempts (subscription_id, id)',
      `create index attempts_failed on attempts (subscription_id, id) where error is not null`,
      'create index attempts_started on attempts (started_at)',
    ];
  },
};
