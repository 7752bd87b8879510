import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EVERYDAY } from '../../src/demo/kinds.js';
import { seededRandom } from '../../src/demo/random.js';
import { type DemoShop, startDemoShop } from '../../src/demo/shop-server.js';
import { systemClock } from '../../src/runtime/clock.js';
import { openStore } from '../../src/store/open-store.js';
import type { StoredEvent } from '../../src/store/store.js';
import { KEYS, writeOwnerFile } from '../support/owner-file.js';
import { buildProgram, type Program, type Running, until } from '../support/program.js';
import { ok, type Received, type Receiver, startReceiver } from '../support/receiver.js';

/** Set KILL_SEED to draw the same orders and moments again. */
const SEED = Number(process.env['KILL_SEED'] ?? Math.floor(Math.random() * 1_000_000));
const KILLS = Number(process.env['KILLS'] ?? 20);
const ORDERS_A_ROUND = 3;
const random = seededRandom(SEED);

let program: Program;
let shop: DemoShop;
let receiver: Receiver;
let folder: string;
let config: string;

beforeAll(async () => {
  program = buildProgram();
  folder = mkdtempSync(join(tmpdir(), 'orderpark-outbound-kill-'));
  shop = await startDemoShop({
    clock: systemClock,
    signatureClock: systemClock,
    seed: SEED,
    timezone: 'Europe/Amsterdam',
    credentials: [{ ...KEYS, permissions: 'read_write' }],
  });
  receiver = await startReceiver();
  config = writeOwnerFile(folder, {
    shops: [{ url: shop.url }],
    more: { server: { enabled: false }, outbound: { allow: ['127.0.0.1'] } },
  });
});
afterAll(async () => {
  await program?.remove();
  await receiver?.close();
  await shop?.close();
  rmSync(folder, { recursive: true, force: true });
});

const start = (...args: string[]): Running => program.start([...args, '--config', config]);

async function json<Shape>(...args: string[]): Promise<Shape> {
  const { code, out, err } = await start(...args, '--json').ended;
  expect(code, `seed ${SEED}: ${args.join(' ')}\n${err}`).toBe(0);
  return JSON.parse(out);
}

type Moment = 'asked' | 'answered';

/** Kills the daemon when it has sent so many requests more: before it has its answer, or right after. */
function killAt(daemon: Running, moment: Moment, requests: number): Promise<void> {
  let left = requests;
  return new Promise((resolve) => {
    const kill = () => {
      daemon.child.kill('SIGKILL');
      resolve();
    };
    receiver.answer = (response) => {
      left -= 1;
      if (left > 0) return ok(response);
      receiver.answer = ok;
      if (moment === 'answered') {
        response.writeHead(204).end(kill);
      } else {
        kill();
        response.destroy();
      }
    };
  });
}

function placeOrders(): void {
  for (let n = 0; n < ORDERS_A_ROUND; n += 1) {
    shop.state.place({ ...random.pick(EVERYDAY)(random), status: 'processing' });
  }
}

it(`each event is delivered, with the same id each time, killed ${KILLS} times in the middle`, async () => {
  const { id, secret } = await json<{ id: string; secret: string }>(
    ...['subscriptions', 'add', receiver.url],
  );
  const moments: Record<Moment, number> = { asked: 0, answered: 0 };
  for (let kill = 0; kill < KILLS; kill += 1) {
    placeOrders();
    const daemon = start('run');
    const moment = random.pick(['asked', 'answered'] as const);
    const killed = killAt(daemon, moment, 1 + Math.floor(random.next() * ORDERS_A_ROUND));
    await Promise.race([killed, daemon.ended]);
    const { signal, err } = await daemon.ended;
    expect(signal, `seed ${SEED}: ${err}`).toBe('SIGKILL');
    moments[moment] += 1;
  }
  const last = start('run');
  await until(
    () => toldOf(receiver.received, 'document.booked') === KILLS * ORDERS_A_ROUND,
    () => last.output.err,
    120_000,
  );
  last.child.kill('SIGTERM');
  expect((await last.ended).code).toBe(0);
  // What saw its connection break just before the end waits for its next attempt.
  await json('subscriptions', 'retry', id);
  await json('subscriptions', 'deliver');
  expect(await json('subscriptions', 'list')).toMatchObject([{ waiting: 0, failed: 0 }]);

  const events = await storedEvents(id);
  const received = new Map<string, Received[]>();
  for (const one of receiver.received) {
    const eventId = String(one.headers['webhook-id']);
    received.set(eventId, [...(received.get(eventId) ?? []), one]);
  }
  expect([...received.keys()].sort(), `seed ${SEED}`).toEqual(events.map((one) => one.id).sort());
  for (const event of events) {
    for (const { body, headers } of received.get(event.id) ?? []) {
      expect(body).toBe(event.body);
      const plain = Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, String(value)]),
      );
      expect(new Webhook(secret).verify(body, plain)).toEqual(JSON.parse(event.body));
    }
  }
  // What happened once is one event, however often it was sent.
  for (const type of ['order.forwarded', 'document.issued', 'document.booked']) {
    const told = events.filter((event) => event.type === type);
    const orders = new Set(told.map(({ body }) => JSON.parse(body).data.orderId));
    expect([told.length, orders.size], type).toEqual(Array(2).fill(KILLS * ORDERS_A_ROUND));
  }
  expect(receiver.received.length, 'some were sent twice').toBeGreaterThan(events.length);
  console.log(
    `seed ${SEED}: ${moments.asked} kills before the answer, ${moments.answered} after it; ${events.length} events in ${receiver.received.length} requests.`,
  );
}, 900_000);

function toldOf(received: readonly Received[], type: string): number {
  const ids = received
    .filter(({ body }) => JSON.parse(body).type === type)
    .map(({ headers }) => headers['webhook-id']);
  return new Set(ids).size;
}

/** All that the subscription was told, by what is stored of it. */
async function storedEvents(id: string): Promise<readonly StoredEvent[]> {
  const store = await openStore({ database: join(folder, 'orderpark.db'), clock: systemClock });
  try {
    const attempts = await store.attempts(
      { subscriptionId: id, failed: false },
      { limit: 100_000 },
    );
    const events = new Map(attempts.map(({ event }) => [event.id, event]));
    return [...events.values()];
  } finally {
    await store.close();
  }
}
