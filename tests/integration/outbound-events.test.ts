import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Statement } from '../../src/batch/statement.js';
import { createExportWorker } from '../../src/export/worker.js';
import { createAlerts } from '../../src/notify/alerts.js';
import { epochMsOf, instantOf } from '../../src/orders/time.js';
import { EVENT_TYPES, type EventType, payloadSchema } from '../../src/outbound/events.js';
import { createLogger } from '../../src/runtime/logger.js';
import { loadSqlite } from '../../src/store/sqlite/native.js';
import type { Store, StoredEvent } from '../../src/store/store.js';
import { disabledAlert, mendedAlert, unreachableAlert } from '../../src/webhook/health-alerts.js';
import { ShopError } from '../../src/woocommerce/shop-error.js';
import { exportDeps, ScriptedDestination } from '../support/export.js';
import { gone, observe, openIntake } from '../support/intake.js';
import { line, order, refund, refundLine } from '../support/orders.js';
import { type OutboundBench, outboundTests } from '../support/outbound.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';

const NOWHERE = 'https://hooks.example.com/';
const NEVER = new AbortController().signal;
const LATER = '2027-12-31T00:00:00.000Z';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const { bench, receiver, closeAfter } = outboundTests();
const databaseOf = async (kind: Store['kind']) =>
  kind === 'postgres' ? { database: await server.freshDatabase() } : {};

const SALE = order([line('16.49', { '1': '3.46' })], { id: 1 });
const sale = (id: number, part: Partial<typeof SALE> = {}) => ({
  ...SALE,
  ...{ id, number: String(id) },
  ...part,
});
const at = (minutes: number) => instantOf(epochMsOf(SALE.modifiedAt) + minutes * 60_000);

/** Orders of every fate, through the one door. */
async function liveThrough({ store }: OutboundBench): Promise<void> {
  const { intake, setNow, close } = await openIntake({ store, shop: { books: ['one', 'two'] } });
  closeAfter(close);
  await intake.accept([
    observe(sale(1)),
    observe(sale(2, { status: 'on-hold' })),
    observe(sale(3, { status: 'cancelled' })),
    observe(sale(4, { taxMinor: 5 })),
    observe(sale(5)),
  ]);
  // The same again is no news.
  await intake.accept([observe(sale(1)), observe(sale(2, { status: 'on-hold' }))]);
  await intake.accept([observe(sale(1, { grossMinor: 9999, modifiedAt: at(1) }))]);
  await intake.accept([observe(sale(1, { grossMinor: 9999, modifiedAt: at(2) }))]);
  await intake.acceptRefunds({
    shop: 'main',
    source: 'poll',
    refunds: [refund(66, '19.95', [refundLine('16.49', { '1': '3.46' })], { orderId: 5 })],
  });
  await intake.accept([gone('deleted', 5)]);
  setNow('2026-12-24T00:00:00.000Z');
  await intake.expire('main', [1, 2, 3]);
  setNow('2026-11-20T12:00:00.000Z');
}

/** Books that take, refuse and leave it open. */
async function book({ store, clock }: OutboundBench): Promise<void> {
  const [one, two] = [new ScriptedDestination('one'), new ScriptedDestination('two')];
  const scripted: Parameters<typeof one.always.set>[1] = { kind: 'uncertain', reason: 'cut off' };
  one.always.set('main/1/invoice', { kind: 'rejected', reason: 'closed', fix: 'Open it.' });
  one.always.set('main/5/invoice', scripted);
  for (let look = 0; look < 3; look += 1) one.lookups.push({ kind: 'unknown', reason: 'down' });
  const worker = createExportWorker(exportDeps(store, [one, two], clock));
  await worker.runOnce(undefined, NEVER);
  await worker.release('main/1/invoice', 'one', 'mark-booked');
}

const LOGGER = createLogger({ level: 'silent', format: 'json' });

async function watchOver({ store, clock }: OutboundBench): Promise<void> {
  const alerts = createAlerts({ store, clock, logger: LOGGER, channels: [], remindHours: 24 });
  const webhook = { id: 7, topic: 'order.updated' } as Parameters<typeof mendedAlert>[1][number];
  const probe = { ok: false, message: 'it does not answer', fix: 'Look.' } as const;
  await alerts.raise({ key: 'blocked/main', subject: 's', message: 'm', fix: 'f' });
  await alerts.raise(unreachableAlert('main', [webhook], probe));
  await alerts.raise(disabledAlert('main', [webhook], new ShopError('main', 'wait', 'm', 'f')));
  await alerts.clear('webhook-disabled/main');
  await alerts.raise(mendedAlert('second', [webhook], null));
}

const STATEMENT: Pick<Statement, 'difference'> = {
  difference: {
    count: 2,
    byCurrency: {},
    orderIds: [4],
    orders: [
      { orderId: 4, what: 'only in the shop' },
      { orderId: null, what: 'only in the shop' },
    ],
  },
};

async function batch({ store, clock }: OutboundBench): Promise<void> {
  const now = instantOf(clock.ms);
  const run = { subject: 'main', localDate: '2026-11-20', startedAt: now };
  const end = { endedAt: now, counts: { read: 5 }, error: null };
  await store.transaction(async (tx) => {
    for (const [kind, state] of [
      ['batch', 'done'],
      ['batch', 'failed'],
      ['poll', 'done'],
    ] as const) {
      await tx.finishRun(await tx.addRun({ ...run, kind }), { ...end, state });
    }
    const kept = { shop: 'main', from: now, to: now, madeAt: now };
    await tx.addStatement({ ...kept, body: JSON.stringify(STATEMENT) });
    const agrees = { difference: { count: 0, byCurrency: {}, orderIds: [], orders: [] } };
    await tx.addStatement({ ...kept, body: JSON.stringify(agrees) });
  });
}

async function everything(on: OutboundBench): Promise<void> {
  await liveThrough(on);
  await book(on);
  await watchOver(on);
  await batch(on);
}

async function eventsOf({ store }: OutboundBench, id: string): Promise<readonly StoredEvent[]> {
  return (await store.dueDispatches(id, LATER, 10_000)).map(({ event }) => event);
}

/** What was told, with what each is about, sorted. */
function told(events: readonly StoredEvent[]): string[] {
  const about = ({ type, body }: StoredEvent) => {
    const { data } = JSON.parse(body);
    return [type, data.documentKey ?? data.orderId ?? data.shop ?? '', data.books]
      .filter(Boolean)
      .join(' ');
  };
  return events.map(about).sort();
}

describe.each(['sqlite', 'postgres'] as const)('on %s', (kind) => {
  test('what happened is told once each, and nothing else', async () => {
    const on = await bench(await databaseOf(kind));
    const { id } = await on.subscribe(NOWHERE);
    await everything(on);
    expect(told(await eventsOf(on, id))).toEqual([
      'batch.completed main',
      'document.booked main/1/invoice one',
      'document.booked main/1/invoice two',
      'document.booked main/5/credit-note/66 one',
      'document.booked main/5/credit-note/66 two',
      'document.booked main/5/invoice two',
      'document.issued main/1/invoice',
      'document.issued main/5/credit-note/66',
      'document.issued main/5/invoice',
      'order.blocked 4',
      'order.changed 1',
      'order.expired 2',
      'order.forwarded 1',
      'order.forwarded 5',
      'order.ignored 3',
      'order.parked 2',
      'order.withdrawn 5',
      'posting.rejected main/1/invoice one',
      'posting.uncertain main/5/invoice one',
      'statement.different main',
      'webhook.disabled main',
      'webhook.disabled second',
    ]);
  });
});

test('every event that is sent is as its schema says, and each one is sent', async () => {
  const on = await bench();
  const target = await receiver();
  const broken = await receiver((response) => void response.writeHead(410).end());
  const { id } = await on.subscribe(target.url);
  await on.subscribe(broken.url, { events: ['order.parked'] });
  await everything(on);
  await on.outbound.test(id, NEVER);
  on.clock.ms = epochMsOf(LATER);
  await on.deliver();
  await on.deliver();
  const bodies = target.received.map(({ body }) => JSON.parse(body));
  const wrong = bodies.flatMap((body: { type: EventType }) => {
    const parsed = payloadSchema(body.type).safeParse(body);
    return parsed.success ? [] : [{ body, issues: parsed.error.issues }];
  });
  expect(wrong).toEqual([]);
  expect([...new Set(bodies.map(({ type }) => type))].sort()).toEqual([...EVENT_TYPES].sort());
});

test('no name and no address of a customer is told', async () => {
  const on = await bench();
  const { id } = await on.subscribe(NOWHERE);
  await everything(on);
  const text = JSON.stringify(await eventsOf(on, id));
  const { firstName, lastName, street, postcode, email } = SALE.billing;
  for (const personal of [firstName, lastName, street, postcode, email]) {
    expect(personal).not.toBe('');
    expect(text).not.toContain(personal);
  }
});

test('where nobody listens nothing is written', async () => {
  const on = await bench();
  const { id } = await on.subscribe(NOWHERE, { enabled: false });
  await on.subscribe(NOWHERE, { category: 'operations', events: ['batch.completed'] });
  await liveThrough(on);
  await book(on);
  expect(await eventsOf(on, id)).toEqual([]);
  const Native = await loadSqlite();
  const native = new Native(join(on.folder, 'orderpark.db'), { readonly: true });
  try {
    expect(native.prepare('select count(*) as count from events').all()).toEqual([{ count: 0 }]);
  } finally {
    native.close();
  }
});

test('what is rolled back is not told', async () => {
  const on = await bench();
  const { id } = await on.subscribe(NOWHERE);
  const { intake, close } = await openIntake({ store: failingAtTheEnd(on.store) });
  closeAfter(close);
  await expect(intake.accept([observe(sale(1))])).rejects.toThrow('no');
  expect(await eventsOf(on, id)).toEqual([]);
});

function failingAtTheEnd(store: Store): Store {
  return {
    ...store,
    transaction: (work) =>
      store.transaction(async (tx) => {
        await work(tx);
        throw new Error('no');
      }),
  };
}

test('a transaction that PostgreSQL has us run again tells once', async () => {
  const on = await bench(await databaseOf('postgres'));
  const other = await on.another();
  const { id } = await on.subscribe(NOWHERE);
  const park = ({ store }: OutboundBench) =>
    store.transaction(async (tx) => {
      const count = Number((await tx.cursor('main', 'count')) ?? '0');
      await tx.setCursor('main', 'count', String(count + 1), '');
      const run = { kind: 'batch', subject: 'main', localDate: null, startedAt: LATER } as const;
      const end = { state: 'done', endedAt: LATER, counts: { count }, error: null } as const;
      await tx.finishRun(await tx.addRun(run), end);
    });
  await Promise.all([on, other, on, other, on, other].map(park));
  const counts = (await eventsOf(on, id)).map(({ body }) => JSON.parse(body).data.counts.count);
  expect(counts.sort()).toEqual([0, 1, 2, 3, 4, 5]);
});

test('those who listen when it happens are told, not those who come later', async () => {
  const on = await bench();
  const first = await on.subscribe(NOWHERE);
  await on.park();
  const second = await on.subscribe(NOWHERE);
  await on.outbound.change(first.id, { enabled: false });
  await on.park();
  expect(told(await eventsOf(on, first.id))).toEqual(['order.parked 1']);
  expect(told(await eventsOf(on, second.id))).toEqual(['order.parked 2']);
});
