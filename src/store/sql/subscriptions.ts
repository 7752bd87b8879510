import { CompiledQuery, type Selectable, sql } from 'kysely';
import type { Listener, StoredSubscription } from '../store.js';
import type { Tables } from '../tables.js';
import type { Sql } from './database.js';

type SubscriptionRow = Selectable<Tables['subscriptions']>;

export async function subscriptions({ db }: Sql): Promise<readonly StoredSubscription[]> {
  const rows = await db
    .selectFrom('subscriptions')
    .selectAll()
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(subscriptionOfRow);
}

export async function subscriptionById(
  { db }: Sql,
  id: string,
): Promise<StoredSubscription | undefined> {
  const row = await db
    .selectFrom('subscriptions')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return row && subscriptionOfRow(row);
}

/** As text, since building it anew in each transaction would cost more than the query itself. */
const LISTENERS = CompiledQuery.raw(
  'select id, category, events from subscriptions where enabled = 1 order by created_at, id',
);

export async function listeners({ db }: Sql): Promise<readonly Listener[]> {
  type Row = Pick<SubscriptionRow, 'id' | 'category' | 'events'>;
  const { rows } = await db.executeQuery<Row>(LISTENERS as CompiledQuery<Row>);
  return rows.map(({ id, category, events }) => ({ id, category, events: listOf(events) }));
}

export async function putSubscription(
  { db }: Sql,
  subscription: StoredSubscription,
): Promise<void> {
  const { id, ...row } = rowOfSubscription(subscription);
  await db
    .insertInto('subscriptions')
    .values({ id, ...row })
    .onConflict((c) => c.column('id').doUpdateSet(row))
    .execute();
}

export async function removeSubscription({ db }: Sql, id: string): Promise<void> {
  await db.deleteFrom('attempts').where('subscription_id', '=', id).execute();
  await db.deleteFrom('dispatches').where('subscription_id', '=', id).execute();
  await db.deleteFrom('subscriptions').where('id', '=', id).execute();
}

export async function dispatchesDue({
  db,
}: Sql): Promise<readonly { subscriptionId: string; dueAt: string }[]> {
  // The state in the words of the index, so that it is used.
  const { rows } = await sql<{ subscriptionId: string; dueAt: string | null }>`
    select id as "subscriptionId", (
      select min(due_at) from dispatches
      where subscription_id = subscriptions.id and state = 'waiting') as "dueAt"
    from subscriptions where enabled = 1 order by created_at, id`.execute(db);
  return rows.flatMap(({ subscriptionId, dueAt }) =>
    dueAt === null ? [] : [{ subscriptionId, dueAt }],
  );
}

function subscriptionOfRow(row: SubscriptionRow): StoredSubscription {
  return {
    id: row.id,
    url: row.url,
    category: row.category,
    events: listOf(row.events),
    description: row.description,
    enabled: row.enabled === 1,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    secret: row.secret,
    previousSecret: row.previous_secret,
    previousUntil: row.previous_until,
    failures: row.failures,
    failingSince: row.failing_since,
    deliveredAt: row.delivered_at,
    disabledAt: row.disabled_at,
    disabledReason: row.disabled_reason,
  };
}

function rowOfSubscription(subscription: StoredSubscription): SubscriptionRow {
  return {
    id: subscription.id,
    url: subscription.url,
    category: subscription.category,
    events: JSON.stringify(subscription.events),
    description: subscription.description,
    enabled: subscription.enabled ? 1 : 0,
    created_at: subscription.createdAt,
    updated_at: subscription.updatedAt,
    secret: subscription.secret,
    previous_secret: subscription.previousSecret,
    previous_until: subscription.previousUntil,
    failures: subscription.failures,
    failing_since: subscription.failingSince,
    delivered_at: subscription.deliveredAt,
    disabled_at: subscription.disabledAt,
    disabled_reason: subscription.disabledReason,
  };
}

function listOf(json: string): readonly string[] {
  return JSON.parse(json) as string[];
}
